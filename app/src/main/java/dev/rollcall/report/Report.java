package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of a swarm in a window. Immutable.
 *
 * @param swarm its name
 * @param only the one agent it is about; null for the whole swarm
 * @param changedSince what the changes compare the window's end with
 * @param agents by attention
 * @param waits see {@link Waits}
 * @param reading how documents were read
 */
public record Report(
        String swarm,
        @Nullable AgentId only,
        Window window,
        Instant changedSince,
        List<AgentFigures> agents,
        Waits waits,
        Reading reading) {
    /**
     * Of which versions the documents were read: tasks and blockers stand only there.
     *
     * @param sampled agents with too many versions to read them all
     * @param damaged documents that could not be had back
     */
    public record Reading(int sampled, int damaged) {}

    /** A mission and whose it was. */
    public record AgentMission(AgentId agent, MissionStretch mission) {}

    public Report {
        agents = agents.stream().sorted(AgentFigures.BY_ATTENTION).toList();
    }

    /** Agents that had not left when the window ended. */
    public List<AgentFigures> present() {
        return agents.stream()
                .filter(agent -> agent.end().condition() != Condition.LEFT)
                .toList();
    }

    /** Time in each state, of all agents together. */
    public Map<Condition, Duration> times() {
        Map<Condition, Duration> times = new EnumMap<>(Condition.class);
        agents.forEach(
                agent -> agent.times().forEach((condition, time) -> times.merge(condition, time, Duration::plus)));
        return times;
    }

    /** The same for each day of the window. */
    public Map<Window, Map<Condition, Duration>> timesByDay() {
        Map<Window, Map<Condition, Duration>> days = new LinkedHashMap<>();
        window.byDay().forEach(day -> days.put(day, new EnumMap<>(Condition.class)));
        agents.forEach(agent -> TimeInState.add(days, agent.stretches()));
        return days;
    }

    /** Blocked time of all agents together by blocker, longest first. */
    public Map<String, Duration> blocked() {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Duration> times = new LinkedHashMap<>();
        agents.forEach(agent -> agent.blocked()
                .forEach((text, time) ->
                        times.merge(texts.computeIfAbsent(Contents.plain(text), plain -> text), time, Duration::plus)));
        Map<String, Duration> sorted = new LinkedHashMap<>();
        times.entrySet().stream()
                .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .forEach(time -> sorted.put(time.getKey(), time.getValue()));
        return sorted;
    }

    public Optional<Double> utilisation() {
        return Utilisation.of(agents);
    }

    /** See {@link Utilisation#recorded}. */
    public Optional<Double> recorded() {
        return Utilisation.recorded(times());
    }

    public BigDecimal points() {
        return agents.stream().map(agent -> agent.activity().pointsGained()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public BigDecimal cycles() {
        return agents.stream().map(agent -> agent.activity().cyclesGained()).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public long tasks() {
        return agents.stream()
                .mapToLong(agent -> agent.activity().tasks().size())
                .sum();
    }

    /** Points gained on each day of the window, parts of days included, of all agents together. */
    public Map<Window, Double> pointsByDay() {
        Days days = new Days(window);
        for (AgentFigures agent : agents) {
            agent.activity()
                    .points()
                    .forEach(gain -> days.add(gain.at(), gain.amount().doubleValue()));
        }
        return days.values();
    }

    /** Tasks completed on each day of the window. */
    public Map<Window, Double> tasksByDay() {
        Days days = new Days(window);
        for (AgentFigures agent : agents) {
            agent.activity().tasks().forEach(task -> days.add(task.at(), 1));
        }
        return days.values();
    }

    /** Sums by day. */
    private static final class Days {
        private final NavigableMap<Instant, Window> beginnings = new TreeMap<>();
        private final Map<Window, Double> sums = new LinkedHashMap<>();

        private final Window window;

        Days(Window window) {
            this.window = window;
            window.byDay().forEach(day -> {
                beginnings.put(day.from(), day);
                sums.put(day, 0.0);
            });
        }

        /** What happened outside of the window counts on no day. */
        void add(Instant at, double amount) {
            Map.Entry<Instant, Window> day = beginnings.floorEntry(at);
            if (day != null && window.reaches(at)) {
                sums.merge(day.getValue(), amount, Double::sum);
            }
        }

        Map<Window, Double> values() {
            return sums;
        }
    }

    /** See {@link Trend}. */
    public Optional<Double> pointsTrend() {
        return trend(pointsByDay());
    }

    /** See {@link Trend}. */
    public Optional<Double> tasksTrend() {
        return trend(tasksByDay());
    }

    private Optional<Double> trend(Map<Window, Double> days) {
        Instant recorded = firstRecorded().orElse(window.until());
        return Trend.slope(days.entrySet().stream()
                .filter(day -> day.getKey().length().equals(Duration.ofDays(1)))
                .filter(day -> !day.getKey().from().isBefore(recorded))
                .map(Map.Entry::getValue)
                .toList());
    }

    /** Since when the roll tells anything of anybody, as far as the window goes. */
    private Optional<Instant> firstRecorded() {
        return agents.stream()
                .flatMap(agent -> agent.stretches().stream())
                .filter(stretch -> stretch.condition() != Condition.UNRECORDED)
                .map(Stretch::from)
                .min(Comparator.naturalOrder());
    }

    /** Agents that gained points or completed tasks: most points first, of equal ones most tasks, then by id. */
    public List<AgentFigures> leaderboard() {
        return agents.stream()
                .filter(agent -> agent.activity().pointsGained().signum() > 0
                        || !agent.activity().tasks().isEmpty())
                .sorted(Comparator.<AgentFigures, BigDecimal>comparing(
                                agent -> agent.activity().pointsGained())
                        .thenComparingInt(agent -> agent.activity().tasks().size())
                        .reversed()
                        .thenComparing(AgentFigures::agent))
                .toList();
    }

    /** Agents that were BLOCKED when the window ended, longest first. */
    public List<AgentFigures> longestBlocked() {
        return agents.stream()
                .filter(agent -> agent.end().condition() == Condition.BLOCKED)
                .sorted(Comparator.<AgentFigures, Instant>comparing(
                                agent -> agent.end().since())
                        .thenComparing(AgentFigures::agent))
                .toList();
    }

    /** Missions of all agents, longest in the window first. */
    public List<AgentMission> missions() {
        List<AgentMission> missions = new ArrayList<>();
        agents.forEach(agent ->
                agent.missions().forEach(mission -> missions.add(new AgentMission(agent.agent(), mission))));
        missions.sort(Comparator.<AgentMission, Duration>comparing(
                        each -> each.mission().duration())
                .reversed()
                .thenComparing(AgentMission::agent));
        return missions;
    }

    /** What is different since {@link #changedSince}, by agent; agents of which nothing is are left out. */
    public List<AgentChange> changes() {
        return agents.stream()
                .map(AgentFigures::change)
                .filter(AgentChange::isAny)
                .sorted(Comparator.comparing(AgentChange::agent))
                .toList();
    }
}
