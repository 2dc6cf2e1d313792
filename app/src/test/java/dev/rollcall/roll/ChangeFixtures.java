package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.UnparsedDocuments;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Changes as a sync would hand them to the store. */
public final class ChangeFixtures {
    public static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    public static final String STAMP = "65024,7,1,1,1,1-1f";

    private ChangeFixtures() {}

    /** A document that tells its cycle and its tasks. */
    public static StatusDocument document(int cycle, String... tasks) {
        return UnparsedDocuments.of("{\n  \"status\": \"ACTIVE\",\n  \"cycle_count\": " + cycle
                + ",\n  \"current_tasks\": [\"" + String.join("\", \"", tasks) + "\"]\n}\n");
    }

    public static StatusColumns columns(int cycle) {
        return columns(Map.of(StatusField.CYCLE_COUNT, Integer.toString(cycle)));
    }

    public static StatusColumns columns(Map<StatusField, String> more) {
        EnumMap<StatusField, String> values = new EnumMap<>(StatusField.class);
        values.put(StatusField.STATUS, "ACTIVE");
        values.put(StatusField.STATE, "ACTIVE");
        values.put(StatusField.LAST_UPDATED, "2025-10-15T11:58:00Z");
        values.put(StatusField.LAST_UPDATED_RAW, "2025-10-15 11:58:00");
        values.put(StatusField.POINTS_EARNED, "1250.5");
        values.put(StatusField.CURRENT_MISSION, "Keep the \"roll\" true");
        values.put(StatusField.BLOCKERS, "[]");
        values.put(StatusField.FINDINGS, "[]");
        values.putAll(more);
        return StatusColumns.of(values);
    }

    public static List<Passage> passages(String... texts) {
        return Stream.of(texts).map(ChangeFixtures::passage).toList();
    }

    public static Passage passage(String text) {
        String sha256 = DocumentContent.sha256Of(text.getBytes(StandardCharsets.UTF_8));
        return new Passage("current_task:" + sha256.substring(0, 16), "current_task", text, sha256);
    }

    public static Sighting sighting(String agent, long expectedReading, Instant at) {
        return new Sighting(new AgentId(agent), expectedReading, STAMP, "", "/swarm/" + agent + "/status.json", at, at);
    }

    public static RollChange.Accepted accepted(Sighting sighting, int cycle, String... tasks) {
        return accepted(sighting, document(cycle, tasks), columns(cycle), tasks);
    }

    public static RollChange.Accepted accepted(
            Sighting sighting, StatusDocument document, StatusColumns columns, String... passages) {
        return new RollChange.Accepted(
                sighting, document.content(), columns, passages(passages), Origin.SYNC, RollChange.Extent.CHANGES);
    }

    /** The same change as a forced sync makes it. */
    public static RollChange.Accepted forced(RollChange.Accepted change) {
        return new RollChange.Accepted(
                change.sighting(),
                change.content(),
                change.columns(),
                change.passages(),
                change.origin(),
                RollChange.Extent.EVERYTHING);
    }

    public static RollChange.Refused refused(Sighting sighting, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new RollChange.Refused(
                sighting,
                new ParseResult.Rejected(RejectionCode.TRUNCATED, "the document ends early", new Position(3, 7, 40)),
                bytes,
                DocumentContent.sha256Of(bytes));
    }
}
