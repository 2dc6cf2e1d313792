package dev.rollcall.report.page;

import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Stretch;
import dev.rollcall.report.Window;
import dev.rollcall.report.Words;
import dev.rollcall.report.page.Svg.Box;
import dev.rollcall.report.page.Svg.Spot;
import java.util.List;

/** One lane for each agent, filled by what it was at; what it was at in the end stands beside it in words. */
final class Timeline {
    /** Lanes on a page: more than a person looks at, less than a browser minds. */
    static final int MOST = 100;

    private static final int WIDTH = 960;
    private static final int LEFT = 150;
    private static final int RIGHT = 860;
    private static final int TOP = 26;
    private static final int LANE = 24;
    private static final int BAR = 16;

    /** Pixels; of a narrower stretch nobody hits the tip. */
    private static final double TIP = 2;

    private Timeline() {}

    static String of(Report report) {
        List<AgentFigures> shown = report.agents().stream().limit(MOST).toList();
        int height = TOP + shown.size() * LANE + 4;
        Svg svg = new Svg("timeline", WIDTH, height);
        TimeAxis axis = new TimeAxis(report.window(), LEFT, RIGHT);
        axis.draw(svg, TOP - 6, height);
        double y = TOP;
        for (AgentFigures agent : shown) {
            svg.text(
                    new Spot(LEFT - 8, y + 12, "end"),
                    "name",
                    SafeText.cut(agent.agent().value(), 20));
            lane(svg, axis, agent, y);
            svg.text(
                    new Spot(RIGHT + 8, y + 12, "start"), agent.needsAttention() ? "now alarm" : "now", agent.reason());
            y += LANE;
        }
        return svg.done(
                "Swarm timeline",
                "One lane for each of " + Words.counted(shown.size(), "agent") + " from "
                        + Words.time(report.window().from()) + " to "
                        + Words.time(report.window().until())
                        + ", divided by state; the table below tells the same in numbers.");
    }

    private static void lane(Svg svg, TimeAxis axis, AgentFigures agent, double y) {
        double drawnTo = LEFT;
        for (Stretch stretch : agent.stretches()) {
            double end = axis.x(stretch.until());
            // Stretches that end within a pixel that is drawn are left to their neighbour.
            if (end - drawnTo < 0.5) {
                continue;
            }
            double width = end - drawnTo;
            String tip = width < TIP
                    ? ""
                    : stretch.condition() + " for " + Numbers.shown(stretch.length()) + ", "
                            + Words.time(stretch.from()) + " to " + Words.time(stretch.until());
            svg.rect(new Box(drawnTo, y, width, BAR), "c-" + stretch.condition().label(), tip);
            drawnTo = end;
        }
        for (Window stale : agent.silence().stale()) {
            double from = axis.x(stale.from());
            svg.rect(new Box(from, y, axis.x(stale.until()) - from, BAR), "hush", "silent for too long");
            svg.rect(new Box(from, y + BAR + 1, axis.x(stale.until()) - from, 2), "stale", "");
        }
    }
}
