package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.sync.SettledReader.Waiting;
import dev.rollcall.sync.Verification.Clock;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The proof that files and roll agree: compares each file with its row, its history and its search entries, and changes
 * nothing. Always reads the bytes. One verification at a time per instance.
 */
public final class Verifier {
    private static final int MAX_ATTEMPTS = 20;

    /** Bytes of documents that are read from the roll at once, of which much more is kept until they are compared. */
    private static final long BYTES_TOGETHER = 4 << 20;

    private final StatusSource source;
    private final RollStore store;
    private final SettledReader reader;
    private final Comparison comparison;
    private final LagRule lags;

    public Verifier(StatusSource source, RollStore store, ReadingRules rules, InstantSource clock, Pause pause) {
        this.source = source;
        this.store = store;
        this.reader = new SettledReader(source, clock, pause);
        this.comparison = new Comparison(store, rules);
        this.lags = new LagRule(comparison);
    }

    /** How much of an agent's history is compared. */
    public enum Depth {
        HEAD,
        EVERY_REVISION
    }

    /** Every agent that has a file or a place on the roll, by id. */
    public List<Verification> verifyAll(Depth depth, Progress progress) {
        Map<AgentId, Standing> standings = store.standings();
        TreeSet<AgentId> agents = new TreeSet<>(source.scan().files().keySet());
        agents.addAll(standings.keySet());
        Map<AgentId, Long> sizes = store.sizes();
        Map<AgentId, Verification> verifications = new TreeMap<>();
        List<Waiting> waiting = new ArrayList<>();
        List<AgentId> changed = new ArrayList<>();
        List<Standing> due = agents.stream()
                .map(agent -> standings.getOrDefault(agent, Standing.unknown(agent)))
                .toList();
        int done = 0;
        try (ReadAhead<Looked> files = new ReadAhead<>(due, this::looked, Looked::bytes)) {
            for (List<Looked> batch = files.next(); !batch.isEmpty(); batch = files.next()) {
                for (List<Looked> some : groups(batch, sizes)) {
                    Map<AgentId, StoredAgent> stored =
                            store.stored(some.stream().map(Looked::agent).toList());
                    comparison.documents().readAhead(stored.values());
                    for (Looked looked : some) {
                        if (looked.seen() instanceof Seen.Unsettled) {
                            waiting.add(
                                    new Waiting(looked.standing(), looked.seen().at()));
                        } else if (!isChecked(looked, stored.get(looked.agent()), depth, verifications)) {
                            changed.add(looked.agent());
                        }
                        progress.at(++done, agents.size());
                    }
                }
            }
        }
        comparison.documents().forget();
        changed.forEach(agent -> verify(agent, depth).ifPresent(found -> verifications.put(agent, found)));
        await(waiting, depth, verifications);
        return List.copyOf(verifications.values());
    }

    /** An agent's file, looked at after what the roll's standing tells. */
    private record Looked(Standing standing, Seen seen) {
        AgentId agent() {
            return standing.agent();
        }

        long bytes() {
            return switch (seen instanceof Seen.Unsettled(Seen soFar) ? soFar : seen) {
                case Seen.Settled settled -> settled.document().bytes().length;
                case Seen.Unacceptable refused -> refused.bytes().length;
                case Seen.Gone gone -> 0;
                case Seen.Unsettled nested -> 0;
            };
        }
    }

    private Looked looked(Standing standing) {
        return new Looked(standing, reader.look(standing));
    }

    /** Adds what was found; false where it could be only because the roll has changed since before the file was looked at. */
    private boolean isChecked(
            Looked looked, @Nullable StoredAgent stored, Depth depth, Map<AgentId, Verification> verifications) {
        Optional<Verification> found = compare(looked.agent(), looked.seen(), stored, depth);
        if (found.isPresent() && !found.get().isClean() && !isUnchanged(looked, stored)) {
            return false;
        }
        found.ifPresent(verification -> verifications.put(looked.agent(), verification));
        return true;
    }

    /** The roll, from before the file was looked at until after everything was compared. */
    private boolean isUnchanged(Looked looked, @Nullable StoredAgent stored) {
        long reading = reading(stored);
        return looked.standing().reading() == reading
                && reading == reading(store.stored(looked.agent()).orElse(null));
    }

    /** Waits for all unfinished files together. */
    private void await(List<Waiting> waiting, Depth depth, Map<AgentId, Verification> verifications) {
        reader.await(waiting, (standing, seen) -> {
            AgentId agent = standing.agent();
            StoredAgent stored = store.stored(agent).orElse(null);
            if (!isChecked(new Looked(standing, seen), stored, depth, verifications)) {
                verify(agent, depth).ifPresent(found -> verifications.put(agent, found));
            }
        });
    }

    /** What the roll holds of a batch can be much more than its files. */
    private static List<List<Looked>> groups(List<Looked> batch, Map<AgentId, Long> sizes) {
        List<List<Looked>> groups = new ArrayList<>();
        List<Looked> group = new ArrayList<>();
        long bytes = 0;
        for (Looked looked : batch) {
            long more = sizes.getOrDefault(looked.agent(), 0L);
            if (!group.isEmpty() && bytes + more > BYTES_TOGETHER) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(looked);
            bytes += more;
        }
        groups.add(group);
        return groups;
    }

    /** Empty for an agent that has neither a file nor a place on the roll. */
    public Optional<Verification> verify(AgentId agent, Depth depth) {
        comparison.documents().forget(agent);
        for (int attempt = 1; ; attempt++) {
            StoredAgent stored = store.stored(agent).orElse(null);
            Seen seen = reader.await(standing(agent, stored));
            Optional<Verification> verification = compare(agent, seen, stored, depth);
            boolean clean = verification.isEmpty() || verification.get().isClean();
            if (clean
                    || attempt == MAX_ATTEMPTS
                    || reading(stored) == reading(store.stored(agent).orElse(null))) {
                return verification;
            }
        }
    }

    private Optional<Verification> compare(AgentId agent, Seen seen, @Nullable StoredAgent known, Depth depth) {
        return switch (seen) {
            case Seen.Settled settled ->
                Optional.of(
                        known == null
                                ? unsynced(agent, settled, List.of())
                                : compareFile(agent, settled, known, depth));
            case Seen.Unacceptable refused -> Optional.of(rejected(agent, refused, known, depth));
            case Seen.Unsettled unsettled -> compare(agent, unsettled.soFar(), known, depth);
            case Seen.Gone gone -> Optional.ofNullable(known).map(stored -> gone(agent, stored, depth));
        };
    }

    private Verification compareFile(AgentId agent, Seen.Settled file, StoredAgent stored, Depth depth) {
        StatusColumns fileSays =
                comparison.columns(agent, file.document(), file.stamp().modifiedAt());
        if (stored.row().isEmpty() && stored.head().isEmpty()) {
            return unsynced(agent, file, comparison.orphans(stored));
        }
        if (stored.isOnlyImported()) {
            StatusDocument head = lags.headDocument(agent, stored).orElse(null);
            return unsynced(agent, file, comparison.drift(agent, stored, head, depth));
        }
        boolean sameVersion = LagRule.isVersionOf(file.document(), stored);
        Optional<StatusDocument> recorded =
                sameVersion ? Optional.of(file.document()) : lags.headDocument(agent, stored);
        List<Drift> drift = comparison.drift(agent, stored, recorded.orElse(null), depth);
        drift.addAll(comparison.strayRejection(stored));
        comparison.presence(stored, "PRESENT").ifPresent(drift::add);
        Verdict verdict = sameVersion ? drift.isEmpty() ? Verdict.SYNCED : Verdict.DRIFTED : Verdict.LAGGING;
        Lag lag = sameVersion ? new Lag.InStep() : lags.behind(agent, file, stored, recorded.orElse(null));
        return new Verification(
                agent,
                verdict,
                clock(fileSays),
                rowClock(stored),
                lag,
                pending(stored),
                drift,
                verdict == Verdict.LAGGING ? "the file is newer than the roll" : null);
    }

    private Verification unsynced(AgentId agent, Seen.Settled file, List<Drift> drift) {
        Clock clock =
                clock(comparison.columns(agent, file.document(), file.stamp().modifiedAt()));
        return new Verification(agent, Verdict.UNSYNCED, clock, null, new Lag.InStep(), 0, drift, "never recorded");
    }

    private Verification rejected(AgentId agent, Seen.Unacceptable file, @Nullable StoredAgent known, Depth depth) {
        List<Drift> drift = new ArrayList<>();
        if (known != null) {
            drift.addAll(comparison.drift(
                    agent, known, lags.headDocument(agent, known).orElse(null), depth));
            comparison.presence(known, "PRESENT").ifPresent(drift::add);
            drift.addAll(comparison.rejection(known, file));
        }
        var noted = known == null ? null : known.rejected();
        String since = noted == null ? ", not yet noted by the roll" : ", since " + Times.text(noted.since());
        return new Verification(
                agent,
                Verdict.REJECTED,
                null,
                known == null ? null : rowClock(known),
                new Lag.InStep(),
                known == null ? 0 : pending(known),
                drift,
                describe(file.rejection()) + since);
    }

    private Verification gone(AgentId agent, StoredAgent stored, Depth depth) {
        List<Drift> drift =
                comparison.drift(agent, stored, lags.headDocument(agent, stored).orElse(null), depth);
        drift.addAll(comparison.strayRejection(stored));
        boolean left = stored.isOnlyImported() || "LEFT".equals(stored.row().get("presence"));
        return new Verification(
                agent,
                left ? Verdict.LEFT : Verdict.MISSING,
                null,
                rowClock(stored),
                new Lag.InStep(),
                pending(stored),
                drift,
                left ? null : "there is no status.json, and the roll still calls the agent present");
    }

    private static Clock clock(StatusColumns columns) {
        return new Clock(
                columns.text(StatusField.LAST_UPDATED).orElse(null),
                columns.cycleCount().orElse(null));
    }

    private static @Nullable Clock rowClock(StoredAgent stored) {
        return stored.row().isEmpty()
                ? null
                : new Clock(
                        stored.row().get(StatusField.LAST_UPDATED.column()),
                        Times.wholeNumber(stored.row().get(StatusField.CYCLE_COUNT.column())));
    }

    private static int pending(StoredAgent stored) {
        return (int) stored.passages().stream()
                .filter(passage -> passage.vector() == StoredAgent.Vector.QUEUED)
                .count();
    }

    private static String describe(ParseResult.Rejected rejection) {
        var position = rejection.position();
        return rejection.code().label()
                + (position == null ? "" : " at line " + position.line() + ", column " + position.column())
                + ": " + rejection.message();
    }

    private static Standing standing(AgentId agent, @Nullable StoredAgent stored) {
        return stored == null ? Standing.unknown(agent) : stored.standing();
    }

    private static long reading(@Nullable StoredAgent stored) {
        return stored == null ? Standing.NEVER_READ : stored.standing().reading();
    }
}
