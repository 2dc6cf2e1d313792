package dev.rollcall.dashboard;

import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollItem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A rejected file around the place where it went wrong, which is marked. What can not be seen is shown as an escape, and a
 * byte that is no text as the sign for that.
 */
final class Excerpt {
    private static final int LINES_BEFORE = 6;
    private static final int LINES_AFTER = 3;
    private static final int LINE = 160;

    private Excerpt() {}

    static void draw(Html html, RollItem.Rejection rejection, RejectedDocument document) {
        ParseResult.Rejected why = document.rejection();
        Position position = why.position();
        html.open("p")
                .leaf("code", why.code().label(), "class", "code")
                .text(" " + Card.place(position) + Html.cut(why.message(), 300))
                .close("p");
        byte[] bytes = rejection.bytes();
        if (bytes.length == 0) {
            html.leaf("p", "The file is empty, or none of it was kept.", "class", "soft");
        } else if (position == null) {
            lines(html, new Part(text(bytes, 0, Math.min(bytes.length, 600)), 1), -1, 0);
        } else if (position.byteOffset() > bytes.length) {
            html.leaf("p", "The place is beyond what is kept of the file.", "class", "soft");
        } else {
            around(html, bytes, position);
        }
        html.leaf(
                "p",
                Html.cut(document.sourcePath(), 300) + ", " + rejection.size() + " bytes, rejected since "
                        + Shown.time(document.since()),
                "class",
                "soft path");
    }

    private record Part(String text, int firstLine) {}

    /** Whole lines, as far as they are not endless. */
    private static void around(Html html, byte[] bytes, Position position) {
        int at = Math.toIntExact(position.byteOffset());
        int begin = lineStart(bytes, at);
        int first = position.line();
        for (int i = 0; i < LINES_BEFORE && begin > 0 && at - begin < 4_000; i++) {
            begin = lineStart(bytes, begin - 1);
            first--;
        }
        begin = Math.max(begin, at - 4_000);
        int end = at;
        for (int i = 0; i <= LINES_AFTER && end < bytes.length; i++) {
            end = lineEnd(bytes, end) + 1;
        }
        end = Math.min(Math.min(bytes.length, Math.max(end, at)), at + 2_000);
        String before = text(bytes, begin, at);
        lines(html, new Part(before + text(bytes, at, end), Math.max(1, first)), before.length(), position.line());
    }

    private static int lineStart(byte[] bytes, int at) {
        int start = Math.min(at, bytes.length);
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(byte[] bytes, int at) {
        int end = at;
        while (end < bytes.length && bytes[end] != '\n') {
            end++;
        }
        return end;
    }

    private static String text(byte[] bytes, int from, int until) {
        return new String(bytes, from, Math.max(0, until - from), StandardCharsets.UTF_8);
    }

    /** @param mark the place in the text; negative for none */
    private static void lines(Html html, Part part, int mark, int marked) {
        html.open("pre", "class", "excerpt", "tabindex", "0", "aria-label", "The file around the place");
        int start = 0;
        int number = part.firstLine();
        for (String line : split(part.text())) {
            int end = start + line.length();
            boolean isMarked =
                    mark >= start && (mark <= end || end == part.text().length()) && number == marked;
            html.open("span", "class", isMarked ? "ln here" : "ln")
                    .leaf("b", number + " ", "class", "no", "data-no", Integer.toString(number));
            if (isMarked) {
                marked(html, line, Math.min(mark - start, line.length()));
            } else {
                html.lines(Html.cut(visible(line), LINE));
            }
            html.close("span");
            start = end + 1;
            number++;
        }
        html.close("pre");
    }

    private static List<String> split(String text) {
        return new ArrayList<>(List.of(text.split("\n", -1)));
    }

    /** Of a long line what stands near the place. */
    private static void marked(Html html, String line, int at) {
        int from = Math.max(0, at - LINE / 2);
        int next = at < line.length() ? line.offsetByCodePoints(at, 1) : at;
        html.lines((from > 0 ? "\u2026" : "") + visible(line.substring(from, at)))
                .open("mark", "title", "here")
                .lines(at < line.length() ? visible(line.substring(at, next)) : "\u23ce")
                .close("mark")
                .lines(Html.cut(visible(line.substring(next)), LINE))
                .leaf("span", " \u25c0 here", "class", "here-word");
    }

    /** Tabs and carriage returns are seen, too. */
    private static String visible(String text) {
        return text.replace("\t", "\\t").replace("\r", "\\r");
    }
}
