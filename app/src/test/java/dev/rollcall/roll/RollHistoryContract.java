package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.UnparsedDocuments;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@link RollStore} promises about recorded versions. A backend only subclasses this. */
public abstract class RollHistoryContract extends RollStoreSetup {
    @Test
    void aRevisionIsNeverObservedBeforeTheLatestOne() {
        record(accepted(next(LATER), 1));
        record(accepted(next(NOON), 2));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(history).extracting(row -> row.columns().get("cycle_count")).containsExactly("1", "2");
        assertThat(history.getLast().columns()).containsEntry("observed_at", "2025-10-15T12:01:00.000000Z");
    }

    @Test
    void everyVersionComesBackByteForByte() {
        for (int cycle = 1; cycle <= 40; cycle++) {
            record(accepted(next(NOON.plusSeconds(cycle)), cycle, "task " + cycle, "task " + cycle / 2));
        }

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(history).hasSize(40);
        for (int cycle = 1; cycle <= 40; cycle++) {
            assertThat(bytesOf(history.get(cycle - 1).revision()))
                    .isEqualTo(document(cycle, "task " + cycle, "task " + cycle / 2)
                            .bytes());
        }
    }

    @Test
    void severalAgentsAreToldAsEachIsAlone() {
        AgentId other = new AgentId("Agent-1");
        AgentId rejected = new AgentId("Agent-2");
        AgentId nobody = new AgentId("Agent-3");
        record(accepted(next(NOON), 1, "one", "two"));
        record(accepted(next(LATER), 2, "two"));
        record(accepted(sighting("Agent-1", Standing.NEVER_READ, NOON), 5, "three"));
        record(refused(sighting("Agent-2", Standing.NEVER_READ, NOON), "{"));
        long first = store.storedHistory(AGENT).getFirst().revision();
        long second = store.storedHistory(AGENT).getLast().revision();
        long third = store.storedHistory(other).getLast().revision();
        backend.sql("UPDATE status_history SET status = 'IDLE', seal = 'torn' WHERE revision = " + first);

        Map<AgentId, StoredAgent> stored = store.stored(List.of(AGENT, nobody, other, rejected));

        assertThat(stored).containsOnlyKeys(AGENT, other, rejected);
        stored.forEach((agent, told) -> assertThat(store.stored(agent)).contains(told));
        assertThat(stored.get(AGENT).head().orElseThrow().revision()).isEqualTo(second);
        assertThat(stored.get(AGENT).unsealed()).hasSize(1);
        assertThat(store.stored(List.of())).isEmpty();

        Map<AgentId, StoredDocument> documents = store.documents(Map.of(AGENT, second, other, third));
        assertThat(((StoredDocument.Intact) documents.get(AGENT)).bytes()).isEqualTo(bytesOf(second));
        assertThat(((StoredDocument.Intact) documents.get(other)).bytes())
                .isEqualTo(document(5, "three").bytes());
        assertThat(store.documents(Map.of(other, second)).get(other)).isInstanceOf(StoredDocument.Damaged.class);
        assertThat(store.documents(Map.of())).isEmpty();
    }

    @Test
    void aDocumentInUtf16ComesBackInUtf16AndReadsAsText() {
        StatusDocument first = UnparsedDocuments.inUtf16("{\"status\": \"ACTIVE \u00e9\"}");
        StatusDocument second = UnparsedDocuments.inUtf16("{\"status\": \"IDLE \u00e9\"}");
        record(accepted(next(NOON), first, columns(1)));
        record(accepted(next(LATER), second, columns(2)));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(bytesOf(history.get(0).revision())).isEqualTo(first.bytes());
        assertThat(bytesOf(history.get(1).revision())).isEqualTo(second.bytes());
        assertThat(query().currentDocument(AGENT)).contains("{\"status\": \"IDLE \u00e9\"}");
    }

    @Test
    void documentsOfTwoBytesHaveAHistoryToo() {
        record(accepted(next(NOON), UnparsedDocuments.of("{}"), columns(1)));
        record(accepted(next(LATER), UnparsedDocuments.of("{ }"), columns(1)));

        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);
        assertThat(bytesOf(history.get(0).revision())).isEqualTo("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(bytesOf(history.get(1).revision())).isEqualTo("{ }".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aDocumentThatCanNotBeGivenBackIsDamagedAndNeverOtherBytes() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        List<StoredAgent.HistoryRow> history = store.storedHistory(AGENT);

        backend.sql("UPDATE status_history SET document = x'00' WHERE revision = "
                + history.get(0).revision());

        assertThat(store.document(AGENT, history.get(0).revision())).isInstanceOf(StoredDocument.Damaged.class);
        assertThat(store.document(AGENT, history.get(1).revision())).isInstanceOf(StoredDocument.Damaged.class);
    }

    @Test
    void aVersionWhoseDigestDoesNotFitIsDamaged() {
        record(accepted(next(NOON), 1, "one"));
        backend.sql("UPDATE status_history SET content_sha256 = 'edited', seal = NULL");

        assertThat(store.document(AGENT, store.storedHistory(AGENT).getFirst().revision()))
                .isEqualTo(new StoredDocument.Damaged("its bytes have another SHA-256 than was recorded"));
    }

    @Test
    void aVersionThatBuildsOnAnErasedOneIsDamaged() {
        record(accepted(next(NOON), 1, "one"));
        record(accepted(next(LATER), 2, "two"));
        long first = store.storedHistory(AGENT).getFirst().revision();
        backend.sql("DELETE FROM status_history WHERE revision = " + first);

        assertThat(store.document(AGENT, store.storedHistory(AGENT).getFirst().revision()))
                .isEqualTo(new StoredDocument.Damaged("revision " + first + ", which it builds on, is missing"));
    }

    @Test
    void numbersOfAnySizeComeBackExactly() {
        for (String points : List.of(
                "0",
                "-3",
                "0.1",
                "1250.5",
                "9223372036854775807",
                "12345678901234567890.125",
                "1000000000000000000000")) {
            record(accepted(
                    next(NOON),
                    UnparsedDocuments.of("{\"points_earned\": " + points + "}"),
                    columns(Map.of(
                            StatusField.POINTS_EARNED, points, StatusField.CYCLE_COUNT, "9223372036854775807"))));
            StoredAgent stored = store.stored(AGENT).orElseThrow();
            assertThat(stored.row()).containsEntry("points_earned", points);
            assertThat(stored.row()).containsEntry("cycle_count", "9223372036854775807");
            assertThat(stored.head().orElseThrow().columns()).containsEntry("points_earned", points);
        }
    }
}
