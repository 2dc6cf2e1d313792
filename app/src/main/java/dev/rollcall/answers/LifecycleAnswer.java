package dev.rollcall.answers;

import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.lifecycle.LifecycleOutcome;
import java.util.List;
import java.util.function.Consumer;

/** What a lifecycle verb did. */
public final class LifecycleAnswer {
    private LifecycleAnswer() {}

    /** @param more members that only one verb tells */
    public static String json(LifecycleOutcome outcome, Consumer<JsonOutput> more) {
        return JsonOutput.object(json -> {
            json.text("agent_id", outcome.agent().value())
                    .flag("written", () -> true)
                    .flag("synced", outcome::isSynced)
                    .number("revision", outcome.isSynced() ? Long.valueOf(outcome.revision()) : null)
                    .number("cycle_count", outcome.cycleCount())
                    .flag("created", outcome::isNew);
            more.accept(json);
        });
    }

    /** Who is already at the work that a mission begins. */
    public static void sameWork(JsonOutput json, List<Answer> others) {
        json.objects(
                "same_work",
                others,
                (member, other) -> member.text("agent_id", other.hit().agent().value())
                        .text("state", other.state().name())
                        .text("freshness", other.freshness().name())
                        .text("field", other.hit().passage().field())
                        .text("text", other.hit().passage().text()));
    }
}
