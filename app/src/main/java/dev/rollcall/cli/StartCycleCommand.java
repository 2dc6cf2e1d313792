package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;

/** {@code start-cycle}. */
@Command(
        name = "start-cycle",
        description = "A new cycle begins: status ACTIVE, cycle_count one more.",
        footer = {"", "Example: rollcall start-cycle --agent Agent-7"})
final class StartCycleCommand extends LifecycleVerb {
    StartCycleCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.StartCycle();
    }
}
