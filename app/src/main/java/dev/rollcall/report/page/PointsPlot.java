package dev.rollcall.report.page;

import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Gain;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.page.Svg.Spot;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoublePredicate;

/** Points gained since the window's beginning: of all agents as an area, of the best five as lines with their names. */
final class PointsPlot {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 300;
    private static final int LEFT = 64;
    private static final int RIGHT = 800;
    private static final int TOP = 26;
    private static final int BOTTOM = 280;
    private static final int LINES = 5;
    private static final int NAME = 15;

    private final double most;
    private final TimeAxis axis;
    private final Svg svg = new Svg("points", WIDTH, HEIGHT);

    private PointsPlot(Report report) {
        boolean isWhole = report.agents().stream()
                .flatMap(agent -> agent.activity().points().stream())
                .allMatch(gain -> isWhole(gain.amount()));
        most = rounded(
                Math.max(1, report.points().doubleValue()),
                isWhole ? value -> value == Math.rint(value) : value -> true);
        axis = new TimeAxis(report.window(), LEFT, RIGHT);
    }

    static String of(Report report) {
        return new PointsPlot(report).draw(report);
    }

    private String draw(Report report) {
        axis.draw(svg, TOP - 6, BOTTOM);
        for (int quarter = 0; quarter <= 4; quarter++) {
            double value = most * quarter / 4;
            svg.path("M" + LEFT + " " + Svg.number(y(value)) + "H" + RIGHT, "grid");
            svg.text(new Spot(LEFT - 8, y(value) + 4, "end"), "tick", Numbers.shown(value));
        }
        List<Gain> all = report.agents().stream()
                .flatMap(agent -> agent.activity().points().stream())
                .sorted(Comparator.comparing(Gain::at))
                .toList();
        String outline = steps(all);
        svg.path("M" + LEFT + " " + BOTTOM + "V" + Svg.number(y(0)) + outline + "V" + BOTTOM + "Z", "area");
        svg.path("M" + LEFT + " " + Svg.number(y(0)) + outline, "line");
        List<AgentFigures> leaders = report.leaderboard().stream()
                .filter(agent -> agent.activity().pointsGained().signum() > 0)
                .limit(LINES)
                .toList();
        for (int i = 0; i < leaders.size(); i++) {
            String line = steps(leaders.get(i).activity().points());
            svg.path("M" + LEFT + " " + Svg.number(y(0)) + line, "agent-line l" + i);
        }
        names(report, leaders);
        return svg.done(
                "Points over time",
                "Points gained by all agents since the beginning: " + Numbers.shown(report.points())
                        + " in the end. The leaderboard tells who gained them.");
    }

    /** From the left edge at the height of 0 to the right edge. */
    private String steps(List<Gain> gains) {
        StringBuilder path = new StringBuilder();
        BigDecimal sum = BigDecimal.ZERO;
        double drawnTo = LEFT;
        for (Gain gain : gains) {
            sum = sum.add(gain.amount());
            double x = axis.x(gain.at());
            if (x - drawnTo >= 0.5) {
                path.append('H').append(Svg.number(x));
                drawnTo = x;
            }
            path.append('V').append(Svg.number(y(sum.doubleValue())));
        }
        return path.append('H').append(RIGHT).toString();
    }

    /** Beside the ends of their lines, moved up where they would overlap. */
    private void names(Report report, List<AgentFigures> leaders) {
        double lowest = BOTTOM + NAME;
        List<String> texts = new ArrayList<>();
        List<Double> values = new ArrayList<>();
        for (AgentFigures agent : leaders.reversed()) {
            texts.add(SafeText.cut(agent.agent().value(), 14));
            values.add(agent.activity().pointsGained().doubleValue());
        }
        texts.add("everybody");
        values.add(report.points().doubleValue());
        for (int i = 0; i < texts.size(); i++) {
            double y = Math.min(y(values.get(i)) + 4, lowest - NAME);
            lowest = y;
            svg.text(new Spot(RIGHT + 8, y, "start"), "now", texts.get(i) + " " + Numbers.shown(values.get(i)));
        }
    }

    /** Up to the next number whose quarters are easy to read, and whole where all points are. */
    private static double rounded(double value, DoublePredicate isReadable) {
        for (double power = Math.pow(10, Math.floor(Math.log10(value))); ; power *= 10) {
            for (double step : new double[] {1, 2, 4, 6, 8}) {
                if (value <= step * power && isReadable.test(step * power / 4)) {
                    return step * power;
                }
            }
        }
    }

    private static boolean isWhole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    private double y(double value) {
        return BOTTOM - (BOTTOM - TOP) * value / most;
    }
}
