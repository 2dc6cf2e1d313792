package dev.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A unit as systemd reads it, as far as systemd.syntax(7), systemd.unit(5) and systemd.service(5) describe: comments,
 * words in quotes with escapes, specifiers, variables in commands. Refuses what would mean something else there.
 */
record SystemdReading(List<String> lines) {
    static SystemdReading of(String unit) {
        return new SystemdReading(unit.lines()
                .filter(line -> !line.startsWith("#") && !line.startsWith(";"))
                .toList());
    }

    List<String> values(String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + "="))
                .map(line -> line.substring(key.length() + 1))
                .toList();
    }

    List<String> command() {
        return words(values("ExecStart").getFirst()).stream()
                .map(word -> halved(word, '$'))
                .toList();
    }

    Map<String, String> environment() {
        Map<String, String> variables = new TreeMap<>();
        for (String value : values("Environment")) {
            for (String word : words(value)) {
                variables.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            }
        }
        return variables;
    }

    /** Separated by white space outside of quotes; specifiers are resolved after the quotes are gone. */
    private static List<String> words(String value) {
        if (value.endsWith("\\")) {
            throw new IllegalArgumentException("continues on the next line: " + value);
        }
        List<String> words = new ArrayList<>();
        int at = 0;
        while (at < value.length()) {
            if (value.charAt(at) == ' ') {
                at++;
                continue;
            }
            if (value.charAt(at) == ';') {
                throw new IllegalArgumentException("begins another command: " + value.substring(at));
            }
            StringBuilder word = new StringBuilder();
            at = word(value, at, word);
            words.add(halved(word.toString(), '%'));
        }
        return words;
    }

    private static int word(String value, int start, StringBuilder word) {
        char quote = 0;
        for (int at = start; at < value.length(); at++) {
            char c = value.charAt(at);
            if (c == '\\') {
                at++;
                int digits = value.charAt(at) == 'u' ? 4 : value.charAt(at) == 'U' ? 8 : 0;
                word.append(
                        digits == 0
                                ? String.valueOf(escaped(value.charAt(at)))
                                : Character.toString(Integer.parseInt(value, at + 1, at + 1 + digits, 16)));
                at += digits;
            } else if (quote == 0 && c == ' ') {
                return at;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == c) {
                quote = 0;
            } else {
                word.append(c);
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("a quote is not closed: " + value);
        }
        return value.length();
    }

    private static char escaped(char c) {
        return switch (c) {
            case '\\', '"', '\'' -> c;
            case 's' -> ' ';
            case 'n' -> '\n';
            case 't' -> '\t';
            default -> throw new IllegalArgumentException("an escape that is not known: \\" + c);
        };
    }

    /** Two signs stand for one; a single one begins something that only systemd could resolve. */
    private static String halved(String text, char sign) {
        String twice = String.valueOf(sign).repeat(2);
        if (text.replace(twice, "").indexOf(sign) >= 0) {
            throw new IllegalArgumentException("a single " + sign + " in " + text);
        }
        return text.replace(twice, String.valueOf(sign));
    }
}
