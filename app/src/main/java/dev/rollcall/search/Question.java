package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import java.util.function.Predicate;

/**
 * Who is looked for.
 *
 * @param text in anybody's words
 * @param eligible who may be an answer
 * @param atMost answers, at least 1
 */
public record Question(String text, Scope scope, Predicate<AgentId> eligible, int atMost) {
    /** A model reads some 200 words; what somebody pastes beyond that costs time and changes nothing. */
    private static final int MAX_CODE_POINTS = 2_000;

    public Question {
        if (atMost < 1) {
            throw new IllegalArgumentException("at least one answer must be allowed, not " + atMost);
        }
        text = text.strip();
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            text = text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS));
        }
    }

    /** Which passages count more. A weight and no filter: filters lost answers that weights keep. */
    public enum Scope {
        /** What agents are at. */
        CURRENT,
        /** What agents have done and what they are for. */
        EXPERTISE,
        ALL
    }
}
