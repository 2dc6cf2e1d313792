package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Gap.Kind;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.sync.CommittedVersions.Changed;
import dev.rollcall.sync.CommittedVersions.ChangedFile;
import dev.rollcall.sync.CommittedVersions.Content;
import dev.rollcall.sync.CommittedVersions.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Lets the history of one workspaces root happen again, commit by commit in order of time, and brings every version of it
 * into the roll: those of the line as what was in force, those beside it as what was written elsewhere. For one run.
 *
 * <p>Killed at any moment and run again it ends with what one run would have given: versions go in by batches, and those
 * that are in are known again.
 */
public final class HistoryImport {
    /** Few enough that what is alive fits the young space, enough that a transaction costs little beside them. */
    private static final int BATCH = 200;

    private static final long BATCH_BYTES = 4L * 1024 * 1024;

    /** What git is asked about at once: with two ids each they fit a pipe, so that nobody waits for the other. */
    private static final int COMMITS = 64;

    private final CommittedVersions archive;
    private final Supplier<RollArchive> roll;
    private final ReadingRules rules;
    private final InstantSource clock;
    private final ImportTally tally = new ImportTally();
    private final Map<String, PastGaps> agents = new HashMap<>();
    private final Set<Move> moved = new HashSet<>();

    /** Agents with an acceptable version. */
    private final Set<AgentId> accepted = new LinkedHashSet<>();

    /** The line's latest version of each agent, where that is known from another commit. */
    private final Map<AgentId, PastVersion> rewritten = new HashMap<>();

    private Lineage lineage = new Lineage(List.of(), null);
    private Writings writings = new Writings(lineage);
    private List<PastVersion> versions = new ArrayList<>();
    private List<Gap> gaps = new ArrayList<>();
    private long bytes;

    /** @param roll opened only when there is something to bring in, so that a mistyped path leaves no database behind */
    public HistoryImport(
            CommittedVersions archive, Supplier<RollArchive> roll, ReadingRules rules, InstantSource clock) {
        this.archive = archive;
        this.roll = roll;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * @param root the workspaces root as a path in the archive; empty for its top
     * @param progress told in commits
     * @throws ProblemException WORKSPACE_UNREADABLE when there is no commit, or never was a status.json under the root
     */
    public ImportReport run(String root, Progress progress) {
        Instant start = clock.instant();
        List<Commit> commits = archive.commits();
        if (commits.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    ShownText.of(archive.place()) + " has no commits: there is no history to import",
                    "Name the repository in which the agents' files are committed.");
        }
        CommitTimes times = new CommitTimes(commits, start);
        List<Commit> inOrder = times.inOrder();
        lineage = new Lineage(
                commits, archive.head().orElseGet(() -> inOrder.getLast().id()));
        writings = new Writings(lineage);
        for (int from = 0; from < inOrder.size(); from += COMMITS) {
            List<Commit> some = inOrder.subList(from, Math.min(from + COMMITS, inOrder.size()));
            Changed changed = archive.changes(some);
            changed.unreadable().forEach(id -> tally.missing("what commit " + id + " changed"));
            moves(root, changed.files());
            for (ChangedFile file : changed.files()) {
                happen(root, file, times.at(file.commit()));
            }
            progress.at(from + some.size(), inOrder.size());
        }
        if (!tally.hasSeenAnything()) {
            throw neverThere(root);
        }
        agents.values().forEach(agent -> agent.lasting().ifPresent(gaps::add));
        record(Durability.AT_ONCE);
        end();
        if (!accepted.isEmpty()) {
            roll.get().keepWork(accepted);
        }
        return new ImportReport(
                archive.place(),
                root,
                new ImportReport.Commits(commits.size(), times.adjusted(), archive.cuts()),
                tally.versions(),
                tally.missing(),
                tally.otherRoots(),
                tally.ignored(),
                Duration.between(start, clock.instant()));
    }

    private ProblemException neverThere(String root) {
        List<String> others = tally.otherRoots().entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(5)
                .map(other -> shown(other.getKey()))
                .toList();
        return new ProblemException(
                ProblemCode.WORKSPACE_UNREADABLE,
                "no commit of " + ShownText.of(archive.place()) + " has a status.json in a folder of " + shown(root),
                others.isEmpty()
                        ? "It has none anywhere else either."
                        : "Name one of these with --root: " + String.join(", ", others) + ".");
    }

    private static String shown(String root) {
        return root.isEmpty() ? "." : ShownText.of(root);
    }

    /** Notes which agents' files the commits write under other roots: where one is deleted here, it only moved there. */
    private void moves(String root, List<ChangedFile> files) {
        moved.clear();
        for (ChangedFile file : files) {
            StatusPath path = StatusPath.of(file.path());
            if (path != null && !path.root().equals(root) && file.state() instanceof State.Held) {
                moved.add(new Move(file.commit().id(), path.agent()));
            }
        }
    }

    private record Move(String commit, String agent) {}

    private void happen(String root, ChangedFile file, Instant at) {
        StatusPath path = StatusPath.of(file.path());
        if (path == null) {
            return;
        }
        boolean isHeld = !(file.state() instanceof State.Gone);
        if (!path.root().equals(root)) {
            if (isHeld) {
                tally.otherRoot(path.root());
            }
        } else if (isNobody(path.agent())) {
            tally.ignored(path.agent());
        } else {
            AgentId agent = new AgentId(path.agent());
            PastGaps past = agents.computeIfAbsent(agent.value(), id -> new PastGaps(agent));
            if (isHeld) {
                tally.version();
            } else {
                tally.deletion();
            }
            happen(agent, past, file, at);
        }
    }

    /** A name that was not UTF-8 shows the sign for what could not be read, and is not the one of the folder. */
    private static boolean isNobody(String folder) {
        return folder.indexOf('\uFFFD') >= 0 || AgentId.objectionTo(folder).isPresent();
    }

    private void happen(AgentId agent, PastGaps past, ChangedFile file, Instant at) {
        switch (file.state()) {
            case State.Gone gone -> {
                if (lineage.isOnLine(file.commit())
                        && !moved.contains(new Move(file.commit().id(), agent.value()))) {
                    past.begin(Kind.LEFT, at, "").ifPresent(gaps::add);
                }
            }
            case State.Odd odd -> refuse(past, file.commit(), at, RejectionCode.NOT_REGULAR_FILE);
            case State.Held held -> {
                switch (archive.content(held.content())) {
                    case Content.Missing missing ->
                        tally.missing(held.content() + ", " + ShownText.of(file.path()) + " of commit "
                                + file.commit().id());
                    case Content.TooLarge large -> refuse(past, file.commit(), at, RejectionCode.TOO_LARGE);
                    case Content.Bytes content -> {
                        switch (StatusParser.parse(content.bytes())) {
                            case ParseResult.Rejected rejected -> refuse(past, file.commit(), at, rejected.code());
                            case ParseResult.Parsed parsed -> accept(agent, past, file.commit(), at, parsed.document());
                        }
                    }
                }
            }
        }
    }

    private void refuse(PastGaps past, Commit commit, Instant at, RejectionCode code) {
        tally.rejected(code);
        if (lineage.isOnLine(commit)) {
            past.begin(Kind.REJECTED, at, code.label()).ifPresent(gaps::add);
        }
    }

    private void accept(AgentId agent, PastGaps past, Commit commit, Instant at, StatusDocument document) {
        if (versions.size() >= BATCH || bytes >= BATCH_BYTES) {
            record(Durability.LATER);
        }
        accepted.add(agent);
        boolean isOnLine = lineage.isOnLine(commit);
        versions.add(new PastVersion(
                agent,
                at,
                document.content(),
                StatusView.columns(document, agent, rules, at),
                isOnLine ? Origin.commit(commit.id()) : Origin.beside(commit.id()),
                isOnLine ? past.follows(at) : null,
                writings.of(agent, commit, document.sha256())));
        bytes += document.bytes().length;
        if (!isOnLine || past.isChange(document.sha256())) {
            writings.count(agent, commit, document.sha256());
        }
        if (isOnLine) {
            past.accepted(at, document.sha256()).ifPresent(gaps::add);
        } else {
            tally.beside();
        }
    }

    /**
     * Lets the line end with what its last commit holds. Of a history that was put on top of another, as by a pull that
     * rebases, all versions are known and stand before the other's.
     */
    private void end() {
        List<PastVersion> ends = rewritten.values().stream()
                .filter(version -> isLastWord(version.agent()))
                .map(PastVersion::atEnd)
                .toList();
        if (!ends.isEmpty()) {
            roll.get().archive(ends, List.of(), Durability.AT_ONCE);
        }
    }

    /** Whether the line ends with an acceptable version of the agent. */
    private boolean isLastWord(AgentId agent) {
        PastGaps past = agents.get(agent.value());
        return past != null && past.lasting().isEmpty();
    }

    private void record(Durability durability) {
        if (versions.isEmpty() && gaps.isEmpty()) {
            return;
        }
        List<Outcome> outcomes = roll.get().archive(versions, gaps, durability);
        tally.judged(outcomes);
        for (int i = 0; i < outcomes.size(); i++) {
            PastVersion version = versions.get(i);
            if (outcomes.get(i) == Outcome.REWRITTEN) {
                rewritten.put(version.agent(), version);
            } else if (!version.isBeside()) {
                rewritten.remove(version.agent());
            }
        }
        versions = new ArrayList<>();
        gaps = new ArrayList<>();
        bytes = 0;
    }
}
