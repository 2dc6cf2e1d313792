package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Observer.Known;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Evidence;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.store.SqlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The whole roll in memory, kept in step with the database by a thread of its own: whoever asks gets it at once, and events
 * go to all who follow. The database is asked for a change many times a second; whoever committed it, this process or
 * another. Changed agents are read one by one; what no event tells of, such as an edit by hand, is found by reading
 * everything, at most every two seconds, beside the rest where that takes long. Thread-safe.
 */
public final class LiveRoll implements AutoCloseable {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration AFTER_TROUBLE = Duration.ofMillis(500);

    /** Between two readings of everything, at least; and so many times as long as the last one took. */
    private static final Duration BETWEEN_READINGS = Duration.ofSeconds(2);

    private static final int SHARE = 20;

    /** What follows from the passing of time alone is found so late, at most. */
    private static final Duration LONGEST_UNREAD = Duration.ofSeconds(60);

    /** With more changed agents at once it is faster to read everything. */
    private static final int FEW = 100;

    private static final int PAGE = 500;

    /** Whoever asks for the roll waits no longer for it to be read. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private static final Problem SLOW = new Problem(
            ProblemCode.DATABASE_UNAVAILABLE,
            "the roll could not be read within " + LONGEST_WAIT.toSeconds() + " seconds",
            "rollcall doctor tells more.");

    private final Rollcall swarm;
    private final LiveEvents events;
    private final LiveLags lags = new LiveLags();
    private final Map<AgentId, Known> agents = new ConcurrentSkipListMap<>();
    private final Turns turns = new Turns();
    private final WholeReading whole;

    /** Whom the roll took over since the reading of everybody began: what that one knows of them may be older. */
    private final Set<AgentId> takenOver = new HashSet<>();

    private final Thread thread;

    private @Nullable Rollcall open;
    private long changes;
    private long cursor;
    private @Nullable RollEvent last;
    private boolean hasBegun;
    private boolean isReadingDue;
    private long readAt;
    private long readingTook;
    private long looks;
    private volatile Map<AgentId, RejectedDocument> rejected = Map.of();
    private volatile Instant seenAt = Instant.EPOCH;
    private volatile @Nullable Problem trouble;
    private volatile @Nullable Instant troubleSince;

    /** Begins to follow. */
    public LiveRoll(Rollcall swarm, OpenRolls rolls) {
        this.swarm = swarm;
        this.events = new LiveEvents(rolls);
        this.whole = new WholeReading(swarm);
        this.thread = Thread.ofPlatform().daemon().name("live-roll").start(this::run);
    }

    /**
     * The roll at a moment.
     *
     * @param number of the looks, in their order: a later one has no older agents, rejections or events than an earlier one
     * @param agents by id, those that left included
     * @param rejected what is wrong with the files that stand rejected
     * @param seq the newest event that it knows of
     * @param at what ages and freshness are reckoned to
     * @param seenAt when the database was last seen to say so
     * @param comparedAt when it was last compared with the files; null before the first time
     * @param trouble why the database can not be read now, so that this is what it said before; null when all is well
     */
    public record Look(
            long number,
            List<Observation> agents,
            Map<AgentId, RejectedDocument> rejected,
            long seq,
            Instant at,
            Instant seenAt,
            @Nullable Instant comparedAt,
            @Nullable Problem trouble) {}

    /** What happens, in order. */
    public LiveEvents events() {
        return events;
    }

    /**
     * The roll as the database has it now: whatever has an event and was committed before this call is in it, the rest once
     * everybody was read again.
     */
    public Look look() {
        lags.asked();
        return taken(turns.demand(LONGEST_WAIT) ? trouble : SLOW);
    }

    private synchronized Look taken(@Nullable Problem problem) {
        Instant now = swarm.clock().instant();
        Observer observer = new Observer(swarm.settings(), now);
        long seq = events.newest();
        List<Observation> all = new ArrayList<>(agents.size());
        agents.forEach((agent, known) -> all.add(observer.observation(known, lags.of(agent))));
        return new Look(++looks, all, rejected, seq, now, seenAt, lags.comparedAt(), problem);
    }

    /** Waits until whatever was committed before this call is known here; false when that takes too long. */
    public boolean catchUp() {
        return turns.demand(LONGEST_WAIT);
    }

    /** One agent as it was at the last look, for whoever is told of its changes; empty for one that nobody knows. */
    public Optional<Observation> find(AgentId agent) {
        Observer observer = new Observer(swarm.settings(), swarm.clock().instant());
        return Optional.ofNullable(agents.get(agent)).map(known -> observer.observation(known, lags.of(agent)));
    }

    /** Why the database can not be read; null when it can. */
    public @Nullable Problem trouble() {
        return trouble;
    }

    /** Since when it can not; null when it can. */
    public @Nullable Instant troubleSince() {
        return troubleSince;
    }

    private void run() {
        try {
            Duration pause = BETWEEN_LOOKS;
            while (turns.isNext(pause)) {
                pause = turn() ? BETWEEN_LOOKS : AFTER_TROUBLE;
                turns.done();
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
            whole.close();
            events.close();
        }
    }

    /** Whether the database could be read. A bug is told as trouble, too: a window that shows old things as new is worse. */
    private boolean turn() {
        try {
            follow();
            trouble = null;
            troubleSince = null;
            seenAt = swarm.clock().instant();
            return true;
        } catch (ProblemException unavailable) {
            isTroubled(unavailable.problem());
            return false;
        } catch (RuntimeException | Error bug) {
            // Also of an error: the thread goes on, since nobody would follow without it, and says what there was.
            isTroubled(new Problem(ProblemCode.BUG, "the roll can not be followed: " + bug, "Please report it."));
            return false;
        }
    }

    private void isTroubled(Problem problem) {
        letGo();
        trouble = problem;
        if (troubleSince == null) {
            troubleSince = swarm.clock().instant();
            events.lost();
        }
    }

    private void follow() {
        Rollcall rollcall = opened();
        SqlStore store = rollcall.reading();
        // Nobody who waits for the roll is given one that is a moment old.
        long now = turns.isAwaited() ? store.othersChanges() : store.noticedChanges();
        boolean isUnexplained = false;
        if (now != changes) {
            List<RollEvent> came = untold(rollcall.feed());
            Set<AgentId> changed = came.stream().map(RollEvent::agent).collect(Collectors.toSet());
            // There may be a change without an event besides, such as an edit by hand.
            isReadingDue = true;
            isUnexplained = came.isEmpty();
            if (changed.size() > Math.max(FEW, agents.size() / 4)) {
                readAll(rollcall);
            } else {
                // First, so that nobody is seen rejected without the reason.
                if (came.stream().anyMatch(this::isOfRejected)) {
                    readRejected(rollcall);
                }
                changed.forEach(agent -> read(rollcall, agent));
            }
            // Told once they are read: whoever hears of a change finds it.
            tell(came);
            changes = now;
        }
        takeWhole(rollcall);
        if (isWholeDue()) {
            // Whoever asks just when something came without an event waits for it; whoever follows never does.
            if (readingTook < BETWEEN_LOOKS.toNanos() || isUnexplained && turns.isAwaited()) {
                readAll(rollcall);
            } else if (!whole.isRunning()) {
                isReadingDue = false;
                takenOver.clear();
                whole.begin(cursor);
            }
        }
        if (lags.isLookDue()) {
            lags.look(rollcall);
        }
    }

    private boolean isWholeDue() {
        long since = System.nanoTime() - readAt;
        boolean mayRead = since > Math.max(BETWEEN_READINGS.toNanos(), SHARE * readingTook);
        return isReadingDue && mayRead || since > LONGEST_UNREAD.toNanos();
    }

    private Rollcall opened() {
        Rollcall there = open;
        if (there != null && there.isInPlace()) {
            return there;
        }
        letGo();
        Rollcall opened = swarm.another();
        open = opened;
        changes = opened.reading().othersChanges();
        boolean isKnownLog = hasBegun && isKnown(opened.feed());
        hasBegun = true;
        if (!isKnownLog) {
            cursor = opened.feed().newest();
            last = at(opened.feed(), cursor);
            events.restart(cursor);
        }
        List<RollEvent> came = untold(opened.feed());
        readAll(opened);
        tell(came);
        return opened;
    }

    /** Whether it is the log of events that was followed before, and not that of another database under the same name. */
    private boolean isKnown(RollFeed feed) {
        RollEvent latest = last;
        if (latest == null) {
            return cursor == RollFeed.BEGINNING;
        }
        RollEvent there = at(feed, latest.seq());
        return there == null
                ? feed.forgotten() >= latest.seq()
                : there.at().equals(latest.at())
                        && there.agent().equals(latest.agent())
                        && there.kind() == latest.kind();
    }

    private static @Nullable RollEvent at(RollFeed feed, long seq) {
        List<RollEvent> found = seq == RollFeed.BEGINNING ? List.of() : feed.after(seq - 1, 1);
        return found.isEmpty() || found.getFirst().seq() != seq ? null : found.getFirst();
    }

    /** The events that were not told yet. */
    private List<RollEvent> untold(RollFeed feed) {
        List<RollEvent> came = new ArrayList<>();
        long from = cursor;
        for (List<RollEvent> page = feed.after(from, PAGE); !page.isEmpty(); page = feed.after(from, PAGE)) {
            came.addAll(page);
            from = page.getLast().seq();
        }
        return came;
    }

    /** Only now they count as told: whatever failed before is tried again with the same events. */
    private void tell(List<RollEvent> came) {
        events.add(came);
        if (!came.isEmpty()) {
            last = came.getLast();
            cursor = last.seq();
        }
    }

    private void read(Rollcall rollcall, AgentId agent) {
        takenOver.add(agent);
        Observer observer = new Observer(swarm.settings(), swarm.clock().instant());
        rollcall.roll()
                .find(agent)
                .ifPresentOrElse(
                        entry -> {
                            agents.put(
                                    agent,
                                    observer.known(
                                            entry,
                                            rollcall.roll().latest(agent, Evidence.VERSIONS),
                                            rollcall.roll().cadence(agent).orElse(null),
                                            Detail.EVIDENCE));
                        },
                        () -> agents.remove(agent));
    }

    private boolean isOfRejected(RollEvent event) {
        return event.kind() == RollEvent.Kind.REJECTED || rejected.containsKey(event.agent());
    }

    /** A row of it that nobody can read hides the reasons and nothing else; doctor tells of it. */
    private void readRejected(Rollcall rollcall) {
        try {
            rejected = rollcall.roll().rejected().stream()
                    .collect(Collectors.toUnmodifiableMap(RejectedDocument::agent, Function.identity()));
        } catch (ProblemException unreadable) {
            // Those known before stay. A database that is away is found out by what is read next.
        }
    }

    private void readAll(Rollcall rollcall) {
        long begin = System.nanoTime();
        isReadingDue = false;
        whole.giveUp();
        takenOver.clear();
        List<Known> all = rollcall.observations().known(Detail.EVIDENCE);
        take(new WholeReading.Whole(all, System.nanoTime() - begin), rollcall);
        lags.look(rollcall);
    }

    private void takeWhole(Rollcall rollcall) {
        try {
            whole.ended().ifPresent(read -> take(read, rollcall));
        } catch (ProblemException failed) {
            // Whether it is the database itself that is away is found out here.
            readAll(rollcall);
        }
    }

    private void take(WholeReading.Whole read, Rollcall rollcall) {
        readRejected(rollcall);
        Set<AgentId> there = new HashSet<>(takenOver);
        for (Known known : read.agents()) {
            AgentId agent = known.entry().agent();
            if (there.add(agent)) {
                agents.put(agent, known);
            }
        }
        agents.keySet().retainAll(there);
        readAt = System.nanoTime();
        readingTook = read.nanos();
    }

    private void letGo() {
        whole.giveUp();
        Rollcall there = open;
        open = null;
        if (there != null) {
            try {
                there.close();
            } catch (ProblemException already) {
                // It is let go for a trouble that is told, or at the end.
            }
        }
    }

    @Override
    public void close() {
        turns.stop();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
