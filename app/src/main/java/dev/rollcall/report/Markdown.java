package dev.rollcall.report;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A report as Markdown with tables, to be pasted into an issue or a chat. Agent text is escaped. */
public final class Markdown {
    private static final int MOST = 20;

    private final Report report;
    private final StringBuilder text = new StringBuilder();

    private Markdown(Report report) {
        this.report = report;
    }

    public static String of(Report report) {
        Markdown markdown = new Markdown(report);
        markdown.head();
        markdown.attention();
        markdown.waits();
        markdown.changes();
        markdown.leaderboard();
        markdown.blocked();
        markdown.states();
        markdown.agents();
        return markdown.text.toString();
    }

    private void head() {
        String whose = report.only() == null
                ? "Swarm " + report.swarm()
                : report.only().value();
        line("# " + safe(whose) + ", " + Words.time(report.window().from()) + " to "
                + Words.time(report.window().until()));
        line("");
        line("| agents | at work | points | tasks | cycles |");
        line("|---:|---:|---:|---:|---:|");
        line("| " + report.present().size() + " | "
                + Words.atWork(report) + " | " + Numbers.shown(report.points())
                + " | "
                + report.tasks() + " | " + Numbers.shown(report.cycles()) + " |");
        line("");
        line(Words.POINTS);
        String caveat = Words.caveat(report);
        if (!caveat.isEmpty()) {
            line("");
            line(caveat);
        }
    }

    private void attention() {
        List<AgentFigures> waiting =
                report.agents().stream().filter(AgentFigures::needsAttention).toList();
        if (waiting.isEmpty()) {
            return;
        }
        table("Needs attention", "| agent | why | for | blockers |", "|---|---|---:|---|");
        for (AgentFigures agent : waiting.stream().limit(MOST).toList()) {
            line("| " + safe(agent.agent().value()) + " | " + agent.reason() + " | "
                    + Numbers.shown(agent.reasonFor(report.window().until())) + " | "
                    + cut(String.join("; ", agent.end().blockers())) + " |");
        }
        more(waiting.size());
    }

    private void waits() {
        if (report.waits().waits().isEmpty()) {
            return;
        }
        table("Who waits for whom", "| waits | for | because |", "|---|---|---|");
        report.waits().waits().stream()
                .limit(MOST)
                .forEach(wait -> line("| " + safe(wait.waiting().value()) + " | "
                        + safe(wait.awaited().value()) + " | " + cut(wait.blocker()) + " |"));
        more(report.waits().waits().size());
        report.waits().circles().forEach(circle -> {
            line("");
            line("**Circular wait:** " + safe(Words.circle(circle)));
        });
    }

    private void changes() {
        List<AgentChange> changes = Words.byWeight(report.changes());
        if (changes.isEmpty()) {
            return;
        }
        table("Changed since " + Words.time(report.changedSince()), "| agent | what |", "|---|---|");
        changes.stream()
                .limit(MOST)
                .forEach(change -> line("| " + safe(change.agent().value()) + " | "
                        + safe(String.join(", ", Words.clauses(change))) + " |"));
        more(changes.size());
    }

    private void leaderboard() {
        List<AgentFigures> leaders = report.leaderboard();
        if (leaders.isEmpty()) {
            return;
        }
        table("Leaderboard", "| | agent | points | tasks | cycles |", "|---:|---|---:|---:|---:|");
        int rank = 0;
        for (AgentFigures agent : leaders.stream().limit(MOST).toList()) {
            Activity activity = agent.activity();
            line("| " + ++rank + " | " + safe(agent.agent().value()) + " | " + Numbers.shown(activity.pointsGained())
                    + " | " + activity.tasks().size() + " | " + Numbers.shown(activity.cyclesGained()) + " |");
        }
        more(leaders.size());
    }

    private void blocked() {
        Map<String, Duration> blocked = report.blocked();
        if (blocked.isEmpty()) {
            return;
        }
        table("Blocked time by blocker", "| blocker | agents' time |", "|---|---:|");
        blocked.entrySet().stream()
                .limit(MOST)
                .forEach(each -> line("| " + cut(each.getKey()) + " | " + Numbers.shown(each.getValue()) + " |"));
        more(blocked.size());
    }

    private void states() {
        table("Where the time went", "| state | share | agents' time |", "|---|---:|---:|");
        double whole = Window.seconds(report.window().length())
                * Math.max(1, report.agents().size());
        report.times()
                .forEach((condition, time) ->
                        line("| " + condition + " | " + Numbers.percent(Window.seconds(time) / Math.max(1, whole))
                                + " | " + Numbers.shown(time) + " |"));
    }

    private void agents() {
        table(
                "Agents",
                "| agent | now | at work | points | tasks | cycles | reports every | mission |",
                "|---|---|---:|---:|---:|---:|---:|---|");
        for (AgentFigures agent : report.agents()) {
            Duration cadence = agent.silence().cadence();
            String mission = agent.end().mission();
            line("| " + safe(agent.agent().value()) + " | " + agent.reason() + " | "
                    + Utilisation.of(List.of(agent)).map(Numbers::percent).orElse("-") + " | "
                    + Numbers.shown(agent.activity().pointsGained()) + " | "
                    + agent.activity().tasks().size() + " | "
                    + Numbers.shown(agent.activity().cyclesGained()) + " | "
                    + (cadence == null ? "-" : Numbers.shown(cadence)) + " | " + (mission == null ? "-" : cut(mission))
                    + " |");
        }
    }

    private void table(String heading, String columns, String rule) {
        line("");
        line("## " + heading);
        line("");
        line(columns);
        line(rule);
    }

    private void more(int all) {
        if (all > MOST) {
            line("");
            line("... and " + (all - MOST) + " more");
        }
    }

    private static String cut(String written) {
        return safe(SafeText.cut(written, 80));
    }

    private static String safe(String written) {
        return SafeText.markdown(written);
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
