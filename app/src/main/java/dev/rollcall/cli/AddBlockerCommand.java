package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code add-blocker}. */
@Command(
        name = "add-blocker",
        description = "Something is in the way: status BLOCKED.",
        footer = {"", "Example: rollcall add-blocker --agent Agent-7 'waiting for Agent-2'"})
final class AddBlockerCommand extends LifecycleVerb {
    @Parameters(paramLabel = "TEXT", description = "What is in the way.")
    private String text = "";

    AddBlockerCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.AddBlocker(text);
    }
}
