package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code add-task}. */
@Command(
        name = "add-task",
        description = "One more task to do.",
        footer = {"", "Example: rollcall add-task --agent Agent-7 'Write the migration'"})
final class AddTaskCommand extends LifecycleVerb {
    @Parameters(paramLabel = "NAME", description = "The task.")
    private String name = "";

    AddTaskCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.AddTask(name);
    }
}
