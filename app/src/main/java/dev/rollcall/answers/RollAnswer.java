package dev.rollcall.answers;

import dev.rollcall.app.Observation;
import dev.rollcall.app.PastRoll;
import dev.rollcall.document.AgentId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The whole roll, or those of it who are wanted. */
public final class RollAnswer {
    private RollAnswer() {}

    /** As of now. */
    public static String json(List<Observation> agents) {
        return JsonOutput.object(json -> json.objects("agents", agents, JsonShapes::observation));
    }

    /**
     * As it was.
     *
     * @param agents of it, those that are wanted
     */
    public static String json(PastRoll past, List<Observation> agents) {
        return JsonOutput.object(json -> past(json, past, agents));
    }

    /**
     * As it was, a page of it.
     *
     * @param total of how many it is a page
     * @param next where the next page begins; null on the last one
     */
    public static String page(PastRoll past, List<Observation> agents, int total, @Nullable Long next) {
        return JsonOutput.object(json -> past(json.number("total", total).number("next_offset", next), past, agents));
    }

    private static void past(JsonOutput json, PastRoll past, List<Observation> agents) {
        json.time("at", past.at())
                .objects("agents", agents, JsonShapes::pastObservation)
                .texts("pruned", past.pruned().stream().map(AgentId::value).toList());
    }
}
