package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Amount;
import dev.rollcall.app.DurationText;
import dev.rollcall.app.Upkeep;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.Thinned;
import dev.rollcall.sync.Progress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code prune}. */
@Command(
        name = "prune",
        description = {
            "Thin out history: of older versions only one a day stays.",
            "Every version of the last DURATION stays, and of each day in UTC before that",
            "the last one; so do the first and the latest of all. What is deleted is",
            "marked as a gap. A watch may go on meanwhile."
        },
        footer = {"", "Example: rollcall prune --keep 30d --dry-run"})
final class PruneCommand extends Verb {
    @Option(
            names = "--keep",
            required = true,
            paramLabel = "DURATION",
            description = "Of how long ago every version stays: 12h, 30d, 8w.")
    private String keep = "";

    @Option(names = "--agent", paramLabel = "ID", description = "Only this agent's history.")
    private @Nullable String agent;

    @Option(names = "--dry-run", description = "Only tell what would be deleted.")
    private boolean dryRun;

    @Option(names = "--compact", description = "Then give the room back to the disk; nobody can record meanwhile.")
    private boolean compact;

    PruneCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Instant keepFrom = keepFrom();
        root().rollcall().upkeep().demandRoll("prune");
        RollUpkeep upkeep = root().rollcall().upkeep().roll(dryRun ? Upkeep.Mode.COUNTING : Upkeep.Mode.DELETING);
        Thinned thinned = thinned(upkeep, keepFrom, agents(upkeep));
        int months = dryRun ? 0 : finished(upkeep, keepFrom, thinned);
        root().print(root().isJson() ? json(keepFrom, thinned, months) : text(keepFrom, thinned, months));
        return FINE;
    }

    /** Gives room back. What was deleted before is told also where that fails. */
    private int finished(RollUpkeep upkeep, Instant keepFrom, Thinned thinned) {
        try {
            if (compact) {
                upkeep.compact();
            }
            return upkeep.dropEmptyMonths();
        } catch (ProblemException failure) {
            if (!root().isJson()) {
                root().print(text(keepFrom, thinned, 0));
            }
            Problem told = failure.problem();
            String done = "prune has deleted " + Amount.of(thinned.versions(), "version", "versions") + ", but then: ";
            throw new ProblemException(new Problem(told.code(), done + told.message(), told.hint()), failure);
        }
    }

    private Instant keepFrom() {
        try {
            return root().rollcall().clock().instant().minus(DurationText.read(keep));
        } catch (IllegalArgumentException noDuration) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "prune: --keep: " + noDuration.getMessage(), "See rollcall prune --help.");
        }
    }

    private List<AgentId> agents(RollUpkeep upkeep) {
        if (agent == null) {
            return upkeep.agents();
        }
        AgentId id = new AgentId(agent);
        if (upkeep.holdings(id).isNothing()) {
            throw root().rollcall().unknown(id);
        }
        return List.of(id);
    }

    private Thinned thinned(RollUpkeep upkeep, Instant keepFrom, List<AgentId> agents) {
        return progressing("prune", progress -> thinned(upkeep, keepFrom, agents, progress));
    }

    private Thinned thinned(RollUpkeep upkeep, Instant keepFrom, List<AgentId> agents, Progress progress) {
        Thinned all = Thinned.NOTHING;
        int done = 0;
        for (AgentId id : agents) {
            all = all.plus(dryRun ? upkeep.wouldThin(id, keepFrom) : upkeep.thin(id, keepFrom));
            progress.at(++done, agents.size());
        }
        return all;
    }

    private String text(Instant keepFrom, Thinned thinned, int months) {
        String text = String.format(
                Locale.ROOT,
                "%s: %s from before %s, %,d bytes of history%n",
                dryRun ? "would delete" : "deleted",
                Amount.of(thinned.versions(), "version", "versions"),
                keepFrom.truncatedTo(ChronoUnit.SECONDS),
                thinned.bytes());
        if (thinned.held() > 0) {
            text += String.format(
                    Locale.ROOT,
                    "%,d more %s%n",
                    thinned.held(),
                    thinned.held() == 1
                            ? "stays: a damaged version is built on it"
                            : "stay: a damaged version is built on them");
        }
        if (months > 0) {
            text += "dropped: " + Amount.of(months, "month", "months") + " of history that held nothing any more\n";
        }
        if (!dryRun && !compact && thinned.versions() > 0) {
            text += "the room is used for what comes next; the file shrinks with --compact only\n";
        }
        return text;
    }

    private String json(Instant keepFrom, Thinned thinned, int months) {
        return JsonOutput.object(json -> json.time("keep_from", keepFrom)
                        .flag("dry_run", () -> dryRun)
                        .number("versions", thinned.versions())
                        .number("bytes", thinned.bytes())
                        .number("held", thinned.held())
                        .number("dropped_months", months)
                        .flag("compacted", () -> compact && !dryRun))
                + "\n";
    }
}
