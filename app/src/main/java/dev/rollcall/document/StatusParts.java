package dev.rollcall.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts a reported status into parts and a part into words. Stateless. */
final class StatusParts {
    /** What follows is an account of the part before ("ACTIVE - contract complete"), or a sequel to it. */
    enum Link {
        FIRST,
        ACCOUNT,
        SEQUEL
    }

    record Part(Link link, List<String> words) {}

    private static final String ACCOUNT_MARKS = ":;|()[]{}<>\"\n\u2012\u2013\u2014\u2015\u2022";

    private StatusParts() {}

    /** The parts that have words, the first one marked so. */
    static List<Part> of(String text) {
        List<Part> parts = new ArrayList<>(4);
        int start = 0;
        Link link = Link.FIRST;
        for (int i = 0; i <= text.length(); i++) {
            Link next = i == text.length() ? Link.ACCOUNT : linkAt(text, i);
            if (next == Link.FIRST) {
                continue;
            }
            List<String> words = words(text.substring(start, i));
            if (!words.isEmpty()) {
                parts.add(new Part(parts.isEmpty() ? Link.FIRST : link, words));
                link = next;
            } else if (next == Link.ACCOUNT) {
                link = next;
            }
            start = i + 1;
        }
        return parts;
    }

    /** How the character at this place ties what follows to what went before; FIRST when it does not part anything. */
    private static Link linkAt(String text, int at) {
        char c = text.charAt(at);
        if (ACCOUNT_MARKS.indexOf(c) >= 0) {
            return Link.ACCOUNT;
        }
        boolean spaceAfter = at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
        boolean spaceBefore = at == 0 || Character.isWhitespace(text.charAt(at - 1));
        if (c == '-') {
            return spaceAfter || spaceBefore ? Link.ACCOUNT : Link.FIRST;
        }
        return spaceAfter && (c == ',' || c == '.' || c == '!') ? Link.SEQUEL : Link.FIRST;
    }

    /** Runs of letters and digits in lower case, camelCase taken apart; a percent sign is the word percent. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>(8);
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean inWord = Character.isLetterOrDigit(c);
            if (start >= 0 && (!inWord || isHump(text, i))) {
                words.add(text.substring(start, i).toLowerCase(Locale.ROOT));
                start = -1;
            }
            if (inWord && start < 0) {
                start = i;
            }
            if (c == '%') {
                words.add("percent");
            }
        }
        return words;
    }

    /** Whether a new word begins with this capital: the P of inProgress, the M of ACTIVEMode. */
    private static boolean isHump(String text, int at) {
        if (!Character.isUpperCase(text.charAt(at))) {
            return false;
        }
        char before = text.charAt(at - 1);
        boolean lowerAfter = at + 1 < text.length() && Character.isLowerCase(text.charAt(at + 1));
        return Character.isLowerCase(before) || (Character.isUpperCase(before) && lowerAfter);
    }
}
