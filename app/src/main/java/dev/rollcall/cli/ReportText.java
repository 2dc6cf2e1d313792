package dev.rollcall.cli;

import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.AgentId;
import dev.rollcall.report.Activity;
import dev.rollcall.report.AgentChange;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Window;
import dev.rollcall.report.Words;
import dev.rollcall.roll.Attention;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A report for a terminal of 80 columns: what needs attention first. */
final class ReportText {
    private static final int MOST = 8;
    private static final int BAR = 30;
    private static final String BLOCKS = " \u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";

    private static final String NO_TREND = ", trend: none";

    private final Report report;
    private final Paint paint;
    private final StringBuilder text = new StringBuilder();

    ReportText(Report report, Paint paint) {
        this.report = report;
        this.paint = paint;
    }

    String render() {
        head();
        attention();
        waits();
        changes();
        leaderboard();
        blocked();
        states();
        missions();
        text.append('\n').append(TerminalText.wrapped(Words.POINTS, 0)).append('\n');
        String caveat = Words.caveat(report);
        if (!caveat.isEmpty()) {
            text.append('\n').append(TerminalText.wrapped(caveat, 0)).append('\n');
        }
        return text.toString();
    }

    private void head() {
        AgentId only = report.only();
        String whose = only == null ? "Swarm " + report.swarm() : only.value();
        line(TerminalText.cut(whose, 30) + ": " + Numbers.shown(report.window().length()) + ", "
                + Words.time(report.window().from()) + " to "
                + Words.time(report.window().until()));
        line(Shapes.agents(report.present().size()) + ", " + Words.atWork(report));
        line(TerminalText.cut(
                Numbers.shown(report.points())
                        + " points, " + Words.counted(report.tasks(), "task") + ", "
                        + Words.counted(report.cycles().longValue(), "cycle"),
                Table.WIDTH));
        if (report.window().byDay().size() > 1) {
            line("");
            day(
                    "points/day",
                    report.pointsByDay().values(),
                    report.pointsTrend().map(ReportText::trend).orElse(NO_TREND));
            day(
                    "tasks/day",
                    report.tasksByDay().values(),
                    report.tasksTrend().map(ReportText::trend).orElse(NO_TREND));
        }
    }

    /** Each day's value as a block; more than fit are told by the newest. */
    private void day(String label, Collection<Double> days, String trend) {
        List<Double> values = List.copyOf(days);
        List<Double> shown = values.subList(Math.max(0, values.size() - BAR), values.size());
        double most = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        String blocks = shown.stream()
                .map(value -> String.valueOf(BLOCKS.charAt(most == 0 ? 0 : (int) Math.ceil(value / most * 8))))
                .collect(Collectors.joining());
        line(TerminalText.pad(label, 12) + blocks + "  most " + Numbers.shown(most) + trend);
    }

    private static String trend(double slope) {
        return ", " + (slope < 0 ? "" : "+") + Numbers.shown(slope) + " a day";
    }

    private void attention() {
        List<AgentFigures> waiting =
                report.agents().stream().filter(AgentFigures::needsAttention).toList();
        if (waiting.isEmpty()) {
            section("Needs attention");
            line("  nobody");
            return;
        }
        section("Needs attention (" + waiting.size() + ")");
        some(waiting, agent -> {
            String state = TerminalText.pad(agent.reason(), 8);
            String shown = agent.attention() == Attention.STALE ? paint.caution(state) : paint.alarm(state);
            String blockers = agent.end().blockers().isEmpty()
                    ? mission(agent)
                    : String.join("; ", agent.end().blockers());
            line("  " + TerminalText.pad(agent.agent().value(), 18) + "  " + shown + "  "
                    + TerminalText.padLeft(
                            Numbers.shown(agent.reasonFor(report.window().until())), 7)
                    + "  " + TerminalText.cut(blockers, 39));
        });
    }

    private static String mission(AgentFigures agent) {
        String mission = agent.end().mission();
        return mission == null ? "" : mission;
    }

    private void waits() {
        if (report.waits().waits().isEmpty()) {
            return;
        }
        section("Who waits for whom");
        report.waits()
                .circles()
                .forEach(circle -> line("  " + paint.alarm(TerminalText.cut("circular: " + Words.circle(circle), 76))));
        some(
                report.waits().waits(),
                wait -> line("  " + TerminalText.cut(wait.waiting().value(), 18) + " \u2192 "
                        + TerminalText.cut(wait.awaited().value(), 18) + "  " + TerminalText.cut(wait.blocker(), 36)));
    }

    private void changes() {
        List<AgentChange> changes = Words.byWeight(report.changes());
        if (changes.isEmpty()) {
            return;
        }
        section("Changed since " + Words.time(report.changedSince()) + " (" + Shapes.agents(changes.size()) + ")");
        some(
                changes,
                change -> line("  " + TerminalText.pad(change.agent().value(), 18) + "  "
                        + TerminalText.cut(String.join(", ", Words.clauses(change)), 58)));
    }

    private void leaderboard() {
        List<AgentFigures> leaders = report.leaderboard();
        if (leaders.isEmpty()) {
            return;
        }
        section("Leaderboard");
        Table table = new Table("  AGENT", "POINTS", "TASKS", "CYCLES", "PT/CYCLE", "REPORTS EVERY");
        leaders.stream().limit(MOST).forEach(agent -> {
            Activity activity = agent.activity();
            Duration cadence = agent.silence().cadence();
            table.row(
                    Cell.of("  " + agent.agent().value()),
                    Cell.number(Numbers.shown(activity.pointsGained())),
                    Cell.number(Integer.toString(activity.tasks().size())),
                    Cell.number(Numbers.shown(activity.cyclesGained())),
                    Cell.number(activity.pointsPerCycle().map(Numbers::shown).orElse("-")),
                    Cell.of(cadence == null ? "-" : Numbers.shown(cadence)));
        });
        text.append(table.render());
        more(leaders.size());
    }

    private void blocked() {
        Map<String, Duration> blocked = report.blocked();
        if (blocked.isEmpty()) {
            return;
        }
        section("Blocked time by blocker");
        some(
                blocked.entrySet(),
                each -> line("  " + TerminalText.padLeft(Numbers.shown(each.getValue()), 8) + "  "
                        + TerminalText.cut(each.getKey(), 68)));
    }

    private void states() {
        section("Where the time went");
        double whole =
                report.times().values().stream().mapToDouble(Window::seconds).sum();
        for (Map.Entry<Condition, Duration> time : report.times().entrySet()) {
            double share = whole == 0 ? 0 : Window.seconds(time.getValue()) / whole;
            String bar = "\u2588".repeat((int) Math.round(share * BAR));
            line("  " + TerminalText.pad(time.getKey().name(), 10) + "  "
                    + TerminalText.padLeft(Numbers.percent(share), 4) + "  " + TerminalText.pad(bar, BAR) + "  "
                    + Numbers.shown(time.getValue()));
        }
    }

    private void missions() {
        List<Report.AgentMission> missions = new ArrayList<>(report.missions());
        if (missions.isEmpty()) {
            return;
        }
        section("Longest missions");
        some(
                missions,
                each -> line("  "
                        + TerminalText.padLeft(Numbers.shown(each.mission().duration()), 8) + "  "
                        + TerminalText.pad(each.agent().value(), 18) + "  "
                        + TerminalText.cut(SafeText.visible(each.mission().mission()), 48)));
    }

    private <T> void some(Collection<T> items, Consumer<T> shown) {
        items.stream().limit(MOST).forEach(shown);
        more(items.size());
    }

    private void more(int all) {
        if (all > MOST) {
            line("  ... and " + (all - MOST) + " more");
        }
    }

    private void section(String heading) {
        line("");
        line(heading);
    }

    private void line(String line) {
        text.append(line.stripTrailing()).append('\n');
    }
}
