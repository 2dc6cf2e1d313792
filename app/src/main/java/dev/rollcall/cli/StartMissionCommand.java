package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
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
    LifecycleCommand command() {
        return new LifecycleCommand.StartMission(name, priority);
    }
}
