package dev.rollcall.cli;

import dev.rollcall.lifecycle.LifecycleCommand;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code end-cycle}. */
@Command(
        name = "end-cycle",
        description = "The cycle ends. With --commit, commits that one file to git.",
        footer = {"", "Example: rollcall end-cycle --agent Agent-7 --commit"})
final class EndCycleCommand extends LifecycleVerb {
    @Option(names = "--commit", description = "Commit status.json: \"status: <agent> cycle <n> complete\".")
    private boolean commit;

    EndCycleCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.EndCycle();
    }
}
