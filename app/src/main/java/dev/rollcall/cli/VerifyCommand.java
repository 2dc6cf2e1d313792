package dev.rollcall.cli;

import dev.rollcall.answers.VerifyAnswer;
import dev.rollcall.app.Amount;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.cli.SyncCommand.WhichAgents;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.Drift;
import dev.rollcall.sync.Verification;
import dev.rollcall.sync.Verification.Clock;
import dev.rollcall.sync.Verifier.Depth;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code verify}. */
@Command(
        name = "verify",
        description = {
            "Prove that files and roll agree, or name every difference.",
            "Compares file, row, history and search entries. Changes nothing.",
            "Tells what a running watch is in trouble with, too."
        },
        footer = {"", "Example: rollcall verify --agent Agent-7"})
final class VerifyCommand extends Verb {
    private static final String WATCH = "watch: ";

    /** {@code doctor} tells them all. */
    private static final int MOST_CONCERNS = 2;

    @ArgGroup(multiplicity = "1")
    private WhichAgents which = new WhichAgents();

    @Option(names = "--deep", description = "Compare every revision of the history, not only the latest.")
    private boolean deep;

    VerifyCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        List<Verification> verifications = verifyOrAsk(deep ? Depth.EVERY_REVISION : Depth.HEAD);
        VerifyAnswer answer = new VerifyAnswer(verifications, root().rollcall().askWatch());
        root().print(root().isJson() ? answer.json() + "\n" : text(answer) + watchLines(answer.watch()));
        return attention(verifications.stream().allMatch(Verification::isClean));
    }

    /** The watch may know why the database says nothing. */
    private List<Verification> verifyOrAsk(Depth depth) {
        try {
            return verify(depth);
        } catch (ProblemException failure) {
            WatchAnswer watch = root().rollcall().askWatch();
            Problem problem = failure.problem();
            if (!isOfDatabase(problem.code()) || !watch.isRunning()) {
                throw failure;
            }
            String says = watch.concerns().isEmpty() ? "it knows of no trouble" : String.join("; ", watch.concerns());
            throw new ProblemException(
                    new Problem(
                            problem.code(),
                            problem.message(),
                            (problem.hint() + " The watch says: " + says + ".").strip()),
                    failure);
        }
    }

    private static boolean isOfDatabase(ProblemCode code) {
        return code == ProblemCode.DATABASE_UNAVAILABLE || code == ProblemCode.SCHEMA_MISMATCH;
    }

    private List<Verification> verify(Depth depth) {
        if (!which.isAll()) {
            var agent = which.agentId();
            return List.of(root().rollcall()
                    .verify(agent, depth)
                    .orElseThrow(() -> root().rollcall().unknown(agent)));
        }
        return progressing("verify", progress -> root().rollcall().verifyAll(depth, progress));
    }

    /** What keeps the roll from staying as it was found; nothing when no watch runs or all is well. */
    private String watchLines(WatchAnswer watch) {
        StringBuilder lines = new StringBuilder();
        List<String> concerns = watch.concerns();
        concerns.stream()
                .limit(MOST_CONCERNS)
                .map(concern -> TerminalText.wrapped(concern, WATCH.length()).substring(WATCH.length()))
                .forEach(concern -> lines.append(root().paint().alarm(WATCH))
                        .append(concern)
                        .append('\n'));
        return lines.toString();
    }

    private String text(VerifyAnswer answer) {
        List<Verification> verifications = answer.verifications();
        StringBuilder text = new StringBuilder();
        List<Verification> shown = verifications.stream()
                .filter(v -> verifications.size() == 1 || root().isVerbose() || !v.isClean())
                .toList();
        list(text, shown, this::text);
        if (which.isAll()) {
            text.append(String.format(
                    java.util.Locale.ROOT,
                    "%s: %,d synced, %,d not synced, %,d left%n",
                    Shapes.agents(verifications.size()),
                    answer.synced(),
                    answer.notSynced(),
                    answer.left()));
        } else {
            text.setLength(text.length() - 1);
        }
        return text.toString();
    }

    private String text(Verification v) {
        StringBuilder text = new StringBuilder(TerminalText.safe(v.agent().value())).append('\n');
        text.append("  status.json  ").append(clock(v.file())).append('\n');
        text.append("  database     ").append(clock(v.roll())).append('\n');
        text.append("  search       ").append(search(v)).append('\n');
        String lag = v.lag().seconds() + " seconds lag"
                + (v.lag().cycles() == null ? "" : ", " + v.lag().cycles() + " cycles");
        String verdict = switch (v.verdict()) {
            case SYNCED, LAGGING, DRIFTED -> v.verdict() + " (" + lag + ")";
            case UNSYNCED, REJECTED, MISSING, LEFT -> v.verdict().name();
        };
        text.append("  ")
                .append(v.isClean() ? verdict : root().paint().alarm(verdict))
                .append('\n');
        if (v.reason() != null) {
            text.append(TerminalText.wrapped(v.reason(), 4)).append('\n');
        }
        for (Drift drift : v.drift()) {
            text.append("    ")
                    .append(drift.where().label())
                    .append(' ')
                    .append(TerminalText.cut(
                            drift.entry() == null ? drift.field() : drift.field() + " of " + drift.entry(), 50))
                    .append("\n      expected ")
                    .append(value(drift.expected()))
                    .append("\n      actual   ")
                    .append(value(drift.actual()))
                    .append('\n');
        }
        return text.toString();
    }

    private static String search(Verification v) {
        boolean drifted = v.drift().stream().anyMatch(d -> d.where() == Drift.Where.SEARCH);
        return (drifted ? "differs" : "current")
                + (v.searchPending() == 0
                        ? ""
                        : " (" + Amount.of(v.searchPending(), "passage", "passages") + " pending)");
    }

    private static String clock(@Nullable Clock clock) {
        if (clock == null) {
            return "-";
        }
        String updated = clock.updated() == null ? "no time" : TerminalText.safe(clock.updated());
        return updated + (clock.cycle() == null ? "" : "  cycle " + clock.cycle());
    }

    private static String value(@Nullable String value) {
        return value == null ? "(nothing)" : TerminalText.cut(value, 62);
    }
}
