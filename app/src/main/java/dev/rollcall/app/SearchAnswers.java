package dev.rollcall.app;

import dev.rollcall.app.SwarmSearch.Answer;
import java.util.List;

/**
 * Who answers a question.
 *
 * @param answers the best first
 * @param notices what they lack, in sentences; empty when nothing
 * @param more who are in the states asked for besides; 0 where the answer is from texts
 */
public record SearchAnswers(List<Answer> answers, List<String> notices, Source source, int more) {
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

    /** From what agents wrote, where nobody can say how many answer a question at all. */
    static SearchAnswers ofTexts(List<Answer> answers, List<String> notices) {
        return new SearchAnswers(answers, notices, Source.TEXTS, 0);
    }
}
