package dev.rollcall.answers;

import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.app.SwarmSearch.Recommended;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.Recommendation;
import java.util.List;

/** Who should take a task, the best first, and what that is made of. */
public final class RecommendationAnswer {
    private RecommendationAnswer() {}

    public static String json(String task, List<Recommended> recommended) {
        return JsonOutput.object(json -> json.text("query", task)
                .objects("hits", recommended, (member, one) -> {
                    Recommendation parts = one.recommendation();
                    HitsAnswer.hit(member, answer(one));
                    member.decimal("recommendation", HitsAnswer.rounded(parts.score()))
                            .decimal("expertise", HitsAnswer.rounded(parts.expertise()))
                            .decimal("availability", HitsAnswer.rounded(parts.availability()))
                            .decimal("load", HitsAnswer.rounded(parts.load()));
                })
                .flag("anybody_fits", () -> isAnybodyStrong(recommended)));
    }

    /** The agent as an answer to a question. */
    public static Answer answer(Recommended one) {
        return new Answer(one.recommendation().hit(), one.state(), one.freshness());
    }

    public static boolean isAnybodyStrong(List<Recommended> recommended) {
        return recommended.stream().anyMatch(one -> one.recommendation().hit().strength() == Strength.STRONG);
    }
}
