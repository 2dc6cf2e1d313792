package dev.rollcall.mcp;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.ReportJson;
import dev.rollcall.answers.ReportQuestion;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the swarm got done. */
final class ReportTools {
    private static final int USUAL = 25;
    private static final int MOST = 200;

    /** Of a leaderboard. */
    private static final int FIRST = 5;

    private static final Set<String> BRIEF = Set.of(
            "swarm",
            "agent_id",
            "from",
            "until",
            "utilisation",
            "points",
            "tasks_completed",
            "cycles",
            "time_in_state",
            "blocked_time");

    private ReportTools() {}

    static List<Tool> all() {
        return List.of(Tool.reading(
                "report",
                "Figures of a stretch of time: points, tasks, cycles, utilisation, time in each state, who leads, who was blocked"
                        + " longest, who waits for whom. detail=normal adds a row for each agent; agent_id gives one agent's own"
                        + " report. " + Reply.WARNING,
                List.of(
                        Argument.text("since", "Where it begins: a time, \"7d\", yesterday (default: a week ago)."),
                        Argument.text("until", "Where it ends (default now)."),
                        Argument.agent("Only this agent (default: the whole swarm)."),
                        Argument.limit(USUAL, MOST),
                        Argument.CURSOR,
                        Argument.DETAIL),
                ReportTools::report));
    }

    private static String report(Call call) {
        Arguments arguments = call.arguments();
        AgentId only = arguments.optionalAgent();
        ReportQuestion question = new ReportQuestion(arguments.text("since"), arguments.text("until"), only);
        Report report = call.askForLong(question::answer);
        Reply.Turn turn = arguments.turn(USUAL);
        if (only != null) {
            return Reply.of(turn.detail(), ReportJson.of(report), turn.detail() == Detail.BRIEF ? BRIEF : Set.of());
        }
        Reply.Pages<AgentFigures> pages =
                new Reply.Pages<>("agents", figures -> figures.agent().value(), RollTools.BY_ID, ReportTools::row);
        List<AgentFigures> rows = turn.detail() == Detail.BRIEF ? List.of() : report.agents();
        return pages.page(turn, rows, json -> {
            json.text("swarm", report.swarm())
                    .time("from", report.window().from())
                    .time("until", report.window().until());
            if (turn.cursor() == null) {
                figures(json, report);
            }
        });
    }

    private static void figures(JsonOutput json, Report report) {
        json.number("agents_reported", report.agents().size())
                .decimal(
                        "utilisation",
                        report.utilisation().map(Numbers::rounded).orElse(null))
                .decimal("points", report.points())
                .number("tasks_completed", report.tasks())
                .decimal("cycles", report.cycles())
                .decimal(
                        "points_trend",
                        report.pointsTrend().map(Numbers::rounded).orElse(null))
                .object("hours_in_state", hours -> hours(hours, report.times()))
                .texts("leaderboard", ids(report.leaderboard()))
                .texts("longest_blocked", ids(report.longestBlocked()))
                .objects(
                        "waits",
                        report.waits().waits(),
                        (each, wait) -> each.text("waiting", wait.waiting().value())
                                .text("awaited", wait.awaited().value())
                                .text("blocker", wait.blocker()))
                .texts(
                        "circular_waits",
                        report.waits().circles().stream().map(Object::toString).toList());
    }

    private static List<String> ids(List<AgentFigures> agents) {
        return agents.stream().limit(FIRST).map(agent -> agent.agent().value()).toList();
    }

    private static void hours(JsonOutput json, Map<Condition, Duration> times) {
        times.forEach((condition, time) -> {
            if (!time.isZero()) {
                json.decimal(
                        condition.label(),
                        BigDecimal.valueOf(time.toSeconds()).divide(BigDecimal.valueOf(3600), 2, RoundingMode.HALF_UP));
            }
        });
    }

    private static JsonValue.Obj row(AgentFigures figures) {
        return Fitted.read(JsonOutput.line(json -> json.text(
                        "agent_id", figures.agent().value())
                .text("attention", figures.attention().name().toLowerCase(Locale.ROOT))
                .text("condition", figures.end().condition().label())
                .time("condition_since", figures.end().since())
                .text("mission", figures.end().mission())
                .texts("blockers", figures.end().blockers())
                .decimal("points", figures.activity().pointsGained())
                .decimal("cycles", figures.activity().cyclesGained())
                .number("tasks_completed", figures.activity().tasks().size())
                .object("hours_in_state", hours -> hours(hours, figures.times()))));
    }
}
