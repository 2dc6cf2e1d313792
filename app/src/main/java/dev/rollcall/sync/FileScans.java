package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.StatusSource.Scan;
import dev.rollcall.sync.WatchState.Scans;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The scans of a daemon, which find what no hint told of: all stat data every few seconds, on a thread of its own, and
 * all bytes every minute, less often while they find nothing. For one thread at a time.
 */
final class FileScans implements AutoCloseable {
    /** With the longest jitter still within the five seconds that a lost hint may cost. */
    private static final Duration BETWEEN_SCANS = Duration.ofSeconds(4);

    private static final int JITTER_MILLIS = 600;
    private static final Duration BETWEEN_HASHES = Duration.ofMinutes(1);
    private static final Duration LONGEST_BETWEEN_HASHES = Duration.ofMinutes(5);

    private final StatusSource source;
    private final Changes judgement;
    private final InstantSource clock;
    private final Random jitter = new Random();
    private final ExecutorService worker = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("scan").factory());
    private final Map<AgentId, String> stamps = new HashMap<>();
    private @Nullable CompletableFuture<Timed> running;
    private boolean isFamiliar;
    private Instant nextScan = Instant.EPOCH;
    private Instant nextHash = Instant.EPOCH;
    private Duration betweenHashes = BETWEEN_HASHES;
    private long finished;
    private Duration total = Duration.ZERO;
    private Duration last = Duration.ZERO;
    private @Nullable Instant scannedAt;
    private @Nullable Instant hashedAt;

    /** @param took from its beginning to its end, without the time until somebody took it */
    private record Timed(Scan scan, Duration took) {}

    FileScans(StatusSource source, Changes judgement, InstantSource clock) {
        this.source = source;
        this.judgement = judgement;
        this.clock = clock;
    }

    /** Begins a scan when one is due. */
    void begin() {
        if (running == null && !clock.instant().isBefore(nextScan)) {
            running = CompletableFuture.supplyAsync(this::timed, worker);
        }
    }

    private Timed timed() {
        Instant began = clock.instant();
        Scan scan = source.scan();
        return new Timed(scan, Duration.between(began, clock.instant()));
    }

    /** How long until a scan is due; nothing when one is. */
    Duration dueIn() {
        Duration left = Duration.between(clock.instant(), nextScan);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean isFinished() {
        return running != null && running.isDone();
    }

    /** What the roll knows is to be learnt anew. */
    void startOver() {
        stamps.clear();
        isFamiliar = false;
    }

    boolean isRunning() {
        return running != null;
    }

    /** Hints were lost: the next scan is due now. */
    void hurry() {
        nextScan = Instant.EPOCH;
    }

    /** @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE when the scan failed */
    Optional<Scan> takeFinished() {
        if (running == null || !running.isDone()) {
            return Optional.empty();
        }
        CompletableFuture<Timed> ended = running;
        running = null;
        Instant now = clock.instant();
        nextScan = now.plus(BETWEEN_SCANS).plusMillis(jitter.nextInt(JITTER_MILLIS));
        Timed timed = BackgroundFailure.join(ended);
        scannedAt = now;
        finished++;
        last = timed.took;
        total = total.plus(last);
        return Optional.of(timed.scan);
    }

    /** Whether it knows what the roll knew when the daemon began. */
    boolean isFamiliar() {
        return isFamiliar;
    }

    /** Takes over the stamps of earlier readings, so that a start reads no file again that nobody touched. */
    void become(Map<AgentId, Standing> standings) {
        standings.forEach((agent, standing) -> {
            if (standing.hasSomethingToLose()) {
                stamps.put(agent, standing.stamp());
            }
        });
        isFamiliar = true;
        nextHash = clock.instant().plus(BETWEEN_HASHES);
    }

    /** What a look has seen: the text of the stamp, empty when the file must be looked at again. */
    void remember(AgentId agent, String stamp) {
        stamps.put(agent, stamp);
    }

    /** Agents whose stat data are not those of the last look, and those whose file is gone. */
    List<AgentId> suspects(Scan scan) {
        List<AgentId> suspects = new ArrayList<>();
        int still = 0;
        for (Map.Entry<AgentId, FileStamp> file : scan.files().entrySet()) {
            String known = stamps.get(file.getKey());
            still += known == null ? 0 : 1;
            if (known == null || !judgement.isWritten(file.getValue(), known)) {
                suspects.add(file.getKey());
            }
        }
        if (still < stamps.size()) {
            List<AgentId> gone = stamps.keySet().stream()
                    .filter(agent -> !scan.files().containsKey(agent))
                    .toList();
            suspects.addAll(gone);
            gone.forEach(stamps::remove);
        }
        return suspects;
    }

    /** Everybody, when it is time to read all bytes. */
    List<AgentId> takeUnread() {
        Instant now = clock.instant();
        if (!isFamiliar || now.isBefore(nextHash)) {
            return List.of();
        }
        hashedAt = now;
        Duration longer = betweenHashes.multipliedBy(2);
        betweenHashes = longer.compareTo(LONGEST_BETWEEN_HASHES) > 0 ? LONGEST_BETWEEN_HASHES : longer;
        nextHash = now.plus(betweenHashes);
        return List.copyOf(stamps.keySet());
    }

    /** The swarm is at work: bytes are read as often as they are meant to be. */
    void foundChange() {
        betweenHashes = BETWEEN_HASHES;
    }

    int known() {
        return stamps.size();
    }

    /** @param wall a moment of this clock as people know it */
    Scans told(Instant turnedAt, UnaryOperator<Instant> wall) {
        return new Scans(
                turnedAt,
                scannedAt == null ? null : wall.apply(scannedAt),
                hashedAt == null ? null : wall.apply(hashedAt),
                finished,
                total,
                last);
    }

    @Override
    public void close() {
        worker.shutdownNow();
    }
}
