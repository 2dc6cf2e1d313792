package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.sync.StatusSource.Look;
import dev.rollcall.sync.StatusSource.Read;
import dev.rollcall.sync.StatusSource.Scan;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tells how far the roll trails the files, to those who only look: one stat call for each agent, and bytes only where
 * those do not tell that the file is the recorded one. Waits for no writer and changes nothing. For one thread at a time.
 */
public final class LagProbe {
    private static final Lag IN_STEP = new Lag.InStep();
    private static final Lag NEVER_RECORDED = new Lag.Unknown("no version was ever recorded");
    private static final Lag NO_FILE = new Lag.Unknown("there is no file");
    private static final Lag REJECTED = new Lag.Unknown("the file can not be accepted");
    private static final Lag CHANGING = new Lag.Unknown("the file is changing");
    private static final Lag NO_ROOT = new Lag.Unknown("the files can not be seen");

    private final StatusSource source;
    private final RollStore store;
    private final InstantSource clock;
    private final SettledReader reader;
    private final Changes changes;
    private final LagRule rule;
    private final LagMemory memory;

    /** @param memory of earlier probes */
    public LagProbe(StatusSource source, RollStore store, ReadingRules rules, InstantSource clock, LagMemory memory) {
        this.source = source;
        this.store = store;
        this.clock = clock;
        this.reader = new SettledReader(source, clock, pause -> {});
        this.changes = new Changes(source, rules);
        this.rule = new LagRule(new Comparison(store, rules));
        this.memory = memory;
    }

    /**
     * Of one agent.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE
     */
    public Lag of(AgentId agent) {
        Optional<Standing> standing = store.standing(agent);
        return standing.isEmpty()
                ? NEVER_RECORDED
                : seen(() -> switch (source.look(agent)) {
                    case Look.Absent absent -> NO_FILE;
                    case Look.Present(FileStamp stamp) -> lag(standing.get(), stamp);
                });
    }

    /**
     * Of every agent on the roll.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE
     */
    public Map<AgentId, Lag> all() {
        Map<AgentId, Standing> standings = store.standings();
        Map<AgentId, FileStamp> files = new HashMap<>();
        Lag absent = seen(() -> {
            Scan scan = source.scan();
            files.putAll(scan.files());
            return NO_FILE;
        });
        Map<AgentId, Lag> lags = HashMap.newHashMap(standings.size());
        standings.forEach((agent, standing) -> {
            FileStamp stamp = files.get(agent);
            lags.put(agent, stamp == null ? absent : seen(() -> lag(standing, stamp)));
        });
        return lags;
    }

    /** Files that can not be seen are no failure for somebody who asks the roll. */
    private static Lag seen(Supplier<Lag> look) {
        try {
            return look.get();
        } catch (ProblemException failure) {
            if (failure.problem().code() == ProblemCode.WORKSPACE_UNREADABLE) {
                return NO_ROOT;
            }
            throw failure;
        }
    }

    private Lag lag(Standing standing, FileStamp stamp) {
        if (changes.isUntouched(standing, stamp)) {
            return standing.rejectedSha256() == null ? IN_STEP : REJECTED;
        }
        Instant at = clock.instant();
        String text = changes.stampText(stamp, at);
        if (memory.isInStep(standing.agent(), text, standing.reading())) {
            return IN_STEP;
        }
        Read first = source.read(standing.agent());
        if (isRecorded(first, standing)) {
            if (first instanceof Read.Content file) {
                String read = changes.stampText(file.stamp(), at);
                if (!read.isEmpty()) {
                    memory.remember(standing.agent(), read, standing.reading());
                }
            }
            return IN_STEP;
        }
        return compare(standing);
    }

    private boolean isRecorded(Read read, Standing standing) {
        return read instanceof Read.Content file
                && store.latestSha256(standing.agent())
                        .filter(DocumentContent.sha256Of(file.bytes())::equals)
                        .isPresent();
    }

    private Lag compare(Standing standing) {
        return switch (reader.look(standing)) {
            case Seen.Gone gone -> NO_FILE;
            case Seen.Unacceptable refused -> REJECTED;
            case Seen.Unsettled unsettled -> CHANGING;
            case Seen.Settled file -> compare(standing.agent(), file);
        };
    }

    /** Looked at once more after the roll: it may have taken over what was read, or something later. */
    private Lag compare(AgentId agent, Seen.Settled file) {
        Optional<StoredAgent> stored = store.stored(agent)
                .filter(there -> !there.row().isEmpty() || there.head().isPresent());
        if (stored.isEmpty()) {
            return NEVER_RECORDED;
        }
        if (LagRule.isVersionOf(file.document(), stored.get())) {
            return IN_STEP;
        }
        boolean isStillThere = source.read(agent) instanceof Read.Content now
                && DocumentContent.sha256Of(now.bytes()).equals(file.document().sha256());
        return isStillThere
                ? rule.behind(
                        agent,
                        file,
                        stored.get(),
                        rule.headDocument(agent, stored.get()).orElse(null))
                : CHANGING;
    }
}
