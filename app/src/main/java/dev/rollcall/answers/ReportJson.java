package dev.rollcall.answers;

import dev.rollcall.document.AgentId;
import dev.rollcall.report.AgentChange;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.MissionStretch;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.StaleStretches;
import dev.rollcall.report.Stretch;
import dev.rollcall.report.Window;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The shape of {@code report --json}; see docs/json-output.md. */
public final class ReportJson {
    private ReportJson() {}

    public static String of(Report report) {
        AgentId only = report.only();
        Map<Window, Double> tasks = report.tasksByDay();
        return JsonOutput.object(json -> {
            json.text("swarm", report.swarm())
                    .text("agent_id", only == null ? null : only.value())
                    .time("from", report.window().from())
                    .time("until", report.window().until())
                    .time("changed_since", report.changedSince())
                    .decimal(
                            "utilisation",
                            report.utilisation().map(Numbers::rounded).orElse(null))
                    .decimal("recorded", report.recorded().map(Numbers::rounded).orElse(null))
                    .decimal("points", report.points())
                    .number("tasks_completed", report.tasks())
                    .decimal("cycles", report.cycles())
                    .decimal(
                            "points_trend",
                            report.pointsTrend().map(Numbers::rounded).orElse(null))
                    .decimal(
                            "tasks_trend",
                            report.tasksTrend().map(Numbers::rounded).orElse(null))
                    .object("time_in_state", times -> times(times, report.times()))
                    .objects("blocked_time", report.blocked().entrySet(), ReportJson::blocked)
                    .objects("days", report.pointsByDay().entrySet(), (each, day) -> day(each, day, tasks))
                    .texts("leaderboard", ids(report.leaderboard()))
                    .texts("longest_blocked", ids(report.longestBlocked()))
                    .objects(
                            "waits",
                            report.waits().waits(),
                            (each, wait) -> each.text("waiting", wait.waiting().value())
                                    .text("awaited", wait.awaited().value())
                                    .text("blocker", wait.blocker()))
                    .objects(
                            "circular_waits",
                            report.waits().circles(),
                            (each, circle) -> each.texts(
                                    "agents",
                                    circle.stream().map(AgentId::value).toList()))
                    .objects("changes", report.changes(), ReportJson::change)
                    .objects("agents", report.agents(), ReportJson::agent)
                    .number("agents_sampled", report.reading().sampled())
                    .number("documents_damaged", report.reading().damaged());
        });
    }

    private static List<String> ids(List<AgentFigures> agents) {
        return agents.stream().map(agent -> agent.agent().value()).toList();
    }

    private static void times(JsonOutput json, Map<Condition, Duration> times) {
        for (Condition condition : Condition.values()) {
            json.decimal(condition.label(), Numbers.seconds(times.getOrDefault(condition, Duration.ZERO)));
        }
    }

    private static void blocked(JsonOutput json, Map.Entry<String, Duration> blocked) {
        json.text("blocker", blocked.getKey()).decimal("seconds", Numbers.seconds(blocked.getValue()));
    }

    private static void day(JsonOutput json, Map.Entry<Window, Double> day, Map<Window, Double> tasks) {
        json.time("from", day.getKey().from())
                .time("until", day.getKey().until())
                .decimal("points", Numbers.rounded(day.getValue()))
                .decimal("tasks_completed", Numbers.rounded(tasks.getOrDefault(day.getKey(), 0.0)));
    }

    private static void change(JsonOutput json, AgentChange change) {
        json.text("agent_id", change.agent().value())
                .text("before", change.before().label())
                .text("after", change.after().label())
                .texts("missions_begun", change.begun())
                .texts("missions_ended", change.ended())
                .decimal("points", change.points())
                .number("tasks_completed", change.tasks());
    }

    private static void agent(JsonOutput json, AgentFigures agent) {
        double days = agent.stretches().isEmpty()
                ? 0
                : new Window(
                                agent.stretches().getFirst().from(),
                                agent.stretches().getLast().until())
                        .days();
        json.text("agent_id", agent.agent().value())
                .text("attention", agent.attention().name().toLowerCase(java.util.Locale.ROOT))
                .text("condition", agent.end().condition().label())
                .time("condition_since", agent.end().since())
                .text("mission", agent.end().mission())
                .texts("blockers", agent.end().blockers())
                .object("time_in_state", times -> times(times, agent.times()))
                .objects("blocked_time", agent.blocked().entrySet(), ReportJson::blocked)
                .decimal("cycles", agent.activity().cyclesGained())
                .decimal("cycles_per_day", perDay(agent.activity().cyclesGained(), days))
                .decimal("points", agent.activity().pointsGained())
                .decimal("points_per_day", perDay(agent.activity().pointsGained(), days))
                .decimal("points_per_cycle", agent.activity().pointsPerCycle().orElse(null))
                .objects(
                        "tasks_completed",
                        agent.activity().tasks(),
                        (each, task) -> each.time("at", task.at()).text("task", task.text()))
                .objects("missions", agent.missions(), ReportJson::mission)
                .number("versions", agent.activity().versions().size())
                .decimal("reporting_cadence_seconds", seconds(agent.silence().cadence()))
                .decimal(
                        "stale_seconds",
                        seconds(StaleStretches.sum(agent.silence().stale())))
                .objects(
                        "stale",
                        agent.silence().stale(),
                        (each, stale) -> each.time("from", stale.from()).time("until", stale.until()))
                .objects("timeline", agent.stretches(), ReportJson::stretch);
    }

    private static void mission(JsonOutput json, MissionStretch mission) {
        json.text("mission", mission.mission())
                .time("from", mission.from())
                .time("until", mission.until())
                .decimal("seconds", Numbers.seconds(mission.duration()))
                .flag("over", () -> mission.end() == MissionStretch.End.OVER);
    }

    private static void stretch(JsonOutput json, Stretch stretch) {
        json.time("from", stretch.from())
                .time("until", stretch.until())
                .text("condition", stretch.condition().label());
    }

    private static @Nullable BigDecimal perDay(BigDecimal gained, double days) {
        return days == 0 ? null : Numbers.rounded(gained.doubleValue() / days);
    }

    private static @Nullable BigDecimal seconds(@Nullable Duration duration) {
        return duration == null ? null : Numbers.seconds(duration);
    }
}
