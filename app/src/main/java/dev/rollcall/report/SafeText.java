package dev.rollcall.report;

import dev.rollcall.problem.ShownText;
import java.util.Locale;

/** Text that agents wrote, made fit for a place where it must do nothing but be read. Pure. */
public final class SafeText {
    /** What starts a formula in a spreadsheet. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";

    /** What means something within a line of some Markdown and can be escaped with a backslash. */
    private static final String MARKS = "\\`*_{}[]()!|~^$+";

    private SafeText() {}

    /** Control, invisible and direction-changing characters become escapes; blanks and line feeds become one blank. */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (c == '\n' || c == '\r' || c == '\t') {
                shown.append(' ');
            } else if (ShownText.isInvisible(c)) {
                shown.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
            } else {
                shown.appendCodePoint(c);
            }
        });
        return shown.toString().strip();
    }

    /** Visible, and at most so many code points long. */
    public static String cut(String text, int most) {
        String visible = visible(text);
        return visible.codePointCount(0, visible.length()) <= most
                ? visible
                : visible.substring(0, visible.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    /** Visible, for HTML text and for attributes in double quotes. */
    public static String html(String text) {
        return visible(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Visible, for a line of Markdown or a cell of a table: no mark, no HTML, no link, nobody mentioned. */
    public static String markdown(String text) {
        StringBuilder escaped = new StringBuilder();
        // Mentions and bare links are found by services in plain text, too; an entity is none.
        visible(text).codePoints().forEach(c -> {
            if (c == '@') {
                escaped.append("&#64;");
            } else if (c == '<') {
                escaped.append("&lt;");
            } else if (c == '>') {
                escaped.append("&gt;");
            } else if (c == '&') {
                escaped.append("&amp;");
            } else if (c == ':' || c == '#') {
                escaped.append("&#").append(c).append(';');
            } else if (MARKS.indexOf(c) >= 0) {
                escaped.append('\\').appendCodePoint(c);
            } else {
                escaped.appendCodePoint(c);
            }
        });
        return escaped.toString().replace("www.", "www&#46;");
    }

    /** A field of RFC 4180 that no spreadsheet takes for a formula: one that could be gets an apostrophe before it. */
    public static String csv(String text) {
        String kept = withoutNul(text);
        String harmless = !kept.isEmpty() && FORMULA.indexOf(kept.charAt(0)) >= 0 ? "'" + kept : kept;
        boolean isPlain = harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                && harmless.strip().equals(harmless);
        return isPlain ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }

    /** Line feeds and tabs are data in a file for programs; what else can not be seen is shown as an escape. */
    private static String withoutNul(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c != '\n' && c != '\r' && c != '\t' && ShownText.isInvisible(c)) {
                kept.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\u{%x}" : "\\u%04x", c));
            } else {
                kept.appendCodePoint(c);
            }
        });
        return kept.toString();
    }
}
