package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Standing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Reads files until they are finished. Files that somebody may be writing are set aside, so that a pass waits for all of
 * them together. One thread may {@link #look} while no other waits.
 */
public final class SettledReader {
    /** The longest that all unsettled files of a pass are waited for. */
    private static final Duration PASS_PATIENCE = Duration.ofMillis(2500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final StatusSource source;
    private final InstantSource clock;
    private final Pause pause;

    public SettledReader(StatusSource source, InstantSource clock, Pause pause) {
        this.source = source;
        this.clock = clock;
        this.pause = pause;
    }

    /** One look by the accept rule. */
    public Seen look(Standing standing) {
        Instant at = clock.instant();
        AgentId agent = standing.agent();
        Seen seen = Settler.judge(source.read(agent), new Again(source, agent), standing.rejectedSha256(), at);
        boolean isNews = standing.hasSomethingToLose();
        return !isNews && seen instanceof Seen.Unsettled(Seen.Gone gone) ? gone : seen;
    }

    /** Looks until the file is finished or the patience with it is over. */
    Seen await(Standing standing) {
        Seen seen = look(standing);
        if (!(seen instanceof Seen.Unsettled)) {
            return seen;
        }
        List<Seen> outcome = new ArrayList<>();
        await(List.of(new Waiting(standing, seen.at())), (file, finished) -> outcome.add(finished));
        return outcome.getFirst();
    }

    /** Waits for all these files together and hands each over as soon as it is finished or its time is up. */
    public void await(List<Waiting> files, BiConsumer<Standing, Seen> finished) {
        List<Waiting> waiting = new ArrayList<>(files);
        Instant passEnd = clock.instant().plus(PASS_PATIENCE);
        while (!waiting.isEmpty()) {
            pause.pause(BETWEEN_LOOKS);
            waiting.removeIf(file -> {
                Seen seen = look(file.standing());
                if (!(seen instanceof Seen.Unsettled unsettled)) {
                    finished.accept(file.standing(), seen);
                    return true;
                }
                if (isUp(file, seen.at(), passEnd)) {
                    finished.accept(file.standing(), unsettled.soFar());
                    return true;
                }
                return false;
            });
        }
    }

    private static boolean isUp(Waiting file, Instant now, Instant passEnd) {
        return !now.isBefore(file.since().plus(Settler.PATIENCE)) || !now.isBefore(passEnd);
    }

    private record Again(StatusSource source, AgentId agent) implements Settler.Again {
        @Override
        public StatusSource.Read read() {
            return source.read(agent);
        }

        @Override
        public boolean hasStamp(FileStamp stamp) {
            return source.look(agent) instanceof StatusSource.Look.Present present
                    && present.stamp().equals(stamp);
        }
    }

    /** An agent whose file was unsettled, since when; its standing is from before the first look. */
    public record Waiting(Standing standing, Instant since) {}
}
