package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import java.math.BigDecimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code complete-task}. */
@Command(
        name = "complete-task",
        description = "A task is done; its points are added.",
        footer = {"", "Example: rollcall complete-task --agent Agent-7 'Write the migration' --points 50"})
final class CompleteTaskCommand extends LifecycleVerb {
    @Parameters(paramLabel = "NAME", description = "The task, as it stands in current_tasks if it does.")
    private String name = "";

    @Option(
            names = "--points",
            paramLabel = "N",
            description = "Points earned with it (default ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private BigDecimal points = BigDecimal.ZERO;

    CompleteTaskCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.CompleteTask(name, points);
    }
}
