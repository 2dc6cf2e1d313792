package dev.rollcall.answers;

import dev.rollcall.document.EventText;
import dev.rollcall.document.ParseResult;
import dev.rollcall.roll.RollEvent;

/** Something that happened to an agent. */
public final class EventAnswer {
    private EventAnswer() {}

    public static String json(RollEvent event) {
        return JsonOutput.object(json -> {
            json.number("seq", event.seq())
                    .time("at", event.at())
                    .text("agent_id", event.agent().value())
                    .text("kind", event.kind().label())
                    .number("revision", event.revision())
                    .json("changes", EventText.ofChanges(event.changes()));
            ParseResult.Rejected rejection = event.rejection();
            json.json("rejection", rejection == null ? "null" : EventText.ofRejection(rejection));
        });
    }
}
