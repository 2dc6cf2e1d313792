package dev.rollcall.cli;

import dev.rollcall.app.Watch;
import picocli.CommandLine.Command;

/** {@code watch}. */
@Command(
        name = "watch",
        description = {
            "Keep the roll in step with the files until stopped.",
            "Of several watches over one root and database one leads, the others stand by",
            "and take over when it ends. rollcall doctor tells how it is."
        },
        footer = {"", "Example: rollcall watch"})
final class WatchCommand extends Verb {
    WatchCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Watch watch =
                new Watch(root().rollcall(), line -> root().terminal().err().println(TerminalText.safe(line)));
        try (UntilStopped time = new UntilStopped(root())) {
            watch.run(time::isStoppedWithin);
        }
        return FINE;
    }
}
