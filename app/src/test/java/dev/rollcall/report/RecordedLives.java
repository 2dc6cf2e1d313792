package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lives of agents in a roll, recorded through the store as syncs and imports would at times of the test's choice. */
public final class RecordedLives implements AutoCloseable {
    public static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    private final SqlStore store;
    private final Map<String, Long> readings = new HashMap<>();

    public RecordedLives(Path database) {
        this(database.toString());
    }

    /** @param pathOrUrl as {@link SqlStore#open} takes it */
    public RecordedLives(String pathOrUrl) {
        this.store = SqlStore.open(pathOrUrl, SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    public SqlStore store() {
        return store;
    }

    /** @return the revision */
    public long version(String agent, Instant at, String document) {
        return version(agent, at, document, Origin.SYNC);
    }

    public long version(String agent, Instant at, String json, Origin origin) {
        AgentId id = new AgentId(agent);
        StatusDocument document = ((ParseResult.Parsed) parse(json)).document();
        RecordOutcome outcome = record(new RollChange.Accepted(
                sighting(agent, at),
                document.content(),
                StatusView.columns(document, id, RULES, at),
                Passages.of(document),
                origin,
                RollChange.Extent.CHANGES));
        return ((RecordOutcome.Recorded) outcome).revision();
    }

    public void rejected(String agent, Instant at) {
        byte[] bytes = "{\"status\":".getBytes(StandardCharsets.UTF_8);
        record(new RollChange.Refused(
                sighting(agent, at), (ParseResult.Rejected) StatusParser.parse(bytes), bytes, "0".repeat(64)));
    }

    public void left(String agent, Instant at) {
        record(new RollChange.Departed(sighting(agent, at)));
    }

    private Sighting sighting(String agent, Instant at) {
        long reading = readings.merge(agent, 1L, Long::sum) - 1;
        return new Sighting(new AgentId(agent), reading, "stamp", "", "/swarm/" + agent + "/status.json", at, at);
    }

    private RecordOutcome record(RollChange change) {
        RecordOutcome outcome = store.record(List.of(change), Durability.LATER).getFirst();
        if (outcome instanceof RecordOutcome.Superseded) {
            throw new IllegalStateException("not recorded: " + change);
        }
        return outcome;
    }

    private static ParseResult parse(String json) {
        return StatusParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        store.close();
    }
}
