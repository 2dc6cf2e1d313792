package dev.rollcall.dashboard;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.document.AgentId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What is different on the roll page since a moment, as frames of an event stream, each made once for all clients. While
 * anybody listens, a thread looks at the roll whenever something happens, and a few times a second for what follows of
 * time alone. Each look that finds a difference is a version; frames of the latest versions are kept, and whoever trails by
 * more gets the whole page anew. Thread-safe.
 */
final class Feed {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    /** Events that come within so short a time make one frame. */
    private static final Duration GATHERING = Duration.ofMillis(15);

    private static final long BETWEEN_SUMMARIES = Duration.ofMillis(500).toNanos();

    /** Even when nothing changes: a client that hears nothing for longer knows that something is wrong. */
    private static final long SIGN_OF_LIFE = Duration.ofSeconds(2).toNanos();

    private static final int KEPT = 200;
    private static final int MOST_BYTES = 4 << 20;

    private final OpenSwarm swarm;
    private final WatchSense watch;
    private final StuckTimes stuck;
    private final String boot;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition came = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private Map<AgentId, Member> known = new HashMap<>();
    private @Nullable Roster newest;
    private long version = 1;

    /** Whoever has not this version or a later one can not go on from frames. */
    private long oldest = 1;

    private int keptBytes;
    private int listeners;
    private boolean isRunning;
    private boolean isClosed;
    private volatile boolean isOver;
    private byte[] summary = new byte[0];
    private String told = "";
    private long summaryNumber;
    private long summedAt;

    Feed(OpenSwarm swarm, WatchSense watch) {
        this.swarm = swarm;
        this.watch = watch;
        this.stuck = new StuckTimes(swarm.rolls());
        this.boot = Long.toString(swarm.swarm().clock().millis(), Character.MAX_RADIX);
    }

    private record Frame(long version, byte[] bytes) {}

    /** What a client gets next. */
    record Next(List<byte[]> frames, long version, long summary, boolean isOver) {}

    /** The roll now, and what a page of it goes on from. */
    record Start(Roster roster, String version) {}

    /** For a page that is rendered now. */
    Start start() {
        Roster roster = look();
        lock.lock();
        try {
            return new Start(newestOf(roster), boot + "-" + version);
        } finally {
            lock.unlock();
        }
    }

    /** Whoever asks the database may wait for it: nobody else waits for him. */
    private Roster look() {
        return Roster.of(swarm.live().look(), stuck);
    }

    /** The version that a page or a frame told; -1 where frames do not lead on from it. */
    long read(@Nullable String text) {
        if (text == null || !text.startsWith(boot + "-")) {
            return -1;
        }
        try {
            return Long.parseLong(text.substring(boot.length() + 1));
        } catch (NumberFormatException broken) {
            return -1;
        }
    }

    void listen() {
        lock.lock();
        try {
            listeners++;
            if (!isRunning) {
                isRunning = true;
                Thread.ofVirtual().name("live-pages").start(this::run);
            }
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            listeners--;
        } finally {
            lock.unlock();
        }
    }

    int listeners() {
        lock.lock();
        try {
            return listeners;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for something that is newer.
     *
     * @param from the version that the client has; -1 for none
     * @param summed the number of the last summary that the client has
     */
    Next next(long from, long summed) throws InterruptedException {
        lock.lock();
        try {
            long left = SIGN_OF_LIFE;
            while (from == version && summed == summaryNumber && !isClosed && left > 0) {
                left = came.awaitNanos(left);
            }
            List<byte[]> next = new ArrayList<>();
            if (from < oldest || from > version) {
                next.add(frame("refresh", ""));
            } else {
                frames.stream().filter(frame -> frame.version() > from).forEach(frame -> next.add(frame.bytes()));
            }
            if (summed != summaryNumber) {
                next.add(summary);
            }
            return new Next(next, version, summaryNumber, isClosed);
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try {
            while (hasListeners()) {
                turn();
                long log = swarm.live().events().log();
                long newest = swarm.live().events().newest();
                if (!swarm.live().events().await(newest, log, BETWEEN_LOOKS)) {
                    isOver = true;
                    break;
                }
                if (swarm.live().events().newest() != newest) {
                    Thread.sleep(GATHERING);
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            end();
        }
    }

    private boolean hasListeners() {
        lock.lock();
        try {
            isRunning = listeners > 0;
            return isRunning;
        } finally {
            lock.unlock();
        }
    }

    private void turn() {
        Roster roster = look();
        lock.lock();
        try {
            sum(newestOf(roster));
        } finally {
            lock.unlock();
        }
    }

    /** A thread that ends for another reason while somebody listens is followed by another one. */
    private void end() {
        lock.lock();
        try {
            isClosed = isOver;
            isRunning = !isOver && listeners > 0;
            if (isRunning) {
                Thread.ofVirtual().name("live-pages").start(this::run);
            }
            came.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** This one, or one that somebody who began later has brought already. What is different with it makes a version. */
    private Roster newestOf(Roster roster) {
        Roster before = newest;
        if (before != null && before.look().number() > roster.look().number()) {
            return before;
        }
        newest = roster;
        compare(roster);
        return roster;
    }

    private void compare(Roster roster) {
        Html html = new Html();
        Map<AgentId, Member> now = new HashMap<>(2 * roster.members().size());
        for (Member member : roster.members()) {
            now.put(member.agent(), member);
            Member before = known.get(member.agent());
            if (before == null || !before.isShownLike(member)) {
                draw(html, member, before, roster);
            }
        }
        Set<AgentId> forgotten = new HashSet<>(known.keySet());
        forgotten.removeAll(now.keySet());
        forgotten.forEach(agent -> html.open("i", "id", Shown.element("r", agent), "data-gone", "")
                .close("i")
                .open("i", "id", Shown.element("c", agent), "data-gone", "")
                .close("i"));
        known = now;
        if (html.length() > 0) {
            publish(html);
        }
    }

    /** Without listeners only that there is something to draw. */
    private void draw(Html html, Member member, @Nullable Member before, Roster roster) {
        if (listeners == 0) {
            if (html.length() == 0) {
                html.text("-");
            }
            return;
        }
        Row.draw(html, member, roster.at(), "");
        if (member.need().isAny()) {
            Card.draw(html, member, roster.at());
        } else if (before != null && before.need().isAny()) {
            Card.gone(html, member);
        }
    }

    private void publish(Html html) {
        version++;
        if (listeners == 0) {
            frames.clear();
            keptBytes = 0;
            oldest = version;
            return;
        }
        byte[] bytes = ("id: " + boot + "-" + version + "\n" + event("agents", html.toString()))
                .getBytes(StandardCharsets.UTF_8);
        frames.addLast(new Frame(version, bytes));
        keptBytes += bytes.length;
        while (frames.size() > KEPT || keptBytes > MOST_BYTES && frames.size() > 1) {
            Frame first = frames.removeFirst();
            keptBytes -= first.bytes().length;
            oldest = first.version();
        }
        came.signalAll();
    }

    private void sum(Roster roster) {
        long since = System.nanoTime() - summedAt;
        if (since < BETWEEN_SUMMARIES) {
            return;
        }
        Html html = new Html();
        Trust.of(roster.look(), watch.answer()).draw(html, roster.at());
        Counts.draw(html, roster, View.ALL);
        String drawn = html.toString();
        if (drawn.equals(told) && since < SIGN_OF_LIFE) {
            return;
        }
        told = drawn;
        summary = frame(
                roster.look().trouble() == null ? "summary" : "trouble",
                roster.at().toEpochMilli() + " " + drawn);
        summaryNumber++;
        summedAt = System.nanoTime();
        came.signalAll();
    }

    private static byte[] frame(String event, String data) {
        return event(event, data).getBytes(StandardCharsets.UTF_8);
    }

    /** The data has no line feeds: {@link Html} writes none. */
    private static String event(String event, String data) {
        return "event: " + event + "\ndata: " + data + "\n\n";
    }
}
