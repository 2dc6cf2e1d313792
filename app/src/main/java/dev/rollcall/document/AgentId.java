package dev.rollcall.document;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The name of an agent: the name of its folder below the workspaces root, never reduced or normalised.
 *
 * <p>Accepted are 1 to {@value #MAX_CODE_POINTS} code points without path separators, control, invisible or
 * unassigned characters, white space at either end, and without the names that file systems keep for themselves.
 *
 * @param value the id exactly as the folder is called
 */
public record AgentId(String value) implements Comparable<AgentId> {
    public static final int MAX_CODE_POINTS = 128;

    private static final Set<String> RESERVED = Set.of(
            ".",
            "..",
            ".git",
            ".rollcall",
            "con",
            "prn",
            "aux",
            "nul",
            "com1",
            "com2",
            "com3",
            "com4",
            "com5",
            "com6",
            "com7",
            "com8",
            "com9",
            "lpt1",
            "lpt2",
            "lpt3",
            "lpt4",
            "lpt5",
            "lpt6",
            "lpt7",
            "lpt8",
            "lpt9");

    /** Of the reserved names without a dot. */
    private static final int LONGEST_RESERVED_WORD = 4;

    /** @throws ProblemException with {@link ProblemCode#INVALID_AGENT_ID} when the value can not be an agent's id */
    public AgentId {
        Optional<String> objection = objectionTo(value);
        if (objection.isPresent()) {
            throw new ProblemException(
                    ProblemCode.INVALID_AGENT_ID,
                    "agent id \"" + ShownText.of(value) + "\" " + objection.get(),
                    "An agent's id is the name of its folder below the workspaces root, for example Agent-7.");
        }
    }

    /** Why the text can not be an agent's id, or empty when it can. */
    public static Optional<String> objectionTo(String value) {
        return isPlain(value) ? Optional.empty() : objectionToUnusual(value);
    }

    /**
     * Letters, digits, hyphens and low lines only, and more of them than a reserved name without a dot has. Nearly all ids
     * are like that, and a pass over the swarm asks for each.
     */
    private static boolean isPlain(String value) {
        if (value.length() <= LONGEST_RESERVED_WORD || value.length() > MAX_CODE_POINTS) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> objectionToUnusual(String value) {
        if (value.isBlank()) {
            return Optional.of("is blank");
        }
        if (value.codePointCount(0, value.length()) > MAX_CODE_POINTS) {
            return Optional.of("is longer than " + MAX_CODE_POINTS + " characters");
        }
        if (value.indexOf('/') >= 0 || value.indexOf('\\') >= 0) {
            return Optional.of("contains a path separator");
        }
        if (hasInvisible(value)) {
            return Optional.of("contains a control or invisible character");
        }
        if (!value.strip().equals(value)) {
            return Optional.of("begins or ends with white space");
        }
        if (RESERVED.contains(stem(value))) {
            return Optional.of("is a reserved name");
        }
        return Optional.empty();
    }

    private static boolean hasInvisible(String value) {
        for (int i = 0; i < value.length(); i += Character.charCount(value.codePointAt(i))) {
            if (ShownText.isInvisible(value.codePointAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Spelled out like {@link #hashCode}, as a pass looks up every agent: what the JVM links for a record costs more. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AgentId agent && value.equals(agent.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /** As people count: Agent-2 before Agent-10. */
    @Override
    public int compareTo(AgentId other) {
        int natural = compareNaturally(value, other.value);
        return natural != 0 ? natural : value.compareTo(other.value);
    }

    private static int compareNaturally(String a, String b) {
        int i = 0;
        int j = 0;
        while (i < a.length() && j < b.length()) {
            int endOfA = endOfDigits(a, i);
            int endOfB = endOfDigits(b, j);
            int order = endOfA > i && endOfB > j
                    ? compareNumbers(withoutZeros(a, i, endOfA), withoutZeros(b, j, endOfB))
                    : Character.compare(a.charAt(i), b.charAt(j));
            if (order != 0) {
                return order;
            }
            i = Math.max(endOfA, i + 1);
            j = Math.max(endOfB, j + 1);
        }
        return Integer.compare(a.length() - i, b.length() - j);
    }

    /** Without zeros in front the longer number is the larger one. */
    private static int compareNumbers(String a, String b) {
        int byLength = Integer.compare(a.length(), b.length());
        return byLength != 0 ? byLength : a.compareTo(b);
    }

    private static String withoutZeros(String text, int start, int end) {
        int first = start;
        while (first < end && text.charAt(first) == '0') {
            first++;
        }
        return text.substring(first, end);
    }

    private static int endOfDigits(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    @Override
    public String toString() {
        return value;
    }

    /** Windows reserves its device names with any extension as well, so CON.txt is CON. */
    private static String stem(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.', 1);
        return dot < 0 || lower.equals("..") ? lower : lower.substring(0, dot);
    }
}
