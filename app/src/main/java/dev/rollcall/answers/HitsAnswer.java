package dev.rollcall.answers;

import dev.rollcall.app.SearchAnswers;
import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Agents that answer a question, the best first, each with the passage that says so. */
public final class HitsAnswer {
    /** Decimal places of scores: what lies beyond is noise. */
    private static final int PLACES = 3;

    private HitsAnswer() {}

    /** To a question. */
    public static String ofSearch(String query, SearchAnswers told) {
        return json(query, told.answers(), json -> {
            json.text("answered_from", told.source().name().toLowerCase(Locale.ROOT));
            // Of texts nobody knows how many answer a question at all.
            json.number("more", told.source() == Source.COLUMNS ? Long.valueOf(told.more()) : null);
        });
    }

    /** Like an agent. */
    public static String ofSimilar(String agent, List<Answer> answers) {
        return json(agent, answers, json -> {});
    }

    private static String json(String query, List<Answer> answers, Consumer<JsonOutput> more) {
        return JsonOutput.object(json -> {
            json.text("query", query)
                    .objects("hits", answers, HitsAnswer::hit)
                    .flag("anybody_fits", () -> isAnybodyStrong(answers));
            more.accept(json);
        });
    }

    static void hit(JsonOutput json, Answer answer) {
        Hit hit = answer.hit();
        FoundPassage passage = hit.passage();
        json.text("agent_id", hit.agent().value())
                .decimal("score", rounded(hit.score()))
                .text("strength", hit.strength().name().toLowerCase(Locale.ROOT))
                .text("text", passage.text())
                .text("field", passage.field())
                .number("revision", passage.revision())
                .text("state", answer.state().name())
                .text("freshness", answer.freshness().name())
                .flag("past", () -> passage.when() == When.BEFORE)
                .time("at", passage.at())
                .decimal("similarity", rounded(hit.similarity()))
                .decimal("shared_words", rounded(hit.sharedWords()))
                .decimal("profile", rounded(hit.profile()));
    }

    static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(PLACES, RoundingMode.HALF_UP);
    }

    public static boolean isAnybodyStrong(List<Answer> answers) {
        return answers.stream().anyMatch(answer -> answer.hit().strength() == Strength.STRONG);
    }
}
