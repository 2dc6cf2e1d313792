package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.lifecycle.RollUpdate;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.StatusSource.Read;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * Records what a lifecycle verb wrote, and what stood in the file before if the roll had not seen it. The store is
 * opened only when there is something to record, so that a verb can write while the roll is out of reach.
 */
public final class AfterWrite implements RollUpdate {
    private static final int MAX_ATTEMPTS = 50;

    private final StatusSource source;
    private final Supplier<RollStore> store;
    private final InstantSource clock;
    private final Changes changes;

    public AfterWrite(StatusSource source, Supplier<RollStore> store, ReadingRules rules, InstantSource clock) {
        this.source = source;
        this.store = store;
        this.clock = clock;
        this.changes = new Changes(source, rules);
    }

    @Override
    public Outcome record(AgentId agent, byte[] before, byte[] after) {
        try {
            RollStore roll = store.get();
            recordUnseen(roll, agent, before, after);
            return recordWritten(roll, agent, after);
        } catch (ProblemException unavailable) {
            return new Outcome.NotSynced(unavailable.problem().message());
        }
    }

    /**
     * The bytes that the verb replaced: they stood in the file until now, so they belong to history, unless somebody has
     * recorded a later version meanwhile. Nobody has when the file still holds what was written, looked at after the
     * standing, and the standing is not of that.
     */
    private void recordUnseen(RollStore roll, AgentId agent, byte[] before, byte[] after) {
        Standing standing = standing(roll, agent);
        String recorded = roll.latestSha256(agent).orElse("");
        if (before.length > 0
                && !DocumentContent.sha256Of(before).equals(recorded)
                && !DocumentContent.sha256Of(after).equals(recorded)
                && source.read(agent) instanceof Read.Content file
                && Arrays.equals(file.bytes(), after)
                && StatusParser.parse(before) instanceof ParseResult.Parsed(StatusDocument document)) {
            Instant now = clock.instant();
            // No stamp: the file holds other bytes by now. A refusal means that somebody else saw them first.
            var unseen = new Seen.Settled(document, FileStamp.labelled("", now), now);
            roll.record(List.of(changes.accepted(standing, unseen, Origin.SYNC, Extent.CHANGES)), Durability.AT_ONCE);
        }
    }

    private Outcome recordWritten(RollStore roll, AgentId agent, byte[] after) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            Standing standing = standing(roll, agent);
            Instant at = clock.instant();
            if (!(source.read(agent) instanceof Read.Content file)
                    || !Arrays.equals(file.bytes(), after)
                    || !(StatusParser.parse(after) instanceof ParseResult.Parsed(StatusDocument document))) {
                return new Outcome.NotSynced("somebody else changed the file right after it was written");
            }
            var written = new Seen.Settled(document, file.stamp(), at);
            var change = changes.accepted(standing, written, Origin.LIFECYCLE, Extent.CHANGES);
            switch (roll.record(List.of(change), Durability.AT_ONCE).getFirst()) {
                case RecordOutcome.Recorded recorded -> {
                    return new Outcome.Synced(recorded.revision());
                }
                case RecordOutcome.Noted noted -> {
                    return new Outcome.Synced(noted.revision());
                }
                case RecordOutcome.Owned owned -> {
                    return new Outcome.NotSynced("it is recorded by " + owned.owner() + ", not by " + owned.refused());
                }
                case RecordOutcome.Superseded superseded -> {}
            }
        }
        return new Outcome.NotSynced("other processes recorded this agent " + MAX_ATTEMPTS + " times in a row first");
    }

    private static Standing standing(RollStore roll, AgentId agent) {
        return roll.standing(agent).orElseGet(() -> Standing.unknown(agent));
    }
}
