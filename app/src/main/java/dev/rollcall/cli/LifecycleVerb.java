package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.LifecycleAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.FsmSteps;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.Suggestion;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A verb of the agent lifecycle: writes status.json, records exactly those bytes, says so. */
abstract class LifecycleVerb extends Verb {
    private static final String ALL_THE_SAME =
            "; it is written all the same, and nothing needs to be done unless it was a slip";

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
        return root().rollcall().lifecycle(agentId());
    }

    AgentId agentId() {
        String id = agent == null ? root().rollcall().defaultAgent().orElse(null) : agent;
        if (id == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "no agent was named",
                    "Add --agent ID, or set ROLLCALL_AGENT in the agent's environment.");
        }
        return new AgentId(id);
    }

    /** @param more members that only this verb's JSON has */
    void report(LifecycleOutcome outcome, Consumer<JsonOutput> more) {
        if (root().isJson()) {
            root().println(LifecycleAnswer.json(outcome, more));
        } else {
            root().println(TerminalText.safe(outcome.agent().value())
                    + (outcome.cycleCount() == null ? "" : "  cycle " + outcome.cycleCount())
                    + (outcome.isSynced() ? "  revision " + outcome.revision() : ""));
        }
        if (outcome.isNew() && !isBack(outcome)) {
            note(greeting(outcome));
        }
        outcome.findings()
                .forEach(finding ->
                        note(finding.message() + (finding.code().equals(FsmSteps.UNUSUAL_STEP) ? ALL_THE_SAME : "")));
        if (!outcome.isSynced()) {
            root().terminal()
                    .warn("status.json is written, but the roll could not be updated: " + outcome.notSyncedBecause()
                            + "; it catches up with the next sync");
        }
    }

    private void note(String text) {
        root().terminal().err().println("note: " + TerminalText.safe(text));
    }

    /** Whether the agent was on the roll before and had left. */
    private boolean isBack(LifecycleOutcome outcome) {
        return outcome.isSynced()
                && root().rollcall().roll().history(outcome.agent()).size() > 1;
    }

    /** That nobody was called so before, and who may have been meant. */
    private String greeting(LifecycleOutcome outcome) {
        String id = outcome.agent().value();
        List<String> others = outcome.isSynced()
                ? root().rollcall().roll().list().stream()
                        .map(entry -> entry.agent().value())
                        .filter(other -> !other.equals(id) && number(other).equals(number(id)))
                        .toList()
                : List.of();
        List<String> nearest = Suggestion.nearest(id, others, 3);
        return id + " is new" + (nearest.isEmpty() ? "" : "; did you mean " + String.join(", ", nearest) + "?");
    }

    /** The digits of an id: names that differ in their number alone are neighbours, not slips. */
    private static String number(String id) {
        return id.replaceAll("\\D", "").replaceFirst("^0+", "");
    }
}
