package dev.rollcall.app;

import dev.rollcall.app.Exposition.Times;
import dev.rollcall.app.WatchTrouble.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a running watch says of itself, as numbers. What it does not say is left out. Pure. */
final class WatchMetrics {
    private WatchMetrics() {}

    static void add(WatchAnswer watch, Instant now, Exposition out) {
        out.flag("rollcall_watch_up", "Whether a watch runs.", watch.isRunning());
        out.flag("rollcall_watch_leading", "Whether it leads and answers.", watch.isLeading());
        Map<String, Long> troubles = new LinkedHashMap<>();
        for (Kind kind : Kind.values()) {
            troubles.put(kind.label(), 0L);
        }
        watch.troubles().forEach(trouble -> troubles.put(trouble.kind().label(), 1L));
        out.gauges("rollcall_watch_trouble", "Whether the watch is in such trouble.", "kind", troubles);
        work(watch, out);
        scans(watch, now, out);
    }

    private static void work(WatchAnswer watch, Exposition out) {
        watch.number("recorded").ifPresent(recorded -> {
            Map<Double, Duration> quantiles = new LinkedHashMap<>();
            watch.duration("latency_p50_ms").ifPresent(median -> quantiles.put(0.5, median));
            watch.duration("latency_p99_ms").ifPresent(p99 -> quantiles.put(0.99, p99));
            Duration total = watch.duration("latency_total_ms").orElse(Duration.ZERO);
            out.summary(
                    "rollcall_watch_write_to_roll_seconds",
                    "From a file's modification time to the commit of its row; quantiles of the latest 4096.",
                    new Times(recorded, total, quantiles));
        });
        watch.number("due").ifPresent(due -> {
            out.gauge("rollcall_watch_backlog_agents", "Agents whose file may hold something unrecorded.", due);
            out.gauge(
                    "rollcall_watch_backlog_oldest_seconds",
                    "Since when the first of them has been suspected; 0 without any.",
                    Exposition.seconds(watch.oldestUnrecorded().orElse(Duration.ZERO)));
        });
        watch.number("unwatched")
                .ifPresent(agents -> out.gauge(
                        "rollcall_watch_unwatched_agents",
                        "Agents whose folder the system does not tell of: scans find their changes.",
                        agents));
        watch.number("lost")
                .ifPresent(lost -> out.counter(
                        "rollcall_watch_lost_events",
                        "How often the system dropped events; a scan made up for each.",
                        lost));
    }

    private static void scans(WatchAnswer watch, Instant now, Exposition out) {
        watch.number("scans")
                .ifPresent(scans -> out.summary(
                        "rollcall_watch_scan_seconds",
                        "Scans of all stat data.",
                        new Times(scans, watch.duration("scan_total_ms").orElse(Duration.ZERO), Map.of())));
        watch.duration("scan_last_ms")
                .ifPresent(last -> out.gauge(
                        "rollcall_watch_last_scan_seconds",
                        "How long the latest scan of all stat data took.",
                        Exposition.seconds(last)));
        watch.time("scanned_at")
                .ifPresent(at -> out.gauge(
                        "rollcall_watch_last_look_age_seconds",
                        "Since when the watch has last looked at all stat data.",
                        age(at, now)));
        watch.time("hashed_at")
                .ifPresent(at -> out.gauge(
                        "rollcall_watch_last_read_age_seconds",
                        "Since when the watch has last begun to read all bytes.",
                        age(at, now)));
    }

    private static double age(Instant at, Instant now) {
        return Math.max(0, Exposition.seconds(Duration.between(at, now)));
    }
}
