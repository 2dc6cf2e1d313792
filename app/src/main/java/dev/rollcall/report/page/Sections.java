package dev.rollcall.report.page;

import dev.rollcall.report.Activity;
import dev.rollcall.report.AgentChange;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Condition;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Utilisation;
import dev.rollcall.report.Window;
import dev.rollcall.report.Words;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The sections of the page that are tables. */
final class Sections {
    private static final int MOST = 40;

    private final Report report;
    private final StringBuilder html;

    /** Which columns of the open table have numbers in them. */
    private List<Boolean> numbers = List.of();

    Sections(Report report, StringBuilder html) {
        this.report = report;
        this.html = html;
    }

    void attention() {
        List<AgentFigures> waiting =
                report.agents().stream().filter(AgentFigures::needsAttention).toList();
        open("attention", "Needs attention");
        if (waiting.isEmpty()) {
            html.append("<p class=\"soft\">Nobody is stuck, silent or rejected.</p>\n");
        } else {
            head("agent", "why", "#for", "mission", "blocked by");
            waiting.stream().limit(MOST).forEach(agent -> {
                String mission = agent.end().mission();
                row(
                        text(agent.agent().value()),
                        "<span class=\"alarm\">" + agent.reason() + "</span>",
                        Numbers.shown(agent.reasonFor(report.window().until())),
                        cut(mission == null ? "-" : mission),
                        cut(String.join("; ", agent.end().blockers())));
            });
            end(waiting.size());
        }
        close();
        waits();
    }

    private void waits() {
        if (report.waits().waits().isEmpty()) {
            return;
        }
        open("waits", "Who waits for whom");
        for (var circle : report.waits().circles()) {
            html.append("<p class=\"note\"><b class=\"alarm\">Circular wait:</b> ")
                    .append(text(Words.circle(circle)))
                    .append("</p>\n");
        }
        html.append(WaitsGraph.of(report.waits()));
        head("waits", "for", "because");
        report.waits().waits().stream()
                .limit(MOST)
                .forEach(wait ->
                        row(text(wait.waiting().value()), text(wait.awaited().value()), cut(wait.blocker())));
        end(report.waits().waits().size());
        close();
    }

    void changes() {
        List<AgentChange> changes = Words.byWeight(report.changes());
        open("changes", "Changed since " + Words.time(report.changedSince()));
        if (changes.isEmpty()) {
            html.append("<p class=\"soft\">Nothing.</p>\n");
        } else {
            head("agent", "what");
            changes.stream()
                    .limit(MOST)
                    .forEach(change ->
                            row(text(change.agent().value()), text(String.join(", ", Words.clauses(change)))));
            end(changes.size());
        }
        close();
    }

    void work() {
        leaderboard();
        blocked();
        missions();
        agents();
    }

    private void leaderboard() {
        List<AgentFigures> leaders = report.leaderboard();
        if (leaders.isEmpty()) {
            return;
        }
        open("leaderboard", "Leaderboard");
        head("#rank", "agent", "#points", "", "#tasks", "#cycles", "#points per cycle");
        double most = Math.max(1, leaders.getFirst().activity().pointsGained().doubleValue());
        int rank = 0;
        for (AgentFigures agent : leaders.stream().limit(MOST).toList()) {
            Activity activity = agent.activity();
            double points = activity.pointsGained().doubleValue();
            row(
                    Integer.toString(++rank),
                    text(agent.agent().value()),
                    Numbers.shown(activity.pointsGained()),
                    "<span class=\"bar\" style=\"width:" + Svg.number(140 * points / most) + "px\"></span>",
                    Numbers.shown(activity.tasks().size()),
                    Numbers.shown(activity.cyclesGained()),
                    activity.pointsPerCycle().map(Numbers::shown).orElse("-"));
        }
        end(leaders.size());
        close();
    }

    private void blocked() {
        Map<String, Duration> blocked = report.blocked();
        if (blocked.isEmpty()) {
            return;
        }
        open("blocked", "Blocked time by blocker");
        head("blocker", "#agents' time");
        blocked.entrySet().stream()
                .limit(MOST)
                .forEach(each -> row(cut(each.getKey()), Numbers.shown(each.getValue())));
        end(blocked.size());
        close();
    }

    private void missions() {
        List<Report.AgentMission> missions = report.missions();
        if (missions.isEmpty()) {
            return;
        }
        open("missions", "Longest missions");
        head("agent", "mission", "#time");
        missions.stream()
                .limit(MOST / 2)
                .forEach(each -> row(
                        text(each.agent().value()),
                        cut(each.mission().mission()),
                        Numbers.shown(each.mission().duration())));
        html.append("</tbody></table></div>\n");
        close();
    }

    private void agents() {
        open("agents", "Agents");
        head("agent", "now", "#at work", "#points", "#tasks", "#cycles", "#reports every", "mission");
        for (AgentFigures agent : report.agents().stream().limit(Timeline.MOST).toList()) {
            Duration cadence = agent.silence().cadence();
            String mission = agent.end().mission();
            row(
                    text(agent.agent().value()),
                    agent.reason(),
                    Utilisation.of(List.of(agent)).map(Numbers::percent).orElse("-"),
                    Numbers.shown(agent.activity().pointsGained()),
                    Numbers.shown(agent.activity().tasks().size()),
                    Numbers.shown(agent.activity().cyclesGained()),
                    cadence == null ? "-" : Numbers.shown(cadence),
                    mission == null ? "-" : cut(mission));
        }
        html.append("</tbody></table></div>\n");
        close();
    }

    /** Each agent's time in each state. */
    void times() {
        List<Condition> conditions = List.copyOf(occurring());
        List<String> names = new ArrayList<>(List.of("agent"));
        conditions.forEach(condition -> names.add("#" + condition));
        head(names.toArray(String[]::new));
        for (AgentFigures agent : report.agents().stream().limit(Timeline.MOST).toList()) {
            List<String> cells = new ArrayList<>(List.of(text(agent.agent().value())));
            for (Condition condition : conditions) {
                Duration time = agent.times().get(condition);
                cells.add(time == null ? "" : Numbers.shown(time));
            }
            row(cells.toArray(String[]::new));
        }
        html.append("</tbody></table></div>\n");
    }

    /** Each day's shares, points and tasks. */
    void days() {
        List<Condition> conditions = List.copyOf(occurring());
        html.append("<details><summary>Each day, as a table</summary>\n");
        List<String> names = new ArrayList<>(List.of("day", "#points", "#tasks"));
        conditions.forEach(condition -> names.add("#" + condition));
        head(names.toArray(String[]::new));
        Map<Window, Double> points = report.pointsByDay();
        Map<Window, Double> tasks = report.tasksByDay();
        report.timesByDay().forEach((day, times) -> {
            double whole = times.values().stream().mapToDouble(Window::seconds).sum();
            List<String> cells = new ArrayList<>(List.of(
                    Shares.name(day),
                    Numbers.shown(points.getOrDefault(day, 0.0)),
                    Numbers.shown(tasks.getOrDefault(day, 0.0))));
            for (Condition condition : conditions) {
                Duration time = times.get(condition);
                cells.add(time == null || whole == 0 ? "" : Numbers.percent(Window.seconds(time) / whole));
            }
            row(cells.toArray(String[]::new));
        });
        html.append("</tbody></table></div>\n</details>\n");
    }

    private Set<Condition> occurring() {
        Set<Condition> occurring = EnumSet.noneOf(Condition.class);
        occurring.addAll(report.times().keySet());
        return occurring;
    }

    private void open(String id, String heading) {
        html.append("<section class=\"long\" aria-labelledby=\"h-")
                .append(id)
                .append("\">\n<h2 id=\"h-")
                .append(id)
                .append("\">")
                .append(SafeText.html(heading))
                .append("</h2>\n");
    }

    private void close() {
        html.append("</section>\n");
    }

    /** @param columns names; one that begins with # has numbers in it, and an empty one is of a drawing */
    private void head(String... columns) {
        List<Boolean> kinds = new ArrayList<>();
        html.append("<div class=\"wide\" tabindex=\"0\"><table><thead><tr>");
        for (String column : columns) {
            boolean isNumber = column.startsWith("#");
            kinds.add(isNumber);
            if (column.isEmpty()) {
                // A heading that says nothing would be read out as one.
                html.append("<td></td>");
                continue;
            }
            html.append("<th scope=\"col\"")
                    .append(isNumber ? " class=\"n\">" : ">")
                    .append(isNumber ? column.substring(1) : column)
                    .append("</th>");
        }
        numbers = kinds;
        html.append("</tr></thead><tbody>\n");
    }

    /** @param cells HTML */
    private void row(String... cells) {
        html.append("<tr>");
        for (int i = 0; i < cells.length; i++) {
            html.append(numbers.get(i) ? "<td class=\"n\">" : "<td class=\"t\">")
                    .append(cells[i])
                    .append("</td>");
        }
        html.append("</tr>\n");
    }

    private void end(int all) {
        html.append("</tbody></table></div>\n");
        if (all > MOST) {
            html.append("<p class=\"soft\">... and ").append(all - MOST).append(" more</p>\n");
        }
    }

    private static String cut(String written) {
        return text(SafeText.cut(written, 160));
    }

    private static String text(String written) {
        return SafeText.html(written);
    }
}
