package dev.rollcall.cli;

import dev.rollcall.answers.HitsAnswer;
import dev.rollcall.app.SearchRequest;
import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.AgentId;
import dev.rollcall.search.Question.Scope;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code similar}. */
@Command(
        name = "similar",
        description = "Agents like this one, by all that their documents say.",
        footer = {"", "Example: rollcall similar Agent-7"})
final class SimilarCommand extends FindingVerb {
    @Parameters(paramLabel = "ID", description = "The agent to compare with.")
    private String agent = "";

    @Mixin
    private final HowMany howMany = new HowMany();

    SimilarCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        int atMost = howMany.atMost();
        AgentId id = new AgentId(agent);
        List<Answer> answers = ask(new SearchRequest(Kind.SIMILAR, id.value(), Scope.ALL, Wanted.ANYBODY, atMost))
                .answers();
        if (root().isJson()) {
            root().println(HitsAnswer.ofSimilar(agent, answers));
        } else {
            StringBuilder text = new StringBuilder();
            if (!HitsAnswer.isAnybodyStrong(answers)) {
                text.append(answers.isEmpty() ? "Nobody to compare with.\n" : "Nobody is much like it. The nearest:\n");
            }
            answers.forEach(answer ->
                    text.append(shown(answer, figure(answer.hit().score()))).append('\n'));
            root().print(text.toString());
        }
        return attention(HitsAnswer.isAnybodyStrong(answers));
    }
}
