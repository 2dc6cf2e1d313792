package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.SettledReader.Waiting;
import java.util.List;
import java.util.Optional;

/** Looks at agents' files once and takes over into the roll what is finished. For one thread at a time. */
final class Intake {
    private final SettledReader reader;
    private final Changes changes;

    Intake(SettledReader reader, Changes changes) {
        this.reader = reader;
        this.changes = changes;
    }

    /** How an agent's file is to be looked at. */
    @FunctionalInterface
    interface Manner {
        Extent extent();

        /** Whether a file that may still be written is taken for what it is by now. */
        default boolean isOutOfPatience(AgentId agent) {
            return false;
        }

        /** Whether a change is worth a transaction. */
        default boolean isNews(RollChange change) {
            return true;
        }
    }

    /**
     * Batch by batch, reading ahead. Only the end is told of, so the last transaction makes those before it durable, too.
     *
     * @throws dev.rollcall.problem.ProblemException DATABASE_UNAVAILABLE; batches before the failing one are recorded
     */
    void take(List<Standing> due, Manner manner, RollStore roll, Tally tally) {
        tally.expect(due.size());
        List<RollChange> last = List.of();
        try (ReadAhead ahead = new ReadAhead(due, standing -> examine(standing, manner))) {
            for (List<Examined> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                List<RollChange> recordable = batch.stream()
                        .map(Examined::change)
                        .flatMap(Optional::stream)
                        .filter(manner::isNews)
                        .toList();
                if (!recordable.isEmpty()) {
                    record(last, Durability.LATER, roll, tally);
                    last = recordable;
                }
                tally.lookedAt(batch);
            }
        }
        record(last, Durability.AT_ONCE, roll, tally);
    }

    /** Takes over what an agent's file was found to hold. */
    void take(Standing standing, Seen seen, Extent extent, RollStore roll, Tally tally) {
        record(changes.from(standing, seen, extent).change().stream().toList(), Durability.AT_ONCE, roll, tally);
    }

    /** On another thread than the rest, when there are many. */
    private Examined examine(Standing standing, Manner manner) {
        Seen seen = reader.look(standing);
        return seen instanceof Seen.Unsettled && !manner.isOutOfPatience(standing.agent())
                ? Examined.waiting(new Waiting(standing, seen.at()))
                : changes.from(standing, seen, manner.extent());
    }

    private static void record(List<RollChange> recordable, Durability durability, RollStore roll, Tally tally) {
        List<RecordOutcome> outcomes = recordable.isEmpty() ? List.of() : roll.record(recordable, durability);
        for (int i = 0; i < outcomes.size(); i++) {
            RollChange change = recordable.get(i);
            switch (outcomes.get(i)) {
                case RecordOutcome.Recorded recorded -> tally.recorded(change);
                case RecordOutcome.Noted noted -> tally.noted(change);
                case RecordOutcome.Superseded superseded -> tally.overtaken(change.agent());
            }
        }
    }
}
