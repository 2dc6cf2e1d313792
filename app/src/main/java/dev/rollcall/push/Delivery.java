package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.push.PushNotes.Note;
import dev.rollcall.push.PushReport.Kind;
import dev.rollcall.push.Receiver.Answer;
import dev.rollcall.push.ReceiverAway.Outlook;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Brings what was decided on to the receiver, several at a time, and notes it: before it is sent, so that after any crash
 * it is known for ours; and again when the receiver has said that it stands there. For one thread at a time.
 */
final class Delivery {
    private static final int AT_ONCE = 4;

    /** So many of which each is trouble there are no matter of single files. */
    private static final int MANY = 4;

    /** How often a decision is made anew because something else stands there than was thought. */
    private static final int MOST_TRIES = 4;

    private final Receiver receiver;
    private final PushNotes notes;

    Delivery(Receiver receiver, PushNotes notes) {
        this.receiver = receiver;
        this.notes = notes;
    }

    Receiver receiver() {
        return receiver;
    }

    /**
     * One agent's turn.
     *
     * @param document null for an agent that is gone here
     */
    record Item(AgentId agent, @Nullable Document document, There there) {}

    /**
     * What stands at the receiver.
     *
     * @param sha256 null for nothing
     */
    record There(@Nullable String sha256, Certainty certainty) {}

    /** How it is known. */
    enum Certainty {
        /** By the receiver. */
        TOLD,
        /** By what was sent earlier. */
        LIKELY
    }

    record Document(byte[] bytes, String sha256, Instant modifiedAt) {}

    /** What became of one. */
    private sealed interface Outcome {
        /** @param unrecorded why the roll there does not have it; null when it has, or will */
        record Sent(@Nullable String unrecorded) implements Outcome {}

        /** It stood there already. */
        record Same() implements Outcome {}

        record Removed() implements Outcome {}

        /** It was gone there already. */
        record Gone() implements Outcome {}

        /** What stands there is not ours, and was left. */
        record Foreign(String concern) implements Outcome {}

        /** What stands there can not be read just now; it may well be ours, and was left. */
        record Illegible() implements Outcome {}

        record Refused(Answer.Refused answer) implements Outcome {}

        record Postponed() implements Outcome {}
    }

    /** @throws ReceiverAway when it can not be pushed to; what was done of these is counted */
    void deliver(List<Item> items, Foreign foreign, Tally tally) {
        if (items.isEmpty()) {
            return;
        }
        intend(items, foreign);
        Map<Item, CompletableFuture<Outcome>> turns = new LinkedHashMap<>();
        AtomicReference<@Nullable ReceiverAway> away = new AtomicReference<>();
        try (ExecutorService workers = Executors.newFixedThreadPool(
                Math.min(AT_ONCE, items.size()),
                Thread.ofPlatform().daemon().name("push").factory())) {
            for (Item item : items) {
                Note note = notes.of(item.agent());
                turns.put(item, CompletableFuture.supplyAsync(() -> turn(item, note, foreign, away), workers));
            }
        }
        Outcomes outcomes = new Outcomes(receiver.address(), tally);
        turns.forEach((item, turn) -> outcomes.take(item, BackgroundFailure.join(turn)));
        outcomes.note(notes);
        ReceiverAway gone = away.get();
        if (gone != null) {
            throw gone;
        }
        if (outcomes.troubles.size() >= MANY && outcomes.troubles.size() == items.size()) {
            throw new ReceiverAway(
                    Outlook.PASSING,
                    receiver.address() + " has trouble with every file: " + outcomes.troubles.getFirst(),
                    "Look at the window there; what is in the files here is pushed next time.");
        }
    }

    /** Once it is away nobody else tries. */
    private Outcome turn(Item item, Note note, Foreign foreign, AtomicReference<@Nullable ReceiverAway> away) {
        if (away.get() != null) {
            return new Outcome.Postponed();
        }
        try {
            return outcome(item, note, foreign);
        } catch (ReceiverAway gone) {
            away.set(gone);
            return new Outcome.Postponed();
        }
    }

    /** What became of several. */
    private static final class Outcomes {
        private final Map<AgentId, String> confirmed = new HashMap<>();
        private final List<AgentId> forgotten = new ArrayList<>();
        private final List<String> troubles = new ArrayList<>();
        private final ReceiverAddress address;
        private final Tally tally;

        private Outcomes(ReceiverAddress address, Tally tally) {
            this.address = address;
            this.tally = tally;
        }

        private void take(Item item, Outcome outcome) {
            AgentId agent = item.agent();
            switch (outcome) {
                case Outcome.Sent(String unrecorded) -> {
                    stands(item);
                    tally.sent();
                    if (unrecorded != null) {
                        tally.concern(agent, Kind.UNRECORDED, unrecorded);
                    }
                }
                case Outcome.Same same -> {
                    stands(item);
                    tally.unchanged();
                }
                case Outcome.Removed removed -> {
                    forgotten.add(agent);
                    tally.removed();
                }
                case Outcome.Foreign(String concern) -> {
                    // None of what was sent stands there any more.
                    forgotten.add(agent);
                    tally.concern(agent, Kind.CONFLICT, concern);
                    tally.nothing();
                }
                case Outcome.Illegible illegible -> {
                    tally.concern(
                            agent,
                            Kind.CONFLICT,
                            "what stands at " + address + " can not be read as a file, and was left");
                    tally.nothing();
                }
                case Outcome.Gone gone -> {
                    forgotten.add(agent);
                    tally.nothing();
                }
                case Outcome.Refused(Answer.Refused refused) -> {
                    tally.concern(agent, Kind.REFUSED, refused.reason());
                    tally.nothing();
                    if (refused.isTrouble()) {
                        troubles.add(refused.reason());
                    }
                }
                case Outcome.Postponed postponed -> {}
            }
        }

        private void stands(Item item) {
            Document document = item.document();
            if (document != null) {
                confirmed.put(item.agent(), document.sha256());
            }
        }

        private void note(PushNotes notes) {
            notes.confirm(confirmed);
            notes.forget(forgotten);
        }
    }

    /** Notes whatever may be sent; what will not be, because somebody else's stands there, is not to look like ours. */
    private void intend(List<Item> items, Foreign foreign) {
        Map<AgentId, String> intended = new HashMap<>();
        for (Item item : items) {
            Document document = item.document();
            if (document != null && !isForeign(item.there().sha256(), notes.of(item.agent()), foreign)) {
                intended.put(item.agent(), document.sha256());
            }
        }
        if (!intended.isEmpty()) {
            notes.intend(intended);
        }
    }

    private static boolean isForeign(@Nullable String there, Note note, Foreign foreign) {
        return there != null && !note.owns(there) && (foreign == Foreign.LEAVE || there.equals(Receiver.ILLEGIBLE));
    }

    private Outcome outcome(Item item, Note note, Foreign foreign) {
        There there = item.there();
        for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
            Outcome decided = decided(item.document(), there, note, foreign);
            if (decided != null) {
                return decided;
            }
            switch (sent(item, there.sha256())) {
                case Answer.Done(String unrecorded) -> {
                    return item.document() == null ? new Outcome.Removed() : new Outcome.Sent(unrecorded);
                }
                case Answer.Refused refused -> {
                    return new Outcome.Refused(refused);
                }
                case Answer.Other(String sha256) -> there = new There(sha256, Certainty.TOLD);
            }
        }
        return new Outcome.Refused(
                new Answer.Refused("somebody else writes it there all the time", Answer.Kind.OF_THIS_FILE));
    }

    private Answer sent(Item item, @Nullable String there) {
        Document document = item.document();
        if (document != null) {
            return receiver.put(item.agent(), document.bytes(), document.modifiedAt(), there);
        }
        return there == null ? new Answer.Done(null) : receiver.remove(item.agent(), there);
    }

    /** What is clear without sending anything; null when it must be sent. */
    private @Nullable Outcome decided(@Nullable Document document, There there, Note note, Foreign foreign) {
        String sha256 = there.sha256();
        if (Receiver.ILLEGIBLE.equals(sha256)) {
            return new Outcome.Illegible();
        }
        if (document == null) {
            if (sha256 == null) {
                return new Outcome.Gone();
            }
            return note.owns(sha256)
                    ? null
                    : new Outcome.Foreign(
                            "it is gone here, but somebody else has changed what stands there, so that was left");
        }
        if (document.sha256().equals(sha256) && there.certainty() == Certainty.TOLD) {
            return new Outcome.Same();
        }
        return isForeign(sha256, note, foreign) ? new Outcome.Foreign(conflict(document.sha256(), sha256)) : null;
    }

    private String conflict(String here, @Nullable String there) {
        return "at " + receiver.address() + " stands a document (" + shortened(String.valueOf(there))
                + ") that this host has not put there, and it is another one than here (" + shortened(here)
                + "); it was left; to replace it, end a push --watch that runs, then run rollcall push --take-over";
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, 12);
    }
}
