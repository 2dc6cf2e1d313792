package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;

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
