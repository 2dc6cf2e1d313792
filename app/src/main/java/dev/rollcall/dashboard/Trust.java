package dev.rollcall.dashboard;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Observation;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.app.WatchTrouble;
import dev.rollcall.problem.Problem;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How far a page can be relied on, in one line.
 *
 * @param level the worst of what it says
 * @param sentence what it says first
 * @param checkedAt when roll and files were compared last; null when they were not, or when that says nothing
 * @param latency how long changes take to the roll; empty where nobody knows
 */
record Trust(Level level, String sentence, @Nullable Instant checkedAt, String latency) {
    /** From well to badly. */
    enum Level {
        FINE,
        CAUTION,
        BAD;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param watch what the watch says of itself */
    static Trust of(Look look, WatchAnswer watch) {
        String latency = watch.duration("latency_p99_ms")
                .map(time -> "p99 lag " + millis(time))
                .orElse("");
        Problem trouble = look.trouble();
        if (trouble != null) {
            return new Trust(
                    Level.BAD,
                    "The database can not be read: this is what it said at " + Shown.time(look.seenAt()) + ". "
                            + trouble.message(),
                    null,
                    "");
        }
        if (!watch.isRunning()) {
            return new Trust(Level.BAD, "No watch runs: the roll does not follow the files", null, "");
        }
        for (WatchTrouble said : watch.troubles()) {
            return new Trust(level(said), "The watch says: " + said.message(), null, latency);
        }
        return equality(look, latency);
    }

    private static Level level(WatchTrouble trouble) {
        return switch (trouble.kind()) {
            case FILES, DATABASE, HANGING, SILENT -> Level.BAD;
            default -> Level.CAUTION;
        };
    }

    private static Trust equality(Look look, String latency) {
        List<Observation> present = look.agents().stream()
                .filter(agent -> agent.freshness() != Freshness.LEFT)
                .toList();
        long rejected = present.stream()
                .filter(agent -> agent.entry().rejectedSince() != null)
                .count();
        long equal = count(present, Lag.InStep.class);
        long behind = count(present, Lag.Behind.class);
        long unknown = count(present, Lag.Unknown.class);
        List<String> parts = new ArrayList<>();
        parts.add(
                present.isEmpty()
                        ? "Nobody is on the roll yet"
                        : equal + " of " + present.size()
                                + (present.size() == 1 ? " equals its file" : " equal their files"));
        if (rejected > 0) {
            parts.add(rejected + " rejected");
        }
        if (behind > 0) {
            parts.add(behind + " on the way");
        }
        if (unknown > 0) {
            parts.add(unknown + " not comparable");
        }
        Level level = behind > 0 || unknown > 0 ? Level.CAUTION : Level.FINE;
        return new Trust(level, String.join(", ", parts), look.comparedAt(), latency);
    }

    /** A rejected file is told of as rejected, whatever else is known of it. */
    private static long count(List<Observation> present, Class<? extends Lag> lag) {
        return present.stream()
                .filter(agent -> agent.entry().rejectedSince() == null && lag.isInstance(agent.lag()))
                .count();
    }

    static String millis(Duration time) {
        double millis = time.toNanos() / 1e6;
        return millis < 10
                ? String.format(Locale.ROOT, "%.1f ms", millis)
                : millis < 1_000 ? Math.round(millis) + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
    }

    /** The line; its sign differs in shape, too. */
    void draw(Html html, Instant now) {
        String sign = switch (level) {
            case FINE -> "\u25CF";
            case CAUTION -> "\u25B2";
            case BAD -> "\u25A0";
        };
        html.open("p", "id", "trust", "class", "trust " + level.label(), "data-level", level.label())
                .leaf("span", sign, "class", "sign", "aria-hidden", "true")
                .open("span", "class", "says")
                .text(sentence)
                .close("span");
        if (checkedAt != null) {
            html.open("span", "class", "part")
                    .text("checked ")
                    .leaf("span", Shown.ago(checkedAt, now), "data-since", Long.toString(checkedAt.toEpochMilli()))
                    .close("span");
        }
        if (!latency.isEmpty()) {
            html.leaf("span", latency, "class", "part");
        }
        html.close("p");
    }
}
