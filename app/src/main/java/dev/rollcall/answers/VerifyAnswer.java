package dev.rollcall.answers;

import dev.rollcall.app.WatchAnswer;
import dev.rollcall.sync.Verdict;
import dev.rollcall.sync.Verification;
import dev.rollcall.sync.Verification.Clock;
import java.util.List;

/**
 * Whether files and roll agree.
 *
 * @param verifications one of each agent asked for
 * @param watch what a running watch says of itself: it may know more
 */
public record VerifyAnswer(List<Verification> verifications, WatchAnswer watch) {
    public long synced() {
        return number(Verdict.SYNCED);
    }

    public long left() {
        return number(Verdict.LEFT);
    }

    /** Neither SYNCED nor LEFT. */
    public long notSynced() {
        return verifications.size() - synced() - left();
    }

    private long number(Verdict verdict) {
        return verifications.stream()
                .filter(verification -> verification.verdict() == verdict)
                .count();
    }

    public String json() {
        return JsonOutput.object(json -> json.objects("agents", verifications, VerifyAnswer::agent)
                .number("synced", synced())
                .number("not_synced", notSynced())
                .object("watch", member -> JsonShapes.watch(member, watch)));
    }

    private static void agent(JsonOutput json, Verification verification) {
        Clock file = verification.file();
        Clock roll = verification.roll();
        json.text("agent_id", verification.agent().value())
                .text("verdict", verification.verdict().name())
                .text("file_updated", file == null ? null : file.updated())
                .text("database_updated", roll == null ? null : roll.updated())
                .number("lag_seconds", verification.lag().seconds())
                .number("lag_cycles", verification.lag().cycles())
                .number("search_pending", verification.searchPending())
                .objects(
                        "drift",
                        verification.drift(),
                        (drift, d) -> drift.text("where", d.where().label())
                                .text("field", d.field())
                                .text("entry", d.entry())
                                .text("expected", d.expected())
                                .text("actual", d.actual()))
                .text("reason", verification.reason());
    }
}
