package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;

/** {@code complete-mission}. */
@Command(
        name = "complete-mission",
        description = "The mission is done: status COMPLETE.",
        footer = {"", "Example: rollcall complete-mission --agent Agent-7"})
final class CompleteMissionCommand extends LifecycleVerb {
    CompleteMissionCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.CompleteMission();
    }
}
