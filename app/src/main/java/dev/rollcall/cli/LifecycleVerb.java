package dev.rollcall.cli;

import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb of the agent lifecycle: writes status.json, records exactly those bytes, says so. */
abstract class LifecycleVerb extends Verb {
    @Option(names = "--agent", paramLabel = "ID", description = "The agent (default: ROLLCALL_AGENT).")
    private @Nullable String agent;

    LifecycleVerb(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What the agent says. */
    abstract LifecycleCommand command();

    @Override
    public Integer call() {
        report(lifecycle().perform(command()), json -> {});
        return FINE;
    }

    AgentLifecycle lifecycle() {
        String id = agent == null ? root().rollcall().defaultAgent().orElse(null) : agent;
        if (id == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "no agent was named",
                    "Add --agent ID, or set ROLLCALL_AGENT in the agent's environment.");
        }
        return root().rollcall().lifecycle(new AgentId(id));
    }

    /** @param more members that only this verb's JSON has */
    void report(LifecycleOutcome outcome, Consumer<JsonOutput> more) {
        if (root().isJson()) {
            root().println(JsonOutput.object(json -> {
                json.text("agent_id", outcome.agent().value())
                        .flag("written", true)
                        .flag("synced", outcome.isSynced())
                        .number("revision", outcome.isSynced() ? Long.valueOf(outcome.revision()) : null)
                        .number("cycle_count", outcome.cycleCount());
                more.accept(json);
            }));
        } else {
            root().println(TerminalText.safe(outcome.agent().value())
                    + (outcome.cycleCount() == null ? "" : "  cycle " + outcome.cycleCount())
                    + (outcome.isSynced() ? "  revision " + outcome.revision() : ""));
        }
        outcome.findings()
                .forEach(finding -> root().terminal().err().println("note: " + TerminalText.safe(finding.message())));
        if (!outcome.isSynced()) {
            root().terminal()
                    .warn("status.json is written, but the roll could not be updated: " + outcome.notSyncedBecause()
                            + "; it catches up with the next sync");
        }
    }
}
