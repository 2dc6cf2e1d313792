package dev.rollcall.answers;

import dev.rollcall.app.Observation;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.document.Finding;
import dev.rollcall.document.Position;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.Problem;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The things that several answers tell of, each always in the same members. */
public final class JsonShapes {
    private JsonShapes() {}

    public static void error(JsonOutput json, Problem problem) {
        json.object(
                "error",
                error -> error.text("code", problem.code().label())
                        .text("message", problem.message())
                        .text("hint", problem.hint()));
    }

    public static void rejected(JsonOutput json, RejectedDocument rejected) {
        Position position = rejected.rejection().position();
        json.text("agent_id", rejected.agent().value())
                .text("path", rejected.sourcePath())
                .text("code", rejected.rejection().code().label())
                .text("message", rejected.rejection().message())
                .number("line", position == null ? null : Long.valueOf(position.line()))
                .number("column", position == null ? null : Long.valueOf(position.column()))
                .number("byte_offset", position == null ? null : Long.valueOf(position.byteOffset()))
                .time("since", rejected.since());
    }

    public static void observation(JsonOutput json, Observation observation) {
        beforeAge(json, observation);
        age(json, observation);
        afterAge(json, observation);
    }

    /** Of {@link #observation} what stands before the age, which is another one every second. */
    public static void beforeAge(JsonOutput json, Observation observation) {
        RollEntry entry = observation.entry();
        StatusColumns columns = entry.columns();
        json.text("agent_id", entry.agent().value())
                .text("status", text(columns, StatusField.STATUS))
                .text("last_updated", text(columns, StatusField.LAST_UPDATED))
                .text("last_updated_raw", text(columns, StatusField.LAST_UPDATED_RAW))
                .text("current_focus", text(columns, StatusField.CURRENT_FOCUS))
                .number("cycle_count", columns.cycleCount().orElse(null))
                .decimal("points_earned", columns.pointsEarned().orElse(null))
                .text("current_mission", text(columns, StatusField.CURRENT_MISSION))
                .text("state", columns.state().name())
                .text("freshness", observation.freshness().name());
    }

    /** Of {@link #observation} what stands after the age. */
    public static void afterAge(JsonOutput json, Observation observation) {
        recorded(json, observation);
        json.objects("findings", observation.findings(), JsonShapes::finding);
        judged(json, observation);
    }

    /** The same where nobody knows the findings. */
    public static void pastObservation(JsonOutput json, Observation observation) {
        beforeAge(json, observation);
        age(json, observation);
        recorded(json, observation);
        json.json("findings", "null");
        judged(json, observation);
    }

    private static void age(JsonOutput json, Observation observation) {
        json.number("age_seconds", seconds(observation.age()));
    }

    private static void recorded(JsonOutput json, Observation observation) {
        RollEntry entry = observation.entry();
        json.number("revision", entry.revision() == 0 ? null : Long.valueOf(entry.revision()))
                .time("rejected_since", entry.rejectedSince());
    }

    private static void judged(JsonOutput json, Observation observation) {
        json.number("cadence_seconds", seconds(observation.cadence()))
                .number("live_for_seconds", seconds(observation.thresholds().liveFor()))
                .number("quiet_for_seconds", seconds(observation.thresholds().quietFor()))
                .number("lag_seconds", observation.lag().seconds())
                .number("lag_cycles", observation.lag().cycles());
    }

    private static @Nullable Long seconds(@Nullable Duration duration) {
        return duration == null ? null : Long.valueOf(duration.toSeconds());
    }

    public static void finding(JsonOutput json, Finding finding) {
        json.text("code", finding.code())
                .text("member", finding.member().isEmpty() ? null : finding.member())
                .text("message", finding.message());
    }

    /** What a watch says of itself; all unknown when none runs. */
    public static void watch(JsonOutput json, WatchAnswer watch) {
        json.flag("running", watch::isRunning)
                .flag("leading", watch::isLeading)
                .number("pid", watch.number("pid").orElse(null))
                .objects(
                        "trouble",
                        watch.troubles(),
                        (member, trouble) -> member.text("kind", trouble.kind().label())
                                .text("message", trouble.message())
                                .time("since", trouble.since()))
                .number("unrecorded", watch.number("due").orElse(null))
                .number(
                        "oldest_unrecorded_seconds",
                        watch.oldestUnrecorded().map(Duration::toSeconds).orElse(null))
                .decimal("latency_p50_ms", millis(watch, "latency_p50_ms"))
                .decimal("latency_p99_ms", millis(watch, "latency_p99_ms"))
                .time("scanned_at", watch.time("scanned_at").orElse(null));
    }

    private static @Nullable BigDecimal millis(WatchAnswer watch, String fact) {
        return watch.duration(fact)
                .map(time -> BigDecimal.valueOf(time.toNanos() / 10_000, 2))
                .orElse(null);
    }

    public static void revision(JsonOutput json, Revision revision) {
        StatusColumns columns = revision.columns();
        json.number("revision", revision.revision())
                .time("observed_at", revision.observedAt())
                .text("last_updated", text(columns, StatusField.LAST_UPDATED))
                .text("status", text(columns, StatusField.STATUS))
                .text("state", columns.state().name())
                .number("cycle_count", columns.cycleCount().orElse(null))
                .decimal("points_earned", columns.pointsEarned().orElse(null))
                .text("current_mission", text(columns, StatusField.CURRENT_MISSION))
                .text("origin", revision.origin())
                .text("content_sha256", revision.contentSha256());
    }

    private static @Nullable String text(StatusColumns columns, StatusField field) {
        return columns.text(field).orElse(null);
    }
}
