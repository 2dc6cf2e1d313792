package dev.rollcall.app;

import dev.rollcall.app.SwarmSearch.Answer;
import java.util.List;

/**
 * Who answers a question.
 *
 * @param answers the best first
 * @param notices what they lack, in sentences; empty when nothing
 */
public record SearchAnswers(List<Answer> answers, List<String> notices, Source source) {
    /** What an answer was read from. */
    public enum Source {
        /** The columns of the roll, which know every agent's state. */
        COLUMNS,
        /** What agents wrote. */
        TEXTS
    }

    public SearchAnswers {
        answers = List.copyOf(answers);
        notices = List.copyOf(notices);
    }
}
