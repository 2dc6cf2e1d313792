package dev.rollcall.report.page;

import dev.rollcall.report.SafeText;
import java.util.Locale;

/** One drawing as inline SVG. All texts are made safe here; coordinates are in pixels of the drawing. */
final class Svg {
    private final StringBuilder body = new StringBuilder();
    private final String id;
    private final int width;
    private final int height;

    /** @param id unique on the page */
    Svg(String id, int width, int height) {
        this.id = id;
        this.width = width;
        this.height = height;
    }

    /** A rectangle. */
    record Box(double x, double y, double width, double height) {}

    /** Where a text stands, and which of its ends: start, middle or end. */
    record Spot(double x, double y, String anchor) {}

    /** @param tip what a pointer over it shows; empty for nothing */
    Svg rect(Box box, String style, String tip) {
        body.append(String.format(
                Locale.ROOT,
                "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\"",
                style,
                number(box.x()),
                number(box.y()),
                number(box.width()),
                number(box.height())));
        body.append(tip.isEmpty() ? "/>" : "><title>" + SafeText.html(tip) + "</title></rect>");
        return this;
    }

    Svg text(Spot spot, String style, String text) {
        body.append(String.format(
                Locale.ROOT,
                "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
                style,
                number(spot.x()),
                number(spot.y()),
                spot.anchor(),
                SafeText.html(text)));
        return this;
    }

    Svg path(String data, String style) {
        body.append("<path class=\"")
                .append(style)
                .append("\" d=\"")
                .append(data)
                .append("\"/>");
        return this;
    }

    /** The whole element; title and description are what somebody hears who does not see it. */
    String done(String title, String description) {
        return String.format(
                Locale.ROOT,
                "<div class=\"plot\" tabindex=\"0\"><svg role=\"img\" aria-labelledby=\"%1$s-t %1$s-d\" viewBox=\"0 0 %2$d %3$d\""
                        + " width=\"%2$d\" height=\"%3$d\"><title id=\"%1$s-t\">%4$s</title><desc id=\"%1$s-d\">%5$s</desc>"
                        + "%6$s</svg></div>\n",
                id,
                width,
                height,
                SafeText.html(title),
                SafeText.html(description),
                body);
    }

    /** At most one digit after the point. */
    static String number(double value) {
        double rounded = Math.round(value * 10) / 10.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }
}
