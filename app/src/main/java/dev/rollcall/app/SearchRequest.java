package dev.rollcall.app;

import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Question.Scope;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asks of the search: here, or of a running watch, which has the model loaded.
 *
 * @param text the question, or the id of the agent that others are to be like
 */
public record SearchRequest(Kind kind, String text, Scope scope, Wanted wanted, int atMost) {
    /** @throws IllegalArgumentException unless at least one answer is allowed */
    public SearchRequest {
        if (atMost < 1) {
            throw new IllegalArgumentException("at least one answer must be allowed, not " + atMost);
        }
    }

    /** What is asked. */
    public enum Kind {
        /** Who answers the question. */
        SEARCH,
        /** Who is like the agent. */
        SIMILAR,
        /** Who is at this piece of work now; scope and wishes do not count. */
        SAME_WORK
    }

    /** @throws dev.rollcall.problem.ProblemException UNKNOWN_AGENT where nobody has the id */
    public SearchAnswers askOf(SwarmSearch search) {
        return switch (kind) {
            case SEARCH -> search.ask(text, scope, wanted, atMost);
            case SIMILAR -> SearchAnswers.ofTexts(search.similar(new AgentId(text), wanted, atMost), search.notices());
            case SAME_WORK -> SearchAnswers.ofTexts(search.atWork(text, atMost), search.notices());
        };
    }

    /** In one line, without its end. */
    String line() {
        return String.join(
                "\t",
                kind.name(),
                scope.name(),
                name(wanted.state()),
                name(wanted.freshness()),
                String.valueOf(atMost),
                AnswerLines.escaped(text));
    }

    /** @throws IllegalArgumentException for a line that no {@link #line} is */
    static SearchRequest of(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 6) {
            throw new IllegalArgumentException("no request: " + fields.length + " fields");
        }
        return new SearchRequest(
                Kind.valueOf(fields[0]),
                AnswerLines.unescaped(fields[5]),
                Scope.valueOf(fields[1]),
                new Wanted(
                        fields[2].isEmpty() ? null : State.valueOf(fields[2]),
                        fields[3].isEmpty() ? null : Freshness.valueOf(fields[3])),
                Integer.parseInt(fields[4]));
    }

    private static String name(@Nullable Enum<?> value) {
        return value == null ? "" : value.name();
    }
}
