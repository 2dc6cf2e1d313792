package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.SettledReader.Waiting;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

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

        /**
         * Rollcall itself failed at this agent. Unless a manner says otherwise, that ends everything.
         *
         * @param bug anything but a {@link ProblemException}, which tells of the surroundings
         */
        default void failed(AgentId agent, RuntimeException bug) {
            throw bug;
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
        try (ReadAhead<Examined> ahead = new ReadAhead<>(due, standing -> examine(standing, manner), Examined::bytes)) {
            for (List<Examined> batch = ahead.next(); !batch.isEmpty(); batch = ahead.next()) {
                List<RollChange> recordable = batch.stream()
                        .map(Examined::change)
                        .flatMap(Optional::stream)
                        .filter(change -> turn(change.agent(), manner, false, () -> manner.isNews(change)))
                        .toList();
                if (!recordable.isEmpty()) {
                    record(last, Durability.LATER, new Into(roll, tally, manner));
                    last = recordable;
                }
                tally.lookedAt(batch);
            }
        }
        record(last, Durability.AT_ONCE, new Into(roll, tally, manner));
    }

    /** Takes over what an agent's file was found to hold. */
    void take(Standing standing, Seen seen, Extent extent, RollStore roll, Tally tally) {
        record(
                changes.from(standing, seen, extent).change().stream().toList(),
                Durability.AT_ONCE,
                new Into(roll, tally, () -> extent));
    }

    /** On another thread than the rest, when there are many. */
    private Examined examine(Standing standing, Manner manner) {
        return turn(standing.agent(), manner, Examined.NOTHING, () -> {
            Seen seen = reader.look(standing);
            return seen instanceof Seen.Unsettled && !manner.isOutOfPatience(standing.agent())
                    ? Examined.waiting(new Waiting(standing, seen.at()))
                    : changes.from(standing, seen, manner.extent());
        });
    }

    /** One agent's turn: the one place where anything at all may go wrong without hurting the others. */
    private static <T> T turn(AgentId agent, Manner manner, T otherwise, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException surroundings) {
            throw surroundings;
        } catch (RuntimeException bug) {
            manner.failed(agent, bug);
            return otherwise;
        }
    }

    /** Where changes go, what is counted, and who is told of a bug. */
    private record Into(RollStore roll, Tally tally, Manner manner) {}

    /** A batch that a bug has rolled back is recorded agent by agent, so that it costs only the one at fault. */
    private static void record(List<RollChange> recordable, Durability durability, Into into) {
        if (recordable.size() == 1) {
            turn(recordable.getFirst().agent(), into.manner(), false, () -> recordAll(recordable, durability, into));
            return;
        }
        try {
            recordAll(recordable, durability, into);
        } catch (ProblemException surroundings) {
            throw surroundings;
        } catch (RuntimeException somebodys) {
            recordable.forEach(change -> record(List.of(change), durability, into));
        }
    }

    private static boolean recordAll(List<RollChange> recordable, Durability durability, Into into) {
        List<RecordOutcome> outcomes =
                recordable.isEmpty() ? List.of() : into.roll().record(recordable, durability);
        for (int i = 0; i < outcomes.size(); i++) {
            RollChange change = recordable.get(i);
            switch (outcomes.get(i)) {
                case RecordOutcome.Recorded recorded -> into.tally().recorded(change);
                case RecordOutcome.Noted noted -> into.tally().noted(change);
                case RecordOutcome.Owned owned -> into.tally().owned(change.agent(), owned);
                case RecordOutcome.Superseded superseded -> into.tally().overtaken(change.agent());
            }
        }
        return true;
    }
}
