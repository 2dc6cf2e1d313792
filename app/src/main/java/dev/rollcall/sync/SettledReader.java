package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads files until they are finished. Files that somebody may be writing are set aside, so that a pass waits for all of
 * them together. One thread may {@link #look} while no other waits.
 */
final class SettledReader {
    /** The longest that all unsettled files of a pass are waited for. */
    private static final Duration PASS_PATIENCE = Duration.ofMillis(2500);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final StatusSource source;
    private final InstantSource clock;
    private final Pause pause;

    SettledReader(StatusSource source, InstantSource clock, Pause pause) {
        this.source = source;
        this.clock = clock;
        this.pause = pause;
    }

    /** One look by the accept rule. */
    Seen look(AgentId agent, @Nullable String rejectedSha256) {
        Instant at = clock.instant();
        return Settler.judge(source.read(agent), () -> source.read(agent), rejectedSha256, at);
    }

    /** Looks until the file is finished or the patience with it is over. */
    Seen await(AgentId agent, @Nullable String rejectedSha256) {
        Seen seen = look(agent, rejectedSha256);
        if (!(seen instanceof Seen.Unsettled)) {
            return seen;
        }
        Map<AgentId, Seen> outcome = new LinkedHashMap<>();
        await(List.of(new Waiting(agent, rejectedSha256, seen.at())), outcome::put);
        return outcome.getOrDefault(agent, seen);
    }

    /** Waits for all these files together and hands each over as soon as it is finished or its time is up. */
    void await(List<Waiting> files, BiConsumer<AgentId, Seen> finished) {
        List<Waiting> waiting = new ArrayList<>(files);
        Instant passEnd = clock.instant().plus(PASS_PATIENCE);
        while (!waiting.isEmpty()) {
            pause.pause(BETWEEN_LOOKS);
            waiting.removeIf(file -> {
                Seen seen = look(file.agent(), file.rejectedSha256());
                if (seen instanceof Seen.Unsettled unsettled && !isUp(file, seen.at(), passEnd)) {
                    return false;
                }
                finished.accept(file.agent(), seen instanceof Seen.Unsettled unsettled ? unsettled.soFar() : seen);
                return true;
            });
        }
    }

    private static boolean isUp(Waiting file, Instant now, Instant passEnd) {
        return !now.isBefore(file.since().plus(Settler.PATIENCE)) || !now.isBefore(passEnd);
    }

    /** A file that was unsettled, since when. */
    record Waiting(AgentId agent, @Nullable String rejectedSha256, Instant since) {}
}
