package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.sync.StatusSource.Look;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the roll up to date with the files: looks at what may have changed, reads it by the accept rule, records it.
 *
 * <p>Safe to run from several processes at once: the store refuses a change that rests on an older look than the one
 * it has, and the file is read again then. One pass at a time per instance.
 */
public final class SyncEngine {
    private static final int MAX_ATTEMPTS = 50;

    private final StatusSource source;
    private final Supplier<RollStore> roll;
    private final InstantSource clock;
    private final SettledReader reader;
    private final ReadingRules rules;
    private final Changes changes;
    private final Intake intake;

    /** @param roll opened only after the root has been seen, so that a mistyped root leaves no empty database behind */
    public SyncEngine(
            StatusSource source, Supplier<RollStore> roll, ReadingRules rules, InstantSource clock, Pause pause) {
        this.source = source;
        this.roll = roll;
        this.clock = clock;
        this.reader = new SettledReader(source, clock, pause);
        this.rules = rules;
        this.changes = new Changes(source, rules);
        this.intake = new Intake(reader, changes);
    }

    /**
     * One pass over all agents.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE when the root is missing, or holds no agent while the roll has some
     *     present: nobody is marked as left then
     */
    public SyncReport pass(Extent extent, Progress progress) {
        Instant start = clock.instant();
        StatusSource.Scan scan = source.scan();
        RollStore store = roll.get();
        Map<AgentId, Standing> standings = store.standings();
        refuseMassDisappearance(scan, standings.values());
        List<Standing> due = new ArrayList<>();
        int known = 0;
        for (Map.Entry<AgentId, FileStamp> file : scan.files().entrySet()) {
            Standing standing = standings.get(file.getKey());
            known += standing == null ? 0 : 1;
            if (standing == null || extent == Extent.EVERYTHING || !changes.isUntouched(standing, file.getValue())) {
                due.add(standing == null ? Standing.unknown(file.getKey()) : standing);
            }
        }
        List<Elsewhere> elsewhere = new ArrayList<>();
        // Looking at everybody once more would be felt with 100,000 agents.
        Collection<Standing> others = known == standings.size() ? List.of() : standings.values();
        for (Standing standing : others) {
            if (!scan.files().containsKey(standing.agent()) && standing.hasSomethingToLose()) {
                if (elsewhere(standing.agent()).isPresent()) {
                    elsewhere.add(Elsewhere.outside(standing.agent()));
                } else {
                    due.add(standing);
                }
            }
        }
        // As the database orders its keys: its pages fill one after the other then.
        due.sort(Comparator.comparing(standing -> standing.agent().value()));
        Tally tally = bringUpToDate(due, extent, progress);
        elsewhere.addAll(tally.elsewhere());
        if (extent == Extent.EVERYTHING) {
            // Agents that left long ago have no file to look at, but a history to keep true.
            standings.values().stream()
                    .filter(standing -> !scan.files().containsKey(standing.agent()) && !standing.hasSomethingToLose())
                    .forEach(standing -> repairHistory(standing.agent()));
        }
        List<RejectedDocument> rejected = store.rejected();
        Collection<Standing> after =
                due.isEmpty() ? standings.values() : store.standings().values();
        return new SyncReport(
                scan.files().size(),
                tally.recorded(),
                scan.files().size()
                        - tally.recorded()
                        - rejectedAmong(scan.files(), rejected)
                        - tally.elsewhere().size(),
                tally.left(),
                rejected,
                after.stream()
                        .filter(Standing::isPresent)
                        .mapToLong(Standing::findings)
                        .sum(),
                elsewhere.stream().sorted().toList(),
                scan.ignored(),
                Duration.between(start, clock.instant()));
    }

    /**
     * One pass over one agent.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE when the root is missing or the agent has neither a status.json nor
     *     a place on the roll
     */
    public SyncReport pass(AgentId agent, Extent extent) {
        Instant start = clock.instant();
        Look look = source.look(agent);
        StatusSource.Scan scan = look instanceof Look.Absent ? source.scan() : StatusSource.Scan.EMPTY;
        RollStore store = roll.get();
        Optional<Standing> known = store.standing(agent);
        if (look instanceof Look.Absent) {
            refuseToLose(agent, known.orElse(null), scan);
        }
        Standing standing = known.orElseGet(() -> Standing.unknown(agent));
        boolean untouched = extent == Extent.CHANGES
                && look instanceof Look.Present present
                && changes.isUntouched(standing, present.stamp());
        Tally tally = bringUpToDate(untouched ? List.of() : List.of(standing), extent, Progress.NONE);
        List<RejectedDocument> rejected =
                store.rejected().stream().filter(r -> r.agent().equals(agent)).toList();
        int files = look instanceof Look.Present ? 1 : 0;
        return new SyncReport(
                files,
                tally.recorded(),
                Math.max(
                        0,
                        files
                                - tally.recorded()
                                - rejected.size()
                                - tally.elsewhere().size()),
                tally.left(),
                rejected,
                store.standing(agent).map(Standing::findings).orElse(0),
                tally.elsewhere(),
                List.of(),
                Duration.between(start, clock.instant()));
    }

    /** Where the agent's file stands, when that is outside this root: it belongs to another root then, and is not gone. */
    private Optional<String> elsewhere(AgentId agent) {
        return elsewhere(agent, roll.get(), source);
    }

    static Optional<String> elsewhere(AgentId agent, RollStore store, StatusSource source) {
        return store.stored(agent)
                .flatMap(stored -> Optional.ofNullable(stored.row().get("source_path")))
                .filter(source::isElsewhere);
    }

    private static int rejectedAmong(Map<AgentId, FileStamp> files, List<RejectedDocument> rejected) {
        return (int) rejected.stream().filter(r -> files.containsKey(r.agent())).count();
    }

    private Tally bringUpToDate(List<Standing> due, Extent extent, Progress progress) {
        Tally tally = new Tally(progress, recorded -> {});
        if (!due.isEmpty()) {
            intake.take(due, () -> extent, roll.get(), tally);
        }
        reader.await(tally.unsettled(), (standing, seen) -> intake.take(standing, seen, extent, roll.get(), tally));
        tally.takeOvertaken().forEach(agent -> catchUp(agent, extent, tally));
        if (extent == Extent.EVERYTHING) {
            due.forEach(standing -> repairHistory(standing.agent()));
        }
        return tally;
    }

    private void repairHistory(AgentId agent) {
        RollStore store = roll.get();
        Comparison comparison = new Comparison(store, rules);
        Map<Long, StatusColumns> repaired = new TreeMap<>();
        for (StoredAgent.HistoryRow row : store.storedHistory(agent)) {
            comparison.repaired(agent, row).ifPresent(columns -> repaired.put(row.revision(), columns));
        }
        store.repairHistory(agent, repaired);
    }

    /** Somebody else recorded this agent meanwhile: look again, knowing what they recorded. */
    private void catchUp(AgentId agent, Extent extent, Tally tally) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Standing standing = roll.get().standing(agent).orElseGet(() -> Standing.unknown(agent));
            Seen seen = reader.await(standing);
            intake.take(standing, seen, extent, roll.get(), tally);
            if (tally.takeOvertaken().isEmpty()) {
                return;
            }
        }
        throw new ProblemException(
                ProblemCode.DATABASE_UNAVAILABLE,
                "sync of " + agent + ": other processes recorded it " + MAX_ATTEMPTS + " times in a row first",
                "Run the command again.");
    }

    static void refuseMassDisappearance(StatusSource.Scan scan, Collection<Standing> standings) {
        if (!scan.files().isEmpty()) {
            return;
        }
        long present = standings.stream().filter(Standing::isPresent).count();
        if (present > 0) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "sync: the workspaces root holds no agent, but the roll has " + present
                            + " present; nobody was marked as left",
                    "Check that the root is mounted and that --root and --swarm belong together.");
        }
    }

    private void refuseToLose(AgentId agent, @Nullable Standing known, StatusSource.Scan scan) {
        if (known == null) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "sync of " + agent + ": no status.json at " + source.path(agent)
                            + ", and the roll does not know this agent",
                    "Check the spelling of the agent's id and --root.");
        }
        elsewhere(agent).ifPresent(path -> {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "sync of " + agent + ": its file stands outside this root, at " + path,
                    "Give each root its own --swarm name, or name the root that it is under.");
        });
        if (scan.files().isEmpty()) {
            refuseMassDisappearance(
                    scan,
                    roll.get().standings().values().stream()
                            .filter(standing -> !standing.agent().equals(agent))
                            .toList());
        }
    }
}
