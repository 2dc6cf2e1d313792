package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.FileChanges.Coverage;
import dev.rollcall.sync.FileChanges.Hints;
import dev.rollcall.sync.WatchState.Backlog;
import dev.rollcall.sync.WatchState.Troubles;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Keeps the roll in step with the files until stopped. A hint, a scan of all stat data every few seconds and a scan of
 * all bytes every minute only say whose file to look at; what a look is worth is decided by the same rules as in
 * {@link SyncEngine}. Trouble with the files or the database is told by {@link #state} and tried again; it ends nothing.
 *
 * <p>{@link #run} belongs to one thread; {@link #stop} and {@link #state} may be called from any.
 */
public final class SyncDaemon {
    /** The longest wait for hints: what it takes to notice a stop, or that a scan has ended. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final Duration WAIT_FOR_SCAN = Duration.ofMillis(100);
    private static final Duration RETRY = Duration.ofSeconds(1);

    /** More than so many at once are looked at with reading ahead; between rounds hints are taken. */
    private static final int ROUND = 1_000;

    /** How many files of a scan of all bytes are read between two looks for hints: a few milliseconds. */
    private static final int SLICE = 16;

    private final StatusSource source;
    private final FileChanges changes;
    private final OpenRoll roll;
    private final InstantSource clock;

    /** For everything that waits: the other one may jump. */
    private final InstantSource steady;

    private final SettledReader reader;
    private final Changes judgement;
    private final Intake intake;
    private final FileScans scans;
    private final FreshnessWatch freshness;
    private final EventTrim trim;
    private final AgentBugs bugs = new AgentBugs();
    private final RefusedAgents refused = new RefusedAgents();
    private final DueAgents due = new DueAgents();
    private final Set<AgentId> unread = new LinkedHashSet<>();

    /** Not looked at yet since the watch began: their rows may come from other rules, and their stamps are not recorded. */
    private final Set<AgentId> unfamiliar = new HashSet<>();

    private final Latencies latencies = new Latencies();
    private final Instant startedAt;
    private final WatchTroubles troubles = new WatchTroubles();
    private final RestedFiles rested = new RestedFiles();
    private final ConfirmedFiles confirmed;
    private Instant retryAt = Instant.EPOCH;
    private boolean isFreshnessDue;
    private volatile boolean isStopping;
    private volatile WatchState state;

    /** @param roll opens the roll; asked again after the database was in trouble. What it gives is closed here */
    public SyncDaemon(
            StatusSource source,
            FileChanges changes,
            Supplier<WatchedRoll> roll,
            WatchRules rules,
            WatchClocks clocks) {
        this.source = source;
        this.changes = changes;
        this.roll = new OpenRoll(roll);
        this.clock = clocks.wall();
        this.steady = clocks.steady();
        this.reader = new SettledReader(source, clock, pause -> {});
        this.judgement = new Changes(source, rules.reading());
        this.freshness = new FreshnessWatch(rules.freshness());
        this.trim = new EventTrim(rules.events());
        this.intake = new Intake(reader, judgement);
        this.confirmed = new ConfirmedFiles(source, judgement);
        this.scans = new FileScans(source, judgement, steady);
        this.startedAt = clock.instant();
        this.state = describe();
    }

    /** Returns when {@link #stop} was called and one more turn was taken over what was known by then. */
    public void run() {
        try (scans) {
            while (!isStopping) {
                turn();
                take(changes.next(patience()));
            }
            take(changes.next(Duration.ZERO));
            turn();
        } finally {
            closeStore();
        }
    }

    public void stop() {
        isStopping = true;
    }

    /** The latest that the watching thread has told of itself. */
    public WatchState state() {
        return state;
    }

    private void turn() {
        try {
            takeScan();
            if (!steady.instant().isBefore(retryAt)) {
                lookAtDue();
                readSlice();
                recordRested();
                lookAtFreshness();
                trimEvents();
            }
        } catch (ProblemException trouble) {
            note(trouble);
        }
        state = describe();
    }

    private void note(ProblemException trouble) {
        if (troubles.note(trouble, clock.instant())) {
            closeStore();
        }
        retryAt = steady.instant().plus(RETRY);
    }

    private void take(Hints hints) {
        Instant now = steady.instant();
        hints.agents().forEach(agent -> due.mark(agent, now));
        if (hints.isEverywhere()) {
            scans.hurry();
        }
    }

    private Duration patience() {
        boolean isReadingFreshness = isFreshnessDue && due.size() == 0 && freshness.isBehind();
        boolean isBehind = !unread.isEmpty() || isReadingFreshness || trim.isBehind() || !rested.isEmpty();
        if (isBehind && troubles.isNone()) {
            return Duration.ZERO;
        }
        Instant now = steady.instant();
        Duration longest = scans.isRunning() ? WAIT_FOR_SCAN : Collections.min(List.of(LONGEST_WAIT, scans.dueIn()));
        return due.next()
                .map(next -> next.isBefore(retryAt) ? retryAt : next)
                .map(next -> Duration.between(now, next))
                .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
                .filter(wait -> wait.compareTo(longest) < 0)
                .orElse(longest);
    }

    private void takeScan() {
        scans.begin();
        if (scans.isFinished()) {
            lookAtRoll();
        }
        boolean isFirst = !scans.isFamiliar();
        if (isFirst && scans.isFinished()) {
            scans.become(roll.opened().store().standings());
            troubles.read();
        }
        scans.takeFinished().ifPresent(scan -> {
            // Registered before they are compared: what changes in between is hinted at.
            changes.watch(scan.files().keySet());
            List<AgentId> suspects = scans.suspects(scan);
            if (isFirst) {
                Instant now = steady.instant();
                suspects.forEach(agent -> due.mark(agent, now));
                unfamiliar.addAll(suspects);
            } else {
                unread.addAll(suspects);
            }
            troubles.filesSeen();
            isFreshnessDue = true;
            lookAtReleased();
        });
        List<AgentId> everybody = scans.takeUnread();
        if (!everybody.isEmpty()) {
            confirmed.begin(roll.opened().othersChanges().getAsLong());
            unread.addAll(everybody);
        }
    }

    /** Whatever was recorded and is not there any more is lost; the files tell it again. */
    private void lookAtRoll() {
        if (roll.isElsewhere()) {
            closeStore();
            scans.startOver();
            freshness.startOver();
            rested.clear();
        } else if (troubles.isDoubtful() && !steady.instant().isBefore(retryAt)) {
            roll.opened();
            troubles.trust();
            scans.startOver();
            freshness.relearn();
        }
    }

    private void lookAtReleased() {
        if (!refused.isNobody()) {
            Instant now = steady.instant();
            refused.released(roll.opened().sources().ownedElsewhere().keySet()).forEach(agent -> due.mark(agent, now));
        }
    }

    private void lookAtDue() {
        Instant now = steady.instant();
        List<AgentId> ready = due.ready(now, ROUND);
        if (ready.isEmpty()) {
            return;
        }
        RollStore store = roll.opened().store();
        Map<AgentId, Standing> standings = new LinkedHashMap<>();
        for (AgentId agent : ready) {
            standings.put(agent, store.standing(agent).orElseGet(() -> Standing.unknown(agent)));
        }
        Tally tally = new Tally(Progress.NONE, this::recorded);
        WatchRound round = new WatchRound(
                standings,
                store,
                source,
                new WatchRound.Doubts(agent -> due.isOutOfPatience(agent, now), unfamiliar::contains));
        troubles.writing();
        intake.take(List.copyOf(standings.values()), round, store, tally);
        troubles.written();
        round.seen().forEach(scans::remember);
        ready.forEach(freshness::touch);
        ready.forEach(confirmed::forget);
        Instant after = steady.instant();
        Set<AgentId> unsettled = new HashSet<>();
        tally.unsettled().forEach(file -> unsettled.add(file.standing().agent()));
        tally.elsewhere().forEach(other -> freshness.leaveToOthers(other.agent()));
        refused.judged(ready, unsettled, tally.elsewhere(), clock.instant());
        for (AgentId agent : ready) {
            if (unsettled.contains(agent)) {
                due.postpone(agent, after);
            } else {
                due.done(agent);
                finish(agent, round);
            }
        }
        tally.takeOvertaken().forEach(agent -> due.mark(agent, after));
    }

    /** Whoever Rollcall failed at is looked at again by each scan. */
    private void finish(AgentId agent, WatchRound round) {
        RuntimeException bug = round.bugs().get(agent);
        if (bug == null) {
            unfamiliar.remove(agent);
            bugs.over(agent);
        } else {
            bugs.note(agent, bug, clock.instant());
            scans.remember(agent, "");
        }
    }

    /**
     * Reads some files that no hint has told of, and looks at those whose bytes the roll does not know. After a change
     * each file comes here once more: its stat data are not to be trusted while they are young.
     */
    private void readSlice() {
        for (int i = 0; i < SLICE && !unread.isEmpty(); i++) {
            AgentId agent = unread.iterator().next();
            Instant now = clock.instant();
            if (!isRecorded(agent, now)) {
                due.mark(agent, steady.instant());
                scans.foundChange();
            }
            unread.remove(agent);
            troubles.read();
        }
    }

    /** What a loss of power takes of it is only read once more. */
    private void recordRested() {
        if (rested.isEmpty() || due.size() > 0 || (!unread.isEmpty() && !rested.isFull())) {
            return;
        }
        List<RollChange> lot = rested.next();
        troubles.writing();
        roll.opened().store().record(lot, Durability.LATER);
        troubles.written();
        rested.recorded(lot);
    }

    /** Remembers its stamp then. A bug here is met again, and told, when the agent's turn comes. */
    private boolean isRecorded(AgentId agent, Instant now) {
        try {
            Optional<ConfirmedFiles.Found> found =
                    confirmed.look(agent, roll.opened().store(), now);
            found.ifPresent(file -> {
                scans.remember(agent, file.stamp());
                if (file.rested() != null) {
                    rested.add(file.rested());
                }
            });
            return found.isPresent();
        } catch (ProblemException surroundings) {
            throw surroundings;
        } catch (RuntimeException bug) {
            return false;
        }
    }

    private void recorded(RollChange change) {
        Instant modifiedAt = change.sighting().modifiedAt();
        if (modifiedAt != null && modifiedAt.isAfter(startedAt)) {
            latencies.add(Duration.between(modifiedAt, clock.instant()));
        }
        scans.foundChange();
    }

    /** After each scan, once there is nothing left to look at: a backlog must not make agents look silent. */
    private void lookAtFreshness() {
        if (!isFreshnessDue || due.size() > 0 || !unread.isEmpty()) {
            return;
        }
        WatchedRoll opened = roll.opened();
        freshness.read(opened.query(), opened.sources(), SLICE);
        if (freshness.isBehind()) {
            return;
        }
        isFreshnessDue = false;
        List<FreshnessTurn> turns = freshness.look(clock.instant());
        if (!turns.isEmpty()) {
            troubles.writing();
            opened.feed().note(turns);
            troubles.written();
        }
        freshness.told();
        troubles.read();
        if (freshness.isSuspecting()) {
            scans.hurry();
        }
    }

    private void trimEvents() {
        Instant now = steady.instant();
        if (scans.isFamiliar() && trim.isDue(now)) {
            troubles.writing();
            trim.slice(roll.opened().feed(), clock.instant(), now);
            troubles.read();
        }
    }

    private void closeStore() {
        confirmed.clear();
        try {
            roll.close();
        } catch (ProblemException alreadyInTrouble) {
            note(alreadyInTrouble);
        }
    }

    /** A moment of the steady clock as people know it. */
    private Instant wall(Instant moment) {
        return clock.instant().minus(Duration.between(moment, steady.instant()));
    }

    private WatchState describe() {
        Coverage coverage = changes.coverage();
        return new WatchState(
                startedAt,
                scans.known(),
                coverage,
                new Backlog(
                        due.size(),
                        due.oldest()
                                .map(since -> Duration.between(since, steady.instant()))
                                .orElse(null)),
                latencies.told(),
                scans.told(clock.instant(), this::wall),
                new Troubles(
                        troubles.files(), troubles.database(), bugs.told(), refused.told(), freshness.suspicion()));
    }
}
