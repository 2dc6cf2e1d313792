package dev.rollcall.answers;

import dev.rollcall.app.SwarmSearch.Overlapped;
import dev.rollcall.app.SwarmSearch.Overlapping;
import dev.rollcall.search.RollPassages.FoundPassage;
import java.util.List;

/** Pairs of agents that do the same work now, the likest first. */
public final class OverlapsAnswer {
    private OverlapsAnswer() {}

    public static String json(Overlapped found) {
        return JsonOutput.object(json ->
                json.objects("pairs", found.pairs(), OverlapsAnswer::pair).number("more", found.more()));
    }

    private static void pair(JsonOutput json, Overlapping both) {
        FoundPassage first = both.pair().first();
        FoundPassage second = both.pair().second();
        json.texts("agents", List.of(first.agent().value(), second.agent().value()))
                .decimal("score", HitsAnswer.rounded(both.pair().score()))
                .texts("texts", List.of(first.text(), second.text()))
                .texts("fields", List.of(first.field(), second.field()))
                .texts("freshness", List.of(both.first().name(), both.second().name()));
    }
}
