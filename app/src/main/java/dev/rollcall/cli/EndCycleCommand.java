package dev.rollcall.cli;

import dev.rollcall.lifecycle.CycleEnd;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.StatusCommit;
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
    public Integer call() {
        if (!commit) {
            return super.call();
        }
        CycleEnd end = lifecycle().endCycle(root().rollcall().commits());
        report(
                end.written(),
                json -> json.flag("committed", () -> end.commit() instanceof StatusCommit.Outcome.Committed));
        if (end.commit() instanceof StatusCommit.Outcome.Failed(String cause)) {
            root().terminal().warn("status.json is written, but could not be committed: " + cause);
        }
        return FINE;
    }

    @Override
    LifecycleCommand command() {
        return new LifecycleCommand.EndCycle();
    }
}
