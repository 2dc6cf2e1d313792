package dev.rollcall.app;

import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.LeaderLock;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.FileChanges;
import dev.rollcall.sync.SyncDaemon;
import dev.rollcall.sync.WatchClocks;
import dev.rollcall.sync.WatchRules;
import dev.rollcall.sync.WatchState;
import dev.rollcall.sync.WatchedRoll;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A watch over one root and one database: of several, one leads and the others stand by. Trouble is said as it begins and
 * as it ends, and told to whoever asks through the control socket.
 */
public final class Watch {
    private static final long NO_FENCE = 0;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

    /** Longer than one who leads takes to come back after it has lost its session with the database. */
    private static final Duration ABANDONED = Duration.ofSeconds(10);

    private final Rollcall rollcall;
    private final WatchPlaces places;
    private final Consumer<String> said;
    private final Function<WorkspacesFolder, FileChanges> events;
    private volatile @Nullable SyncDaemon daemon;
    private volatile @Nullable WatchSearch search;
    private volatile @Nullable String window;
    private volatile @Nullable Instant replacedAt;
    private @Nullable Instant lastReplacedAt;
    private @Nullable String lastHeard;
    private long fence = NO_FENCE;
    /** By {@link System#nanoTime}; null while somebody leads. */
    private @Nullable Long abandonedSince;

    /** @param said takes a line whenever there is something to tell; called from the thread that runs */
    public Watch(Rollcall rollcall, Consumer<String> said) {
        this(rollcall, said, FolderEvents::new);
    }

    /** @param events who tells of changes under a root; closed when the watch ends */
    Watch(Rollcall rollcall, Consumer<String> said, Function<WorkspacesFolder, FileChanges> events) {
        this.events = events;
        this.rollcall = rollcall;
        this.places = rollcall.watchPlaces();
        this.said = said;
    }

    /** Whoever asks is told from now on that a window is open at this address, too. */
    public void announce(String address) {
        window = address;
    }

    /**
     * Before anybody is told that it runs.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE when there is nowhere to keep the roll
     */
    public void demandDatabase() {
        rollcall.openForWatch().close();
    }

    /**
     * Watches until it is stopped; first waits for as long as another one leads.
     *
     * @param isStoppedWithin lets so much time go by, or less when it is time to end: it is true then
     * @throws ProblemException WORKSPACE_UNREADABLE or DATABASE_UNAVAILABLE when there is nothing to watch, or nowhere to
     *     keep the roll, at the start; later trouble ends nothing. A bug in Rollcall at one agent's turn is trouble;
     *     elsewhere it ends the watch, is thrown as it is, and the lead is given back
     */
    public void run(Predicate<Duration> isStoppedWithin) {
        rollcall.demandRoot();
        Optional<LeaderLock> lock = LeaderLock.tryTake(places.lock());
        if (lock.isEmpty()) {
            said.accept("standing by: " + leader() + " leads; this one takes over when it ends");
        }
        while (lock.isEmpty()) {
            if (isStoppedWithin.test(BETWEEN_TRIES)) {
                return;
            }
            lock = LeaderLock.tryTake(places.lock());
        }
        try {
            lead(isStoppedWithin);
        } finally {
            lock.get().close();
        }
    }

    private String leader() {
        return WatchFacts.ask(places.socket())
                .map(facts -> "the watch with pid " + facts.getOrDefault("pid", "unknown"))
                .orElse("another watch");
    }

    private void lead(Predicate<Duration> isStoppedWithin) {
        rollcall.openForWatch().close();
        ControlSocket socket = socket();
        WorkspacesFolder folder = rollcall.folder().unhurried();
        try (FileChanges changes = events.apply(folder);
                WatchSearch beside = new WatchSearch(rollcall::another, this::hasScanned)) {
            search = beside;
            SyncDaemon running = new SyncDaemon(
                    folder,
                    changes,
                    this::opened,
                    new WatchRules(
                            rollcall.settings().rules(),
                            rollcall.settings().freshness(),
                            rollcall.settings().events()),
                    clocks());
            daemon = running;
            follow(running, isStoppedWithin);
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
    }

    /** The watching itself has a thread of its own, so that it never waits for whoever reads what is said. */
    private void follow(SyncDaemon running, Predicate<Duration> isStoppedWithin) {
        CompletableFuture<Void> loop = CompletableFuture.runAsync(
                running::run, work -> Thread.ofPlatform().name("watch").start(work));
        try {
            while (!loop.isDone() && !isStoppedWithin.test(BETWEEN_TRIES)) {
                tell(running.state());
            }
        } finally {
            // Whatever ended it: nobody may record any more when the lock is given back.
            running.stop();
            BackgroundFailure.join(loop);
        }
    }

    /**
     * Opened anew after trouble, but never to take the lead from somebody who is there: only a database that knows of no
     * lead as high as ours, because it is new, was restored from a copy or is a standby that took over, is led as it is,
     * and one whose leader is gone.
     */
    private WatchedRoll opened() {
        SqlStore store = rollcall.openForWatch();
        try {
            boolean isUnknownHere = fence != NO_FENCE && store.fence() < fence;
            if (fence == NO_FENCE || isUnknownHere || isAbandoned(store)) {
                Instant now = rollcall.clock().instant();
                fence = store.lead(holder(), now);
                replacedAt = isUnknownHere ? now : replacedAt;
            }
            store.standBehind(holder(), fence);
            abandonedSince = null;
            return new WatchedRoll(store, store, store, store, () -> isInPlace(store), store::othersChanges);
        } catch (ProblemException unavailable) {
            store.close();
            throw unavailable;
        }
    }

    private String holder() {
        return rollcall.settings().database().process(rollcall.settings().root());
    }

    /** For so long that one who leads and has only lost its session has come back. */
    private boolean isAbandoned(SqlStore store) {
        if (!store.isAbandoned()) {
            abandonedSince = null;
            return false;
        }
        long now = System.nanoTime();
        long since = abandonedSince == null ? now : abandonedSince;
        abandonedSince = since;
        return now - since > ABANDONED.toNanos();
    }

    /** Asks the database, too, so that a quiet watch hears of trouble and of one who leads in its place. */
    private boolean isInPlace(SqlStore store) {
        if (store.isInPlace()) {
            store.standBehind(holder(), fence);
        }
        return store.isInPlace();
    }

    private WatchClocks clocks() {
        Instant began = rollcall.clock().instant();
        long nanos = System.nanoTime();
        return new WatchClocks(rollcall.clock(), () -> began.plusNanos(System.nanoTime() - nanos));
    }

    /** Without a socket the watch still watches; only nobody can ask it. */
    private @Nullable ControlSocket socket() {
        try {
            return ControlSocket.open(places.socket(), this::answer);
        } catch (ProblemException noSocket) {
            said.accept("warning: " + noSocket.problem().message());
            return null;
        }
    }

    /** Says what has changed since the last time. */
    private void tell(WatchState state) {
        Instant replaced = replacedAt;
        if (replaced != null && !replaced.equals(lastReplacedAt)) {
            lastReplacedAt = replaced;
            said.accept("warning: " + WatchFacts.replaced(replaced));
        }
        String trouble = WatchFacts.sentence(WatchFacts.troubles(state, searchTrouble()));
        String now = trouble.isEmpty()
                ? state.scans().scannedAt() == null
                        ? null
                        : "watching " + state.agents() + (state.agents() == 1 ? " agent" : " agents")
                : "warning: " + trouble;
        if (now == null || now.equals(lastHeard)) {
            return;
        }
        if (!kind(now).equals(kind(lastHeard))) {
            said.accept(now);
        }
        lastHeard = now;
    }

    /** Numbers alone are no news. */
    private static String kind(@Nullable String line) {
        return line == null ? "" : line.replaceAll("\\d+", "#");
    }

    /** What is answered through the control socket; empty for what only another version understands. */
    private String answer(String request) {
        WatchSearch asked = search;
        if (request.equals(WatchFacts.REQUEST)) {
            return WatchFacts.write(facts());
        }
        SearchRequest understood;
        try {
            understood = SearchRequest.of(request);
        } catch (IllegalArgumentException unknown) {
            return "";
        }
        return asked == null ? "" : asked.answer(understood);
    }

    private @Nullable String searchTrouble() {
        WatchSearch beside = search;
        return beside == null ? null : beside.trouble();
    }

    private boolean hasScanned() {
        SyncDaemon running = daemon;
        return running != null && running.state().scans().scannedAt() != null;
    }

    /** What is told of the watch. */
    private Map<String, String> facts() {
        SyncDaemon running = daemon;
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pid", String.valueOf(ProcessHandle.current().pid()));
        if (window != null) {
            facts.put(WatchFacts.WINDOW, window);
            facts.put(WatchFacts.ROOT, rollcall.settings().root().toString());
        }
        Instant replaced = replacedAt;
        if (replaced != null) {
            facts.put(WatchFacts.REPLACED_AT, replaced.toString());
        }
        if (running != null) {
            facts.putAll(WatchFacts.of(
                    running.state(), searchTrouble(), rollcall.clock().instant()));
        }
        return facts;
    }
}
