package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.SwarmName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds an agent's past by hand; minutes count from noon, where a window of 100 minutes begins unless another is named. */
final class PastFixtures {
    static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    static final AgentId AGENT = new AgentId("Agent-7");

    private final AgentId agent;
    private final List<PastVersion> versions = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Window window = window(0, 100);

    private PastFixtures(AgentId agent) {
        this.agent = agent;
    }

    static PastFixtures past() {
        return new PastFixtures(AGENT);
    }

    static PastFixtures past(String agent) {
        return new PastFixtures(new AgentId(agent));
    }

    static Instant minute(long minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    static Window window(long from, long until) {
        return new Window(minute(from), minute(until));
    }

    static Duration minutes(long minutes) {
        return Duration.ofMinutes(minutes);
    }

    PastFixtures in(Window other) {
        window = other;
        return this;
    }

    PastFixtures state(long minute, State state) {
        return version(minute, Map.of(StatusField.STATE, state.name()), null);
    }

    PastFixtures blocked(long minute, String... blockers) {
        return version(minute, Map.of(StatusField.STATE, "BLOCKED"), new Contents(Map.of(), List.of(blockers)));
    }

    PastFixtures cycles(long minute, @Nullable String cycles) {
        return version(minute, cycles == null ? Map.of() : Map.of(StatusField.CYCLE_COUNT, cycles), null);
    }

    PastFixtures points(long minute, @Nullable String points) {
        return version(minute, points == null ? Map.of() : Map.of(StatusField.POINTS_EARNED, points), null);
    }

    PastFixtures mission(long minute, @Nullable String mission) {
        return version(
                minute,
                mission == null
                        ? Map.of(StatusField.STATE, "ACTIVE")
                        : Map.of(StatusField.STATE, "ACTIVE", StatusField.CURRENT_MISSION, mission),
                null);
    }

    PastFixtures completed(long minute, String... tasks) {
        Map<String, String> completed = new LinkedHashMap<>();
        Arrays.stream(tasks).forEach(task -> completed.putIfAbsent(Contents.plain(task), task));
        return version(minute, Map.of(), new Contents(completed, List.of()));
    }

    /** The agent's first version ever, with a last_updated. */
    PastFixtures firstClaiming(long minute, String lastUpdated) {
        version(minute, Map.of(StatusField.STATE, "ACTIVE", StatusField.LAST_UPDATED, lastUpdated), null);
        versions.add(PastVersion.first(versions.removeLast().revision(), null));
        return this;
    }

    PastFixtures version(long minute, Map<StatusField, String> columns, @Nullable Contents contents) {
        versions.add(new PastVersion(
                new Revision(
                        versions.size() + 1,
                        minute(minute),
                        null,
                        StatusColumns.of(
                                new EnumMap<>(columns.isEmpty() ? Map.of(StatusField.STATE, "ACTIVE") : columns)),
                        "sync",
                        "",
                        null,
                        null),
                contents));
        return this;
    }

    PastFixtures gap(Gap.Kind kind, long from, long until) {
        gaps.add(new Gap(agent, kind, minute(from), minute(until), ""));
        return this;
    }

    PastFixtures openGap(Gap.Kind kind, long from) {
        gaps.add(new Gap(agent, kind, minute(from), null, ""));
        return this;
    }

    AgentPast done() {
        return new AgentPast(agent, window, versions, gaps);
    }

    AgentFigures figures() {
        return AgentFigures.of(
                done(),
                new ReportRequest(SwarmName.DEFAULT, null, window, window.from(), FreshnessPolicy.DEFAULT, Map.of()),
                null);
    }
}
