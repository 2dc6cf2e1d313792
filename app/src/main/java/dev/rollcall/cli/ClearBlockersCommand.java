package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;

/** {@code clear-blockers}. */
@Command(
        name = "clear-blockers",
        description = "Nothing is in the way any more: status ACTIVE.",
        footer = {"", "Example: rollcall clear-blockers --agent Agent-7"})
final class ClearBlockersCommand extends LifecycleVerb {
    ClearBlockersCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.ClearBlockers();
    }
}
