package dev.rollcall.report.page;

import dev.rollcall.report.Window;
import dev.rollcall.report.page.Svg.Spot;
import java.time.Instant;

/** Time from left to right: where a moment stands, and the lines and names of hours or days. */
record TimeAxis(Window window, double left, double right) {
    private static final int CLOSEST = 56;
    private static final int DAYS_BY_HOUR = 3;

    double x(Instant time) {
        double whole = Window.seconds(window.length());
        double part = Window.seconds(java.time.Duration.between(window.from(), time));
        return whole == 0 ? left : left + (right - left) * Math.clamp(part / whole, 0, 1);
    }

    /** Lines between the two heights, names above the upper one. */
    void draw(Svg svg, double top, double bottom) {
        double last = left - CLOSEST;
        for (Window part : isByHour() ? window.byHour() : window.byDay()) {
            double x = x(part.from());
            boolean isRound = !isByHour() || part.from().getEpochSecond() % (3600L * hours()) == 0;
            boolean isWhole = !part.from().equals(window.from());
            if (isWhole && isRound && x - last >= CLOSEST && x <= right - CLOSEST / 2.0) {
                svg.path("M" + Svg.number(x) + " " + Svg.number(top) + "V" + Svg.number(bottom), "grid");
                svg.text(new Spot(x, top - 6, "middle"), "tick", name(part.from()));
                last = x;
            }
        }
    }

    private boolean isByHour() {
        return window.days() <= DAYS_BY_HOUR;
    }

    /** Between two names, so that one stands at midnight: a divisor of a day. */
    private int hours() {
        double width = (right - left) / Math.max(1, window.days() * 24);
        for (int hours : new int[] {1, 2, 3, 6, 12}) {
            if (hours * width >= CLOSEST) {
                return hours;
            }
        }
        return 24;
    }

    private String name(Instant time) {
        String text = time.toString();
        return isByHour() && !text.contains("T00:00") ? text.substring(11, 16) : text.substring(5, 10);
    }
}
