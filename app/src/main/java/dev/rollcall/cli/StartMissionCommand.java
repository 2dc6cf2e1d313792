package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.LifecycleAnswer;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.problem.ProblemException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code start-mission}. */
@Command(
        name = "start-mission",
        description = {"A new mission begins: status ACTIVE.", "Its tasks and blockers start empty."},
        footer = {"", "Example: rollcall start-mission --agent Agent-7 'Sync' --priority HIGH"})
final class StartMissionCommand extends LifecycleVerb {
    @Parameters(paramLabel = "NAME", description = "The mission.")
    private String name = "";

    @Option(
            names = "--priority",
            paramLabel = "P",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
            defaultValue = "MEDIUM")
    private Priority priority = Priority.MEDIUM;

    StartMissionCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        LifecycleOutcome outcome = lifecycle().perform(command());
        // The mission has begun, whatever comes of this.
        SameWork same = lookForSameWork();
        report(outcome, same::json);
        same.warnings().forEach(root().terminal()::warn);
        return FINE;
    }

    private SameWork lookForSameWork() {
        try {
            return new SameWork(root().rollcall().searching().whoIsAt(name, agentId()), null);
        } catch (ProblemException unknown) {
            return new SameWork(List.of(), unknown);
        }
    }

    /**
     * Who is at the same work.
     *
     * @param unknown why nobody can say; null when somebody can
     */
    private record SameWork(List<Answer> others, @Nullable ProblemException unknown) {
        List<String> warnings() {
            return unknown != null
                    ? List.of("whether somebody is at the same work could not be found out: "
                            + unknown.problem().message())
                    : others.stream()
                            .map(other -> other.hit().agent() + " is " + other.state() + " at the same work: "
                                    + other.hit().passage().text() + "; rollcall get "
                                    + other.hit().agent() + " tells more")
                            .toList();
        }

        void json(JsonOutput json) {
            if (unknown != null) {
                json.text("same_work", null);
                return;
            }
            LifecycleAnswer.sameWork(json, others);
        }
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.StartMission(name, priority);
    }
}
