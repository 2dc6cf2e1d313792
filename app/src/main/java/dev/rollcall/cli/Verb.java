package dev.rollcall.cli;

import dev.rollcall.sync.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** A command that was chosen: does its work, prints its result, tells its exit code. */
abstract class Verb implements Callable<Integer> {
    static final int FINE = 0;
    static final int NEEDS_ATTENTION = 1;

    private static final int MOST_SHOWN = 20;

    private final RollcallCommand rollcall;

    Verb(RollcallCommand rollcall) {
        this.rollcall = rollcall;
    }

    RollcallCommand root() {
        return rollcall;
    }

    /** Long work, with a bar where a person looks on. */
    <T> T progressing(String what, Function<Progress, T> work) {
        if (!rollcall.terminal().errIsTerminal() || rollcall.isJson()) {
            return work.apply(Progress.NONE);
        }
        try (ProgressBar bar =
                new ProgressBar(rollcall.terminal().err(), rollcall.rollcall().clock(), what)) {
            return work.apply(bar);
        }
    }

    /** Warns where the files can not be looked at because their root is not there: the roll may have been overtaken. */
    void warnOfMissingRoot() {
        Path root = rollcall.rollcall().settings().root();
        if (!Files.exists(root)) {
            rollcall.terminal().warn("workspaces root " + root + " does not exist; shown is what was last recorded");
        }
    }

    /** That there is no agent, where one would be, and what to do. */
    String nobodyThere() {
        Path root = rollcall.rollcall().settings().root();
        String next = Files.exists(root)
                ? "each has a folder there with its status.json. Next: rollcall start-cycle --agent NAME makes one"
                : "there is no such folder. Next: make it, or name with --root the one that holds the agents' folders";
        return TerminalText.wrapped(
                        "No agent is in " + root.toAbsolutePath().normalize() + ": " + next
                                + "; rollcall demo shows a swarm at work.",
                        0)
                + "\n";
    }

    /** Every item, one after the other; of many only the first, and how many more there are. */
    <T> void list(StringBuilder text, Collection<T> items, Function<T, String> shown) {
        items.stream()
                .limit(most())
                .forEach(item -> text.append(shown.apply(item)).append('\n'));
        more(text, items.size());
    }

    /** How many items of a list are shown. */
    int most() {
        return root().isVerbose() ? Integer.MAX_VALUE : MOST_SHOWN;
    }

    /** Says how many of so many are not shown, if any. */
    void more(StringBuilder text, int all) {
        if (all > most()) {
            text.append("... and ").append(all - most()).append(" more, all with -v\n");
        }
    }

    static int attention(boolean fine) {
        return fine ? FINE : NEEDS_ATTENTION;
    }
}
