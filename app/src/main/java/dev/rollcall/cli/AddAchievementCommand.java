package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code add-achievement}. */
@Command(
        name = "add-achievement",
        description = "Something worth remembering.",
        footer = {"", "Example: rollcall add-achievement --agent Agent-7 'Zero drift for a week'"})
final class AddAchievementCommand extends LifecycleVerb {
    @Parameters(paramLabel = "TEXT", description = "What was achieved.")
    private String text = "";

    AddAchievementCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.AddAchievement(text);
    }
}
