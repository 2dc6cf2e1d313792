package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code set-next-actions}. */
@Command(
        name = "set-next-actions",
        description = "What the agent will do next; replaces what stood there.",
        footer = {"", "Example: rollcall set-next-actions --agent Agent-7 'Run tests' 'Ask for review'"})
final class SetNextActionsCommand extends LifecycleVerb {
    @Parameters(paramLabel = "TEXT", arity = "1..*", description = "One or more actions, in order.")
    private List<String> actions = List.of();

    SetNextActionsCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.SetNextActions(actions);
    }
}
