package dev.rollcall.cli;

import dev.rollcall.answers.EventAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code events}. */
@Command(
        name = "events",
        description = {
            "What happened to the agents, in order.",
            "A JSON object on each line; readable lines at a terminal without --json."
        },
        footer = {"", "Example: rollcall events --follow --kind rejected,left"})
final class EventsCommand extends Verb {
    /** Events read at once. */
    private static final int PAGE = 500;

    /** How often a follower looks for new events. */
    private static final Duration POLL = Duration.ofMillis(200);

    @Option(names = "--after", paramLabel = "SEQ", description = "Only events with a larger seq (default all).")
    private long after = RollFeed.BEGINNING;

    @Option(names = "--agent", paramLabel = "ID", description = "Only this agent.")
    private @Nullable String agent;

    @Option(
            names = "--kind",
            paramLabel = "K",
            split = ",",
            description =
                    "Only these: joined, changed, state_changed, rejected, recovered, left, returned, stale, live.")
    private List<RollEvent.Kind> kinds = List.of();

    @Option(names = "--limit", paramLabel = "N", description = "End after so many events.")
    private long limit = Long.MAX_VALUE;

    @Option(names = "--follow", description = "Go on with new ones until stopped.")
    private boolean follow;

    private long cursor;
    private long missing;
    private boolean hasBegun;
    private boolean hasGap;

    EventsCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        demand(after >= RollFeed.BEGINNING, "--after " + after + " is no seq: it is below 0");
        demand(limit >= 1, "--limit " + limit + " leaves nothing to tell");
        AgentId only = agent == null ? null : known(new AgentId(agent));
        Predicate<RollEvent> wanted = event ->
                (only == null || event.agent().equals(only)) && (kinds.isEmpty() || kinds.contains(event.kind()));
        cursor = after;
        missing = limit;
        if (follow) {
            try (UntilStopped time = new UntilStopped(root())) {
                follow(wanted, time);
            }
        } else {
            tell(wanted);
        }
        return hasGap ? NEEDS_ATTENTION : FINE;
    }

    private static void demand(boolean holds, String message) {
        if (!holds) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "rollcall events: " + message, "See rollcall events --help.");
        }
    }

    /** An agent that was only ever rejected, and is gone, is not on the roll; what happened to it can still be told. */
    private AgentId known(AgentId id) {
        if (root().rollcall().roll().find(id).isEmpty() && !hasEvents(id)) {
            throw root().rollcall().unknown(id);
        }
        return id;
    }

    private boolean hasEvents(AgentId id) {
        List<RollEvent> page = page(RollFeed.BEGINNING);
        while (!page.isEmpty()) {
            if (page.stream().anyMatch(event -> event.agent().equals(id))) {
                return true;
            }
            page = page(page.getLast().seq());
        }
        return false;
    }

    private List<RollEvent> page(long from) {
        return root().rollcall().feed().after(from, PAGE);
    }

    private void follow(Predicate<RollEvent> wanted, UntilStopped time) {
        // A roll that is opened before it is there stays empty.
        while (!root().rollcall().hasRoll()) {
            if (time.isStoppedWithin(POLL)) {
                return;
            }
        }
        while (tell(wanted) && !time.isStoppedWithin(POLL)) {}
    }

    /** Tells all there is after the cursor; false when no more is wanted, or nobody is there to read it. */
    private boolean tell(Predicate<RollEvent> wanted) {
        if (!hasBegun && after == RollFeed.BEGINNING) {
            // Whoever has no cursor yet misses nothing.
            cursor = root().rollcall().feed().forgotten();
        }
        hasBegun = true;
        for (List<RollEvent> page = next(); !page.isEmpty(); page = next()) {
            for (RollEvent event : page) {
                cursor = event.seq();
                if (wanted.test(event) && !tell(event)) {
                    return false;
                }
            }
            if (root().terminal().out().checkError()) {
                return false;
            }
        }
        return true;
    }

    /** The events after the cursor. What was forgotten before it could be read is told, once, and passed over. */
    private List<RollEvent> next() {
        List<RollEvent> page = page(cursor);
        // Asked after reading: events that are here were not forgotten too early.
        long forgotten = root().rollcall().feed().forgotten();
        if (forgotten > cursor && (page.isEmpty() || page.getFirst().seq() > forgotten)) {
            root().terminal()
                    .warn("events after seq " + cursor + " up to " + forgotten
                            + " are not kept any more; going on from there");
            hasGap = true;
            cursor = forgotten;
        }
        return page;
    }

    private boolean tell(RollEvent event) {
        boolean readable = root().terminal().outIsTerminal() && !root().isJson();
        root().print(readable ? EventLines.text(event, root().paint()) : EventAnswer.json(event) + "\n");
        return --missing > 0 && !(follow && root().terminal().out().checkError());
    }
}
