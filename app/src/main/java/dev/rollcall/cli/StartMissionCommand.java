package dev.rollcall.cli;

import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.problem.ProblemException;
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
        Integer code = super.call();
        warnOfSameWork();
        return code;
    }

    /** The mission has begun, whatever comes of this. */
    private void warnOfSameWork() {
        try {
            for (Answer other : root().rollcall().searching().whoIsAt(name, agentId())) {
                root().terminal()
                        .warn(other.hit().agent() + " is " + other.state() + " at the same work: "
                                + other.hit().passage().text() + "; rollcall get "
                                + other.hit().agent() + " tells more");
            }
        } catch (ProblemException unknown) {
            root().terminal()
                    .warn("whether somebody is at the same work could not be found out: "
                            + unknown.problem().message());
        }
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.StartMission(name, priority);
    }
}
