package dev.rollcall.dashboard;

import dev.rollcall.problem.ShownText;
import java.io.InputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * HTML being written: the only place of the pages where text becomes markup. Texts and attribute values are escaped here
 * and what can not be seen in them is made visible; whoever writes a page names tags and attributes, and never handles
 * markup as text. No attribute can run or style anything, and no address leads away from this server. For one thread.
 */
final class Html {
    /** Of a text that is shown whole somewhere else, or in a tip. */
    private static final int LONGEST_TIP = 1_000;

    /** Of any text: what is longer can be had through the API. */
    private static final int LONGEST = 20_000;

    private final Utf8Buffer out = new Utf8Buffer();

    /** @param attributes names and values in turn; one whose value is null is left out */
    Html open(String tag, @Nullable String... attributes) {
        out.add('<');
        out.add(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            String name = String.valueOf(attributes[i]);
            String value = attributes[i + 1];
            if (value != null) {
                demandHarmless(name, value);
                out.add(' ');
                out.add(name);
                out.add("=\"");
                escape(value, ' ');
                out.add('"');
            }
        }
        out.add('>');
        return this;
    }

    Html close(String tag) {
        out.add("</");
        out.add(tag);
        out.add('>');
        return this;
    }

    /** Line feeds and tabs become blanks. */
    Html text(String text) {
        escape(text, ' ');
        return this;
    }

    /** For an element that keeps lines as they are. */
    Html lines(String text) {
        escape(text, '\n');
        return this;
    }

    Html leaf(String tag, String text, @Nullable String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** At most so many code points of a text; where it is longer, a tip shows more of it. */
    Html capped(String tag, String text, int most, String style) {
        boolean isLong = text.length() > most && text.codePointCount(0, text.length()) > most;
        return isLong
                ? leaf(tag, cut(text, most), "class", style, "title", cut(text, LONGEST_TIP))
                : leaf(tag, text, "class", style);
    }

    /** What was written elsewhere, as it is now. */
    Html add(Html other) {
        out.add(other.out);
        return this;
    }

    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "\u2026";
    }

    private static void demandHarmless(String name, String value) {
        boolean isAddress = name.equals("href") || name.equals("src") || name.equals("action");
        if (name.startsWith("on")
                || name.equals("style")
                || name.equals("srcdoc")
                || isAddress && !isOfThisServer(value)) {
            throw new IllegalArgumentException("no page may have the attribute " + name + "=" + ShownText.of(value));
        }
    }

    private static boolean isOfThisServer(String address) {
        if (address.startsWith("?") || address.startsWith("#")) {
            return true;
        }
        return address.startsWith("/") && !address.startsWith("//") && !address.startsWith("/\\");
    }

    private void escape(String text, char lineFeed) {
        int length = Math.min(text.length(), LONGEST);
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.add("&amp;");
                case '<' -> out.add("&lt;");
                case '>' -> out.add("&gt;");
                case '"' -> out.add("&quot;");
                case '\'' -> out.add("&#39;");
                case '\n' -> out.add(lineFeed);
                case '\t', '\r' -> out.add(' ');
                default -> {
                    if (c >= ' ' && c < 0x7F) {
                        out.add(c);
                    } else {
                        i += visible(text.codePointAt(i)) - 1;
                    }
                }
            }
        }
        if (text.length() > length) {
            out.addCodePoint(0x2026);
        }
    }

    /** Tells how many units it was. */
    private int visible(int codePoint) {
        if (ShownText.isInvisible(codePoint)) {
            out.add(String.format(Locale.ROOT, codePoint > 0xFFFF ? "\\u{%x}" : "\\u%04x", codePoint));
        } else {
            out.addCodePoint(codePoint);
        }
        return Character.charCount(codePoint);
    }

    /** In bytes. */
    int length() {
        return out.length();
    }

    /** In UTF-8. */
    InputStream stream() {
        return out.stream();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
