package dev.rollcall.app;

import dev.rollcall.sync.WatchState;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a watch says of itself, by name, for people and programs that ask. Pure. */
final class WatchFacts {
    /** A turn takes milliseconds, and a second where the database is locked. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    private WatchFacts() {}

    static Map<String, String> of(WatchState state, Instant now) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("started_at", state.startedAt().toString());
        facts.put("agents", String.valueOf(state.agents()));
        facts.put("watched", String.valueOf(state.coverage().watched()));
        facts.put("unwatched", String.valueOf(state.coverage().unwatched()));
        facts.put("due", String.valueOf(state.backlog().due()));
        facts.put("lag_ms", millis(state.backlog().age()));
        facts.put("recorded", String.valueOf(state.latency().recorded()));
        facts.put("latency_p50_ms", millis(state.latency().median()));
        facts.put("latency_p99_ms", millis(state.latency().p99()));
        facts.put("scanned_at", text(state.scans().scannedAt()));
        facts.put("hashed_at", text(state.scans().hashedAt()));
        facts.put("trouble", isHanging(state, now) ? hanging(state, now) : troubles(state));
        return facts;
    }

    private static boolean isHanging(WatchState state, Instant now) {
        return Duration.between(state.scans().turnedAt(), now).compareTo(LONGEST_TURN) > 0;
    }

    private static String hanging(WatchState state, Instant now) {
        return "it has been at one step for "
                + Duration.between(state.scans().turnedAt(), now).toSeconds()
                + " s: a file system or the database holds it up";
    }

    /** All that is wrong, in a sentence each; empty when nothing is. */
    static String troubles(WatchState state) {
        List<String> troubles = new ArrayList<>();
        add(troubles, state.filesProblem());
        add(troubles, state.databaseProblem());
        add(troubles, state.troubles().agents());
        if (state.suspicion() != null) {
            troubles.add(state.suspicion());
        }
        if (!state.coverage().isComplete()) {
            troubles.add(state.coverage().reason() + "; changes are found by scans, within 5 s");
        }
        return String.join("; ", troubles);
    }

    private static void add(List<String> troubles, @Nullable Trouble trouble) {
        if (trouble != null) {
            troubles.add(trouble.message() + " (since " + trouble.since() + ")");
        }
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }

    private static String millis(@Nullable Duration duration) {
        return duration == null ? "-" : String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
    }
}
