package dev.rollcall.report;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A report as rows, one for each value: what the CSV says. */
public final class Rows {
    private final List<Row> rows = new ArrayList<>();
    private final double days;

    private Rows(Report report) {
        days = report.window().days();
    }

    /**
     * One value.
     *
     * @param agent empty for the swarm
     * @param key what of the figure, for example the state; empty where there is one only
     * @param value a number, a time, or for {@link Figure#WAITS_FOR} and {@link Figure#CHANGED} a text
     */
    public record Row(String agent, Figure figure, String key, String value) {}

    /** The swarm first, then agents by attention. */
    public static List<Row> of(Report report) {
        Rows rows = new Rows(report);
        rows.swarm(report);
        report.agents().forEach(rows::agent);
        report.waits()
                .waits()
                .forEach(wait -> rows.add(
                        wait.waiting().value(), Figure.WAITS_FOR, wait.awaited().value(), wait.blocker()));
        report.waits().circles().forEach(circle -> {
            List<String> ids = circle.stream().map(agent -> agent.value()).toList();
            rows.add("", Figure.CIRCULAR_WAIT, String.join(" ", ids), Integer.toString(ids.size()));
        });
        return List.copyOf(rows.rows);
    }

    private void swarm(Report report) {
        report.utilisation().ifPresent(share -> add("", Figure.UTILISATION, "", Numbers.rounded(share)));
        report.recorded().ifPresent(share -> add("", Figure.RECORDED, "", Numbers.rounded(share)));
        report.pointsTrend().ifPresent(slope -> add("", Figure.POINTS_TREND, "", Numbers.rounded(slope)));
        report.tasksTrend().ifPresent(slope -> add("", Figure.TASKS_TREND, "", Numbers.rounded(slope)));
        times("", report.times());
        report.blocked().forEach((text, time) -> add("", Figure.BLOCKED_TIME, text, Numbers.seconds(time)));
        add("", Figure.CYCLES, "", report.cycles());
        add("", Figure.POINTS, "", report.points());
        add("", Figure.TASKS_COMPLETED, "", BigDecimal.valueOf(report.tasks()));
        report.pointsByDay().forEach((day, value) -> add("", Figure.POINTS, day(day), Numbers.rounded(value)));
        report.tasksByDay().forEach((day, value) -> add("", Figure.TASKS_COMPLETED, day(day), Numbers.rounded(value)));
        int rank = 0;
        for (AgentFigures agent : report.leaderboard()) {
            add(agent.agent().value(), Figure.LEADERBOARD, "", BigDecimal.valueOf(++rank));
        }
    }

    private void agent(AgentFigures agent) {
        String id = agent.agent().value();
        Activity activity = agent.activity();
        times(id, agent.times());
        agent.blocked().forEach((text, time) -> add(id, Figure.BLOCKED_TIME, text, Numbers.seconds(time)));
        add(id, Figure.CYCLES, "", activity.cyclesGained());
        add(id, Figure.POINTS, "", activity.pointsGained());
        if (days > 0) {
            add(
                    id,
                    Figure.CYCLES_PER_DAY,
                    "",
                    Numbers.rounded(activity.cyclesGained().doubleValue() / days));
            add(
                    id,
                    Figure.POINTS_PER_DAY,
                    "",
                    Numbers.rounded(activity.pointsGained().doubleValue() / days));
        }
        activity.pointsPerCycle().ifPresent(points -> add(id, Figure.POINTS_PER_CYCLE, "", points));
        add(id, Figure.TASKS_COMPLETED, "", BigDecimal.valueOf(activity.tasks().size()));
        agent.missions()
                .forEach(mission ->
                        add(id, Figure.MISSION_DURATION, mission.mission(), Numbers.seconds(mission.duration())));
        Duration cadence = agent.silence().cadence();
        if (cadence != null) {
            add(id, Figure.REPORTING_CADENCE, "", Numbers.seconds(cadence));
        }
        add(id, Figure.VERSIONS, "", BigDecimal.valueOf(activity.versions().size()));
        add(
                id,
                Figure.STALE_TIME,
                "",
                Numbers.seconds(StaleStretches.sum(agent.silence().stale())));
        if (agent.end().condition() == Condition.BLOCKED) {
            add(id, Figure.BLOCKED_SINCE, "", agent.end().since().toString());
        }
        AgentChange change = agent.change();
        if (change.before() != change.after()) {
            add(id, Figure.CHANGED, change.before().label(), change.after().label());
        }
    }

    private void times(String agent, Map<Condition, Duration> times) {
        times.forEach((condition, time) -> add(agent, Figure.TIME_IN_STATE, condition.label(), Numbers.seconds(time)));
    }

    private void add(String agent, Figure figure, String key, BigDecimal value) {
        add(agent, figure, key, value.stripTrailingZeros().toPlainString());
    }

    private void add(String agent, Figure figure, String key, String value) {
        rows.add(new Row(agent, figure, key, value));
    }

    private static String day(Window day) {
        return day.from().toString().substring(0, 10);
    }
}
