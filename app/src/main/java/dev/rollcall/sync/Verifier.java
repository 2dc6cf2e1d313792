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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The proof that files and roll agree: compares each file with its row, its history and its search entries, and changes
 * nothing. Always reads the bytes. One verification at a time per instance.
 */
public final class Verifier {
    private static final int MAX_ATTEMPTS = 20;

    /** Agents that are read from the roll at once: what one statement costs on its way to a server is shared by them. */
    private static final int TOGETHER = 200;

    /** Bytes of their documents, of which much more is kept until they are compared. */
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
        TreeSet<AgentId> agents = new TreeSet<>(source.scan().files().keySet());
        agents.addAll(store.standings().keySet());
        Map<AgentId, Verification> verifications = new TreeMap<>();
        List<Waiting> waiting = new ArrayList<>();
        int done = 0;
        for (List<AgentId> some : groups(agents)) {
            Map<AgentId, StoredAgent> stored = store.stored(some);
            comparison.documents().readAhead(stored.values());
            for (AgentId agent : some) {
                Standing standing = standing(agent, stored.get(agent));
                Seen seen = reader.look(standing);
                if (seen instanceof Seen.Unsettled) {
                    waiting.add(new Waiting(standing, seen.at()));
                } else {
                    checked(agent, seen, stored.get(agent), depth).ifPresent(v -> verifications.put(agent, v));
                }
                progress.at(++done, agents.size());
            }
        }
        comparison.documents().forget();
        reader.await(waiting, (standing, seen) -> {
            AgentId agent = standing.agent();
            checked(agent, seen, store.stored(agent).orElse(null), depth).ifPresent(v -> verifications.put(agent, v));
        });
        return List.copyOf(verifications.values());
    }

    private List<List<AgentId>> groups(Set<AgentId> agents) {
        Map<AgentId, Long> sizes = store.sizes();
        List<List<AgentId>> groups = new ArrayList<>();
        List<AgentId> group = new ArrayList<>();
        long bytes = 0;
        for (AgentId agent : agents) {
            long more = sizes.getOrDefault(agent, 0L);
            if (!group.isEmpty() && (group.size() == TOGETHER || bytes + more > BYTES_TOGETHER)) {
                groups.add(group);
                group = new ArrayList<>();
                bytes = 0;
            }
            group.add(agent);
            bytes += more;
        }
        groups.add(group);
        return groups;
    }

    /** What was found, unless the roll changed since it was looked at: then both are looked at anew. */
    private Optional<Verification> checked(AgentId agent, Seen seen, @Nullable StoredAgent stored, Depth depth) {
        Optional<Verification> verification = compare(agent, seen, stored, depth);
        boolean isClean = verification.isEmpty() || verification.get().isClean();
        return isClean || reading(stored) == reading(store.stored(agent).orElse(null))
                ? verification
                : verify(agent, depth);
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
