package dev.rollcall.cli;

import dev.rollcall.answers.HitsAnswer;
import dev.rollcall.app.SearchAnswers;
import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.app.SearchRequest;
import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.State;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Question.Scope;
import dev.rollcall.search.StateQuestion;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code search}. */
@Command(
        name = "search",
        description = {
            "Agents by meaning: who does it, knows it, or did it before.",
            "A question about states alone is answered from the roll's columns."
        },
        footer = {"", "Example: rollcall search \"who is hunting memory leaks\""})
final class SearchCommand extends FindingVerb {
    @Parameters(paramLabel = "QUERY", arity = "1..*", description = "What to look for, in your own words.")
    private List<String> words = List.of();

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What counts more: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
            defaultValue = "all")
    private Weight scope = Weight.all;

    @Option(names = "--state", paramLabel = "S", description = "Only agents in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(
            names = "--freshness",
            paramLabel = "F",
            description = "Only agents of this freshness: ${COMPLETION-CANDIDATES}.")
    private @Nullable Freshness freshness;

    @Mixin
    private final HowMany howMany = new HowMany();

    SearchCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What a user types for a {@link Scope}. */
    enum Weight {
        current(Scope.CURRENT),
        expertise(Scope.EXPERTISE),
        all(Scope.ALL);

        private final Scope scope;

        Weight(Scope scope) {
            this.scope = scope;
        }
    }

    @Override
    public Integer call() {
        if (query().isBlank()) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "the question is empty", "Say in a few words whom you are looking for.");
        }
        int atMost = howMany.atMost();
        SearchAnswers told =
                ask(new SearchRequest(Kind.SEARCH, query(), scope.scope, new Wanted(state, freshness), atMost));
        List<Answer> answers = told.answers();
        if (root().isJson()) {
            root().println(HitsAnswer.ofSearch(query(), told));
        } else {
            root().print(
                            answers.isEmpty()
                                    ? TerminalText.wrapped(nobody(told.source()), 0) + "\n"
                                    : text(answers) + more(told));
        }
        return attention(HitsAnswer.isAnybodyStrong(answers));
    }

    private String query() {
        return String.join(" ", words);
    }

    private String nobody(Source source) {
        String among = state == null && freshness == null ? "." : ", among those that --state and --freshness leave.";
        return StateQuestion.in(query())
                .filter(states -> source == Source.COLUMNS)
                .map(states -> states.isNobody() + among)
                .orElse("Nobody on the roll answers that.");
    }

    private static String more(SearchAnswers told) {
        int all = told.answers().size() + told.more();
        return told.more() == 0 ? "" : "... and " + told.more() + " more, all with -k " + all + "\n";
    }

    private String text(List<Answer> answers) {
        StringBuilder text = new StringBuilder();
        if (!HitsAnswer.isAnybodyStrong(answers)) {
            text.append("Nobody clearly fits. The nearest, all weak:\n");
        }
        answers.forEach(answer ->
                text.append(shown(answer, figure(answer.hit().score()))).append('\n'));
        return text.toString();
    }
}
