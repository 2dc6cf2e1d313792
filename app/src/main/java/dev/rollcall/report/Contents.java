package dev.rollcall.report;

import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Passages;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What figures need of a document beyond the columns that history keeps.
 *
 * @param completed the texts of {@code completed_tasks} as they were written, by {@link #plain} text; in the order of
 *     the list, of equal ones the first
 * @param blockers the texts of the blockers column
 */
public record Contents(Map<String, String> completed, List<String> blockers) {
    public Contents {
        completed = Collections.unmodifiableMap(completed);
        blockers = List.copyOf(blockers);
    }

    /** Empty for bytes that are no status document any more. */
    public static Optional<Contents> of(byte[] bytes) {
        return StatusParser.parse(bytes) instanceof ParseResult.Parsed(StatusDocument document)
                ? Optional.of(of(document))
                : Optional.empty();
    }

    static Contents of(StatusDocument document) {
        Map<String, String> completed = new LinkedHashMap<>();
        document.root().member("completed_tasks").ifPresent(member -> {
            if (member.value() instanceof JsonValue.Arr list) {
                for (JsonValue item : list.items()) {
                    String text = Passages.textOf(item);
                    String plain = plain(text);
                    if (!plain.isEmpty()) {
                        completed.putIfAbsent(plain, text);
                    }
                }
            }
        });
        return new Contents(completed, StatusView.blockers(document));
    }

    /** Of a longer text this many characters count, so that a document of a megabyte is no figure of a megabyte. */
    static final int LONGEST = 1000;

    /** The text as far as it counts. */
    static String cut(String text) {
        return cut(text, LONGEST);
    }

    /** At most so many characters, and no half of one that takes two. */
    static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }

    /** The text in lower case, with one blank for each stretch of white space and none at its ends. By hand: it is hot. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        boolean isBlankBefore = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isBlank = c <= ' ' || (c > 0x7F && (Character.isWhitespace(c) || Character.isSpaceChar(c)));
            if (!isBlank) {
                plain.append(c);
            } else if (!isBlankBefore) {
                plain.append(' ');
            }
            isBlankBefore = isBlank;
        }
        if (isBlankBefore && !plain.isEmpty()) {
            plain.setLength(plain.length() - 1);
        }
        return plain.toString().toLowerCase(Locale.ROOT);
    }
}
