package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.push.Delivery.Certainty;
import dev.rollcall.push.Delivery.There;
import dev.rollcall.push.PushNotes.Note;
import dev.rollcall.push.PushReport.Kind;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Standing;
import dev.rollcall.sync.Pause;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.Seen;
import dev.rollcall.sync.SettledReader;
import dev.rollcall.sync.SettledReader.Waiting;
import dev.rollcall.sync.StatusSource;
import dev.rollcall.sync.StatusSource.Scan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Makes the receiver's files those of this host: looks at each by the accept rule, sends what differs, removes what is
 * gone. What this host has not put there stays as it is, unless it is to be taken over. The files are the spool: whatever
 * is interrupted is done by the next pass. For one thread at a time.
 */
final class Push {
    private final StatusSource source;
    private final Delivery delivery;
    private final PushNotes notes;
    private final InstantSource clock;
    private final SettledReader reader;

    Push(StatusSource source, Receiver receiver, PushNotes notes, InstantSource clock, Pause pause) {
        this.source = source;
        this.notes = notes;
        this.delivery = new Delivery(receiver, notes);
        this.clock = clock;
        this.reader = new SettledReader(source, clock, pause);
    }

    /**
     * Everybody, by what the receiver lists.
     *
     * @param scan of the files here, from before this call
     * @throws ReceiverAway when it can not be pushed to; what was sent before counts
     * @throws ProblemException WORKSPACE_UNREADABLE when the root holds no agent while some were pushed from it, or
     *     nothing can be noted
     */
    PushReport everybody(Scan scan, Foreign foreign, Progress progress) {
        Map<AgentId, String> there = delivery.receiver().list();
        refuseMassDisappearance(scan);
        Collection<AgentId> agents = new TreeSet<>(scan.files().keySet());
        agents.addAll(notes.agents());
        Tally tally = new Tally(agents.size(), progress, clock.instant());
        push(agents, new Round(agent -> new There(there.get(agent), Certainty.TOLD), foreign, tally));
        return tally.report(scan.ignored(), clock.instant());
    }

    /** Only these, by what the receiver has last said of them; it says so when that is not true any more. */
    PushReport some(Collection<AgentId> agents) {
        Tally tally = new Tally(agents.size(), Progress.NONE, clock.instant());
        push(agents, new Round(agent -> new There(notes.of(agent).likely(), Certainty.LIKELY), Foreign.LEAVE, tally));
        return tally.report(List.of(), clock.instant());
    }

    /** Who is to be looked at when agents may have come or gone: who is not known yet, and who is not there any more. */
    Collection<AgentId> comersAndGoers(Scan scan) {
        Collection<AgentId> agents = new TreeSet<>();
        scan.files().keySet().stream().filter(agent -> notes.of(agent).isNone()).forEach(agents::add);
        notes.agents().stream()
                .filter(agent -> !scan.files().containsKey(agent))
                .forEach(agents::add);
        return agents;
    }

    /** What a pass rests on. */
    private record Round(Function<AgentId, There> there, Foreign foreign, Tally tally) {}

    private void push(Collection<AgentId> agents, Round round) {
        List<Waiting> unsettled = new ArrayList<>();
        Load load = new Load(round);
        for (AgentId agent : agents) {
            Standing standing = standing(agent);
            Seen seen = reader.look(standing);
            if (seen instanceof Seen.Unsettled) {
                unsettled.add(new Waiting(standing, seen.at()));
            } else {
                load.take(agent, seen);
            }
        }
        load.deliver();
        reader.await(unsettled, (standing, seen) -> load.take(standing.agent(), seen));
        load.deliver();
    }

    /** A file with the bytes that were sent last is finished as it is; one that is gone may be about to come again. */
    private Standing standing(AgentId agent) {
        Note note = notes.of(agent);
        return note.isNone()
                ? Standing.unknown(agent)
                : new Standing(agent, Standing.NEVER_READ, "", note.confirmed(), Presence.PRESENT, 0);
    }

    /** Nothing left is more likely a root that is not mounted than a swarm that has gone. */
    private void refuseMassDisappearance(Scan scan) {
        int pushed = notes.agents().size();
        if (scan.files().isEmpty() && pushed > 0) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "push: the workspaces root holds no agent, but " + pushed
                            + " were pushed from it; nothing was removed",
                    "Check that the root is mounted and that --root is the one that was pushed.");
        }
    }

    /** What is decided on and not yet delivered. */
    private final class Load {
        private static final int MOST = 16;
        private static final long MOST_BYTES = 4L * 1024 * 1024;

        private final Round round;
        private final List<Delivery.Item> items = new ArrayList<>();
        private long bytes;

        private Load(Round round) {
            this.round = round;
        }

        private void take(AgentId agent, Seen seen) {
            switch (seen) {
                case Seen.Settled settled ->
                    send(agent, settled.document().bytes(), settled.stamp().modifiedAt());
                case Seen.Unacceptable odd
                when !hasBytes(odd.rejection()) -> {
                    round.tally.concern(
                            agent,
                            Kind.UNREADABLE,
                            "it was not sent: " + odd.rejection().message());
                    round.tally.nothing();
                }
                case Seen.Unacceptable odd -> {
                    round.tally.concern(
                            agent,
                            Kind.REJECTED,
                            odd.rejection().code().label() + ": "
                                    + odd.rejection().message());
                    send(agent, odd.bytes(), odd.stamp().modifiedAt());
                }
                case Seen.Gone gone -> remove(agent);
                case Seen.Unsettled unsettled -> take(agent, unsettled.soFar());
            }
        }

        private void send(AgentId agent, byte[] document, Instant modifiedAt) {
            String sha256 = DocumentContent.sha256Of(document);
            There there = round.there.apply(agent);
            if (sha256.equals(there.sha256()) && notes.of(agent).isConfirmed(sha256)) {
                round.tally.unchanged();
                return;
            }
            bytes += document.length;
            add(new Delivery.Item(agent, new Delivery.Document(document, sha256, modifiedAt), there));
        }

        private void remove(AgentId agent) {
            if (notes.of(agent).isNone()) {
                round.tally.nothing();
            } else {
                add(new Delivery.Item(agent, null, round.there.apply(agent)));
            }
        }

        private void add(Delivery.Item item) {
            items.add(item);
            if (items.size() == MOST || bytes > MOST_BYTES) {
                deliver();
            }
        }

        private void deliver() {
            List<Delivery.Item> now = List.copyOf(items);
            items.clear();
            bytes = 0;
            // Each time: a root may go while it is being looked at.
            if (now.stream().anyMatch(item -> item.document() == null)) {
                refuseMassDisappearance(source.scan());
            }
            delivery.deliver(now, round.foreign, round.tally);
        }
    }

    private static boolean hasBytes(ParseResult.Rejected rejection) {
        return switch (rejection.code()) {
            case TOO_LARGE, NOT_REGULAR_FILE, UNREADABLE -> false;
            default -> true;
        };
    }
}
