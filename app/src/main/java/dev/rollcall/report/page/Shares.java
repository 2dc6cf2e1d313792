package dev.rollcall.report.page;

import dev.rollcall.report.Condition;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import dev.rollcall.report.Window;
import dev.rollcall.report.page.Svg.Box;
import dev.rollcall.report.page.Svg.Spot;
import java.time.Duration;
import java.util.Map;

/** For each day a column of the shares of agents' time in each state. */
final class Shares {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 260;
    private static final int LEFT = 48;
    private static final int TOP = 10;
    private static final int BOTTOM = 230;

    private Shares() {}

    static String of(Report report) {
        Svg svg = new Svg("shares", WIDTH, HEIGHT);
        for (int percent = 0; percent <= 100; percent += 25) {
            double y = BOTTOM - (BOTTOM - TOP) * percent / 100.0;
            svg.path("M" + LEFT + " " + Svg.number(y) + "H" + (WIDTH - 10), "grid");
            svg.text(new Spot(LEFT - 8, y + 4, "end"), "tick", percent + "%");
        }
        Map<Window, Map<Condition, Duration>> days = report.timesByDay();
        double step = (WIDTH - 10.0 - LEFT) / Math.max(1, days.size());
        double x = LEFT;
        double lastName = 0;
        for (Map.Entry<Window, Map<Condition, Duration>> day : days.entrySet()) {
            double width = Math.max(1, Math.min(90, step - 6));
            double left = x + (step - width) / 2;
            column(svg, left, width, day);
            if (left + width / 2 - lastName > 52) {
                lastName = left + width / 2;
                svg.text(new Spot(lastName, BOTTOM + 18, "middle"), "tick", name(day.getKey()));
            }
            x += step;
        }
        return svg.done(
                "State share per day",
                "A column for each day: which share of the agents' time they were in each state; the table below tells the"
                        + " same in numbers.");
    }

    static String name(Window day) {
        return day.from().toString().substring(5, 10);
    }

    private static void column(Svg svg, double x, double width, Map.Entry<Window, Map<Condition, Duration>> day) {
        double whole =
                day.getValue().values().stream().mapToDouble(Window::seconds).sum();
        double y = BOTTOM;
        for (Map.Entry<Condition, Duration> time : day.getValue().entrySet()) {
            double share = whole == 0 ? 0 : Window.seconds(time.getValue()) / whole;
            double height = (BOTTOM - TOP) * share;
            y -= height;
            svg.rect(
                    new Box(x, y, width, height),
                    "c-" + time.getKey().label(),
                    name(day.getKey()) + ": " + time.getKey() + " " + Numbers.percent(share));
            if (height >= 16 && width >= 34) {
                svg.rect(new Box(x + width / 2 - 17, y + height / 2 - 7, 34, 14), "plate", "");
                svg.text(new Spot(x + width / 2, y + height / 2 + 4, "middle"), "share", Numbers.percent(share));
            }
        }
    }
}
