package dev.rollcall.sync;

import dev.rollcall.sync.FileChanges.Coverage;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a running daemon says of itself.
 *
 * @param startedAt when it began to watch
 * @param agents whose files it keeps an eye on
 * @param coverage for whom the system tells of changes
 * @param backlog what it knows of and has not recorded
 * @param latency how long changes take
 * @param scans when it last looked everywhere
 * @param troubles what does not work
 */
public record WatchState(
        Instant startedAt,
        int agents,
        Coverage coverage,
        Backlog backlog,
        Latency latency,
        Scans scans,
        Troubles troubles) {
    public @Nullable Trouble filesProblem() {
        return troubles.files();
    }

    public @Nullable Trouble databaseProblem() {
        return troubles.database();
    }

    public @Nullable String suspicion() {
        return troubles.suspicion();
    }

    /**
     * When a watch last looked everywhere.
     *
     * @param turnedAt when it last came to the end of a turn: what is old means that it hangs
     * @param scannedAt at all stat data; null before the first time
     * @param hashedAt at all bytes; null before the first time
     * @param finished scans of all stat data since the start
     * @param total how long these took together
     * @param last how long the latest of them took; zero before the first
     */
    public record Scans(
            Instant turnedAt,
            @Nullable Instant scannedAt,
            @Nullable Instant hashedAt,
            long finished,
            Duration total,
            Duration last) {}

    /**
     * @param due agents whose file may hold something that is not on the roll
     * @param age how long ago the first of them was suspected; null when there is none
     */
    public record Backlog(int due, @Nullable Duration age) {}

    /**
     * From a file's modification time to the commit, over the latest changes.
     *
     * @param recorded versions recorded since the start
     * @param median null before the first
     * @param p99 null before the first
     * @param total of all these versions together
     */
    public record Latency(
            long recorded,
            @Nullable Duration median,
            @Nullable Duration p99,
            Duration total) {}

    /**
     * @param files why the files can not be looked at; null when they can
     * @param database why nothing can be recorded; null when it can
     * @param agents at whose turn Rollcall itself fails; null when at nobody's
     * @param refused whose file stands here though another source records them; null when nobody's does
     * @param suspicion why the watch does not trust itself; null when it does
     */
    public record Troubles(
            @Nullable Trouble files,
            @Nullable Trouble database,
            @Nullable Trouble agents,
            @Nullable Trouble refused,
            @Nullable String suspicion) {}

    /** Something that does not work, and since when. */
    public record Trouble(String message, Instant since) {}
}
