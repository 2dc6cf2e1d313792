package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code update-phase}. */
@Command(
        name = "update-phase",
        description = "What the agent is at within its mission.",
        footer = {"", "Example: rollcall update-phase --agent Agent-7 'Writing tests'"})
final class UpdatePhaseCommand extends LifecycleVerb {
    @Parameters(paramLabel = "TEXT", description = "The phase.")
    private String phase = "";

    UpdatePhaseCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.UpdatePhase(phase);
    }
}
