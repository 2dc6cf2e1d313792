package dev.rollcall.app;

import dev.rollcall.app.WatchTrouble.Kind;
import dev.rollcall.problem.ShownText;
import dev.rollcall.sync.WatchState;
import dev.rollcall.sync.WatchState.Trouble;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** What a watch says of itself, by name, for people and programs that ask. Pure. */
final class WatchFacts {
    /** A turn takes milliseconds, and a second where the database is locked. */
    private static final Duration LONGEST_TURN = Duration.ofSeconds(5);

    /** What to send to the control socket to be told the facts. */
    static final String REQUEST = "facts";

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    static final String WINDOW = "window";

    /** The root of the swarm that is seen through it. */
    static final String ROOT = "root";

    /** When the database was found to be another one than before; no fact where it is the one that the watch began with. */
    static final String REPLACED_AT = "replaced_at";

    private static final String TROUBLE = "trouble_";
    private static final String SINCE = "_since";

    private WatchFacts() {}

    /** @param search why nobody can be made searchable; null when everybody can */
    static Map<String, String> of(WatchState state, @Nullable String search, Instant now) {
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
        facts.put("latency_total_ms", millis(state.latency().total()));
        facts.put("scans", String.valueOf(state.scans().finished()));
        facts.put("scan_total_ms", millis(state.scans().total()));
        facts.put("scan_last_ms", millis(state.scans().last()));
        facts.put("lost", String.valueOf(state.coverage().lost()));
        List<WatchTrouble> troubles = isHanging(state, now) ? List.of(hanging(state, now)) : troubles(state, search);
        facts.put("trouble", sentence(troubles));
        troubles.forEach(trouble -> put(facts, trouble));
        return facts;
    }

    static String replaced(Instant at) {
        return "since " + at.truncatedTo(ChronoUnit.SECONDS)
                + " the database is another one: the history that only the one"
                + " before held is not in it; if that was not meant, restore a backup";
    }

    /** The facts as lines of text: name and value, separated by a tab. */
    static String write(Map<String, String> facts) {
        StringBuilder lines = new StringBuilder();
        facts.forEach((name, value) ->
                lines.append(name).append('\t').append(ShownText.of(value)).append('\n'));
        return lines.toString();
    }

    /** What the watch at this socket tells; empty when none runs. Waits up to two seconds for one that hangs. */
    static Optional<Map<String, String>> ask(Path socket) {
        try {
            return ControlSocket.ask(socket, REQUEST, PATIENCE)
                    .map(WatchFacts::read)
                    .filter(facts -> !facts.isEmpty());
        } catch (TimeoutException hanging) {
            return Optional.of(silent());
        }
    }

    private static Map<String, String> read(String lines) {
        Map<String, String> facts = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int tab = line.indexOf('\t');
            if (tab > 0) {
                facts.put(line.substring(0, tab), line.substring(tab + 1));
            }
        });
        return facts;
    }

    /** Instead of the facts of a watch that does not answer. */
    static Map<String, String> silent() {
        Map<String, String> facts = new LinkedHashMap<>();
        put(facts, new WatchTrouble(Kind.SILENT, "it does not answer: it hangs, or was stopped", null));
        return facts;
    }

    private static void put(Map<String, String> facts, WatchTrouble trouble) {
        facts.put(name(trouble.kind()), trouble.message());
        if (trouble.since() != null) {
            facts.put(sinceName(trouble.kind()), trouble.since().toString());
        }
    }

    /** The fact that there is such trouble. */
    static String name(Kind kind) {
        return TROUBLE + kind.label();
    }

    /** The fact since when. */
    static String sinceName(Kind kind) {
        return name(kind) + SINCE;
    }

    /** Whether the fact is trouble of a kind that only another version knows. */
    static boolean isUnknownTrouble(String fact) {
        return fact.startsWith(TROUBLE)
                && !fact.endsWith(SINCE)
                && Arrays.stream(Kind.values()).map(WatchFacts::name).noneMatch(fact::equals);
    }

    private static boolean isHanging(WatchState state, Instant now) {
        return Duration.between(state.scans().turnedAt(), now).compareTo(LONGEST_TURN) > 0;
    }

    private static WatchTrouble hanging(WatchState state, Instant now) {
        Instant since = state.scans().turnedAt();
        String message = "it has been at one step for "
                + Duration.between(since, now).toSeconds() + " s: a file system or the database holds it up";
        return new WatchTrouble(Kind.HANGING, message, null);
    }

    /** All that is wrong; empty when nothing is. */
    static List<WatchTrouble> troubles(WatchState state, @Nullable String search) {
        List<WatchTrouble> troubles = new ArrayList<>();
        add(troubles, Kind.FILES, state.filesProblem());
        add(troubles, Kind.DATABASE, state.databaseProblem());
        add(troubles, Kind.AGENTS, state.troubles().agents());
        add(troubles, Kind.SOURCES, state.troubles().refused());
        if (state.suspicion() != null) {
            troubles.add(new WatchTrouble(Kind.SUSPICION, state.suspicion(), null));
        }
        if (!state.coverage().isComplete()) {
            String message = state.coverage().reason() + "; changes are found by scans, within 5 s";
            troubles.add(new WatchTrouble(Kind.EVENTS, message, null));
        }
        if (search != null) {
            troubles.add(new WatchTrouble(Kind.SEARCH, search, null));
        }
        return troubles;
    }

    /** The same for people, in one line; empty when nothing is wrong. */
    static String sentence(List<WatchTrouble> troubles) {
        return String.join("; ", troubles.stream().map(WatchTrouble::text).toList());
    }

    private static void add(List<WatchTrouble> troubles, Kind kind, @Nullable Trouble trouble) {
        if (trouble != null) {
            troubles.add(new WatchTrouble(kind, trouble.message(), trouble.since()));
        }
    }

    private static String text(@Nullable Instant time) {
        return time == null ? "never" : time.toString();
    }

    private static String millis(@Nullable Duration duration) {
        return duration == null ? "-" : String.format(Locale.ROOT, "%.2f", duration.toNanos() / 1e6);
    }
}
