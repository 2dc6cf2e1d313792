package dev.rollcall.answers;

import dev.rollcall.app.Observation;
import dev.rollcall.app.PastAgent;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Revision;

/** One agent, with its document. */
public final class AgentAnswer {
    private AgentAnswer() {}

    /**
     * As of now.
     *
     * @param document the accepted document as JSON text, or {@code "null"}
     */
    public static String json(Observation observation, String document) {
        return JsonOutput.object(json -> {
            JsonShapes.observation(json, observation);
            json.json("document", document);
        });
    }

    /** As it was. */
    public static String json(PastAgent past) {
        VersionDocument document = past.document();
        Revision version = past.version();
        return JsonOutput.object(json -> {
            JsonShapes.observation(json, past.observation());
            json.time("at", past.at())
                    .time("observed_at", version == null ? null : version.observedAt())
                    .text("origin", version == null ? null : version.origin())
                    .text("damaged", document instanceof VersionDocument.Illegible(String why) ? why : null)
                    .json(
                            "document",
                            document instanceof VersionDocument.Legible(var readable) ? readable.text() : "null");
        });
    }
}
