package dev.rollcall.answers;

import dev.rollcall.app.Observation;
import dev.rollcall.app.PastRoll;
import dev.rollcall.document.AgentId;
import java.util.List;

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
        return JsonOutput.object(json -> json.time("at", past.at())
                .objects("agents", agents, JsonShapes::pastObservation)
                .texts("pruned", past.pruned().stream().map(AgentId::value).toList()));
    }
}
