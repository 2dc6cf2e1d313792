package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Passage;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.Seal;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredAgent.PassageRow;
import dev.rollcall.roll.StoredAgent.PastRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.sync.Drift.Where;
import dev.rollcall.sync.Verifier.Depth;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Names every difference between what the roll holds of an agent and what its recorded version implies. */
final class Comparison {
    /** The columns that history keeps and that follow from the document. */
    private static final Set<StatusField> HISTORY_FIELDS = Set.of(
            StatusField.STATUS,
            StatusField.LAST_UPDATED,
            StatusField.STATE,
            StatusField.CYCLE_COUNT,
            StatusField.POINTS_EARNED,
            StatusField.CURRENT_MISSION,
            StatusField.CURRENT_FOCUS,
            StatusField.FSM_STATE);

    /** Characters of a seal that does not fit, enough for its times. */
    private static final int SEAL_SHOWN = 64;

    private final RollStore store;
    private final RecordedDocuments documents;
    private final ReadingRules rules;

    Comparison(RollStore store, ReadingRules rules) {
        this.store = store;
        this.documents = new RecordedDocuments(store);
        this.rules = rules;
    }

    RecordedDocuments documents() {
        return documents;
    }

    StatusColumns columns(AgentId agent, StatusDocument document, Instant modifiedAt) {
        return StatusView.columns(document, agent, rules, modifiedAt);
    }

    /**
     * Row, history and search entries against the recorded version.
     *
     * @param recorded the recorded version; null when its bytes can not be had back, which is drift itself
     */
    List<Drift> drift(AgentId agent, StoredAgent stored, @Nullable StatusDocument recorded, Depth depth) {
        List<Drift> drift = new ArrayList<>();
        if (stored.isOnlyImported()) {
            drift.addAll(orphans(stored));
        } else if (recorded != null) {
            row(agent, stored, recorded, drift);
            search(stored, recorded, drift);
        }
        if (!stored.isOnlyImported()) {
            past(stored, drift);
        }
        history(agent, stored, recorded, depth, drift);
        return drift;
    }

    /** Search entries of an agent that has no row. */
    List<Drift> orphans(StoredAgent stored) {
        return Stream.concat(
                        stored.passages().stream().map(row -> stray("passage", row)),
                        stored.past().stream().map(past -> stray("past_passage", past.row())))
                .toList();
    }

    private static Drift stray(String what, PassageRow row) {
        return new Drift(
                Where.SEARCH, what, row.passage().key(), null, row.passage().text());
    }

    Optional<Drift> presence(StoredAgent stored, String expected) {
        String actual = stored.row().get("presence");
        return stored.row().isEmpty() || expected.equals(actual)
                ? Optional.empty()
                : Optional.of(new Drift(Where.ROW, "presence", null, expected, actual));
    }

    /** The roll calls a document rejected that is not. */
    List<Drift> strayRejection(StoredAgent stored) {
        var rejected = stored.rejected();
        return rejected == null
                ? List.of()
                : List.of(new Drift(Where.ROW, "rejected_since", null, null, Times.text(rejected.since())));
    }

    /** The roll's rejection against the file's; one that the roll has not noted yet is lag, not drift. */
    List<Drift> rejection(StoredAgent stored, Seen.Unacceptable file) {
        var rejected = stored.rejected();
        if (rejected == null || !rejected.contentSha256().equals(DocumentContent.sha256Of(file.bytes()))) {
            return List.of();
        }
        List<Drift> drift = new ArrayList<>();
        var expected = file.rejection();
        var actual = rejected.rejection();
        difference(
                        Where.ROW,
                        "rejected_code",
                        null,
                        expected.code().label(),
                        actual.code().label())
                .ifPresent(drift::add);
        difference(Where.ROW, "rejected_message", null, expected.message(), actual.message())
                .ifPresent(drift::add);
        difference(
                        Where.ROW,
                        "rejected_position",
                        null,
                        Objects.toString(expected.position(), null),
                        Objects.toString(actual.position(), null))
                .ifPresent(drift::add);
        return drift;
    }

    private void row(AgentId agent, StoredAgent stored, StatusDocument recorded, List<Drift> drift) {
        Map<String, @Nullable String> row = stored.row();
        if (row.isEmpty()) {
            drift.add(new Drift(Where.ROW, "agent_id", null, agent.value(), null));
            return;
        }
        Instant modifiedAt = Times.parse(row.get("source_modified_at")).orElse(Instant.EPOCH);
        StatusColumns expected = columns(agent, recorded, modifiedAt);
        for (StatusField field : StatusField.values()) {
            field(field, null, expected, row, drift);
        }
        difference(Where.ROW, "content_sha256", null, recorded.sha256(), row.get("content_sha256"))
                .ifPresent(drift::add);
        if (!recorded.text().equals(row.get("document"))) {
            drift.add(new Drift(Where.ROW, "document", null, digest(recorded.text()), digest(row.get("document"))));
        }
        stored.head()
                .flatMap(head ->
                        difference(Where.ROW, "revision", null, Long.toString(head.revision()), row.get("revision")))
                .ifPresent(drift::add);
    }

    private void history(
            AgentId agent, StoredAgent stored, @Nullable StatusDocument recorded, Depth depth, List<Drift> drift) {
        Optional<HistoryRow> head = stored.head();
        if (head.isEmpty()) {
            if (stored.row().isEmpty()) {
                return;
            }
            drift.add(new Drift(Where.HISTORY, "revision", null, stored.row().get("revision"), null));
            return;
        }
        revision(agent, head.get(), recorded, drift);
        switch (depth) {
            case HEAD ->
                stored.unsealed().stream()
                        .filter(row -> row.revision() != head.get().revision())
                        .forEach(row -> seal(row, drift));
            case EVERY_REVISION ->
                store.storedHistory(agent).stream()
                        .filter(row -> row.revision() != head.get().revision())
                        .forEach(row -> revision(agent, row, null, drift));
        }
    }

    /** What does not follow from the document, against the version's seal. */
    private static void seal(HistoryRow row, List<Drift> drift) {
        String entry = Long.toString(row.revision());
        Optional<Seal> seal = row.seal();
        if (seal.isEmpty()) {
            drift.add(new Drift(
                    Where.HISTORY,
                    "seal",
                    entry,
                    "the recorded seal",
                    shortened(row.columns().get("seal"))));
        }
        seal.map(Seal::columns)
                .orElse(Map.of())
                .forEach((column, kept) -> difference(
                                Where.HISTORY,
                                column,
                                entry,
                                kept,
                                row.columns().get(column))
                        .ifPresent(drift::add));
    }

    private static @Nullable String shortened(@Nullable String text) {
        return text == null || text.length() <= SEAL_SHOWN ? text : text.substring(0, SEAL_SHOWN) + "...";
    }

    /** What history should say of a revision whose document is intact, where it says something else. */
    Optional<StatusColumns> repaired(AgentId agent, HistoryRow row) {
        List<Drift> drift = new ArrayList<>();
        revision(agent, row, null, drift);
        return drift.isEmpty()
                        || !(documents.of(agent, row.revision()) instanceof StoredDocument.Intact intact)
                        || !(StatusParser.parse(intact.bytes()) instanceof ParseResult.Parsed parsed)
                ? Optional.empty()
                : Optional.of(columns(agent, parsed.document(), Instant.EPOCH));
    }

    /** One revision against its own document, and against the version it must hold where that is known. */
    private void revision(AgentId agent, HistoryRow row, @Nullable StatusDocument known, List<Drift> drift) {
        seal(row, drift);
        String entry = Long.toString(row.revision());
        StoredDocument document = documents.of(agent, row.revision());
        StatusDocument expected = known;
        switch (document) {
            case StoredDocument.Damaged damaged ->
                drift.add(new Drift(Where.HISTORY, "document", entry, "the recorded bytes", damaged.reason()));
            case StoredDocument.Intact intact -> {
                if (known == null && StatusParser.parse(intact.bytes()) instanceof ParseResult.Parsed parsed) {
                    expected = parsed.document();
                }
            }
        }
        if (expected == null) {
            return;
        }
        String sha256 = row.columns().get("content_sha256");
        if (Objects.equals(row.recorded("content_sha256"), sha256)) {
            difference(Where.HISTORY, "content_sha256", entry, expected.sha256(), sha256)
                    .ifPresent(drift::add);
        }
        StatusColumns columns = columns(agent, expected, Instant.EPOCH);
        for (StatusField field : StatusField.values()) {
            if (HISTORY_FIELDS.contains(field)) {
                field(field, entry, columns, row.columns(), drift);
            }
        }
    }

    private static void search(StoredAgent stored, StatusDocument recorded, List<Drift> drift) {
        Map<String, Passage> expected = new LinkedHashMap<>();
        (stored.isQueued() ? Passages.ofKnownMembers(recorded) : Passages.of(recorded))
                .forEach(passage -> expected.put(passage.key(), passage));
        String revision =
                stored.head().map(head -> Long.toString(head.revision())).orElse(null);
        for (PassageRow row : stored.passages()) {
            Passage actual = row.passage();
            Passage passage = expected.remove(actual.key());
            index(row, drift);
            if (passage == null && stored.isQueued() && actual.key().compareTo(Passages.FURTHER) >= 0) {
                // Of an earlier document; replaced when the agent leaves the queue.
                continue;
            }
            if (passage == null) {
                drift.add(new Drift(Where.SEARCH, "passage", actual.key(), null, actual.text()));
                continue;
            }
            difference(Where.SEARCH, "field", passage.key(), passage.field(), actual.field())
                    .ifPresent(drift::add);
            difference(Where.SEARCH, "text", passage.key(), passage.text(), actual.text())
                    .ifPresent(drift::add);
            difference(Where.SEARCH, "text_sha256", passage.key(), passage.textSha256(), actual.textSha256())
                    .ifPresent(drift::add);
            difference(Where.SEARCH, "revision", passage.key(), revision, Long.toString(row.revision()))
                    .ifPresent(drift::add);
        }
        expected.values()
                .forEach(missing -> drift.add(new Drift(Where.SEARCH, "passage", missing.key(), missing.text(), null)));
    }

    /** Past work is what it was when it left the document; what it was before that nobody knows any more. */
    private static void past(StoredAgent stored, List<Drift> drift) {
        Set<String> current =
                stored.passages().stream().map(row -> row.passage().key()).collect(Collectors.toSet());
        for (PastRow past : stored.past()) {
            if (past.isAsItLeft() && !current.contains(past.row().passage().key())) {
                index(past.row(), drift);
            } else {
                drift.add(stray("past_passage", past.row()));
            }
        }
    }

    /** What the search looks a passage up by. */
    private static void index(PassageRow row, List<Drift> drift) {
        String key = row.passage().key();
        if (row.vector() == StoredAgent.Vector.UNFIT) {
            drift.add(new Drift(
                    Where.SEARCH, "embedding", key, "what the model in use makes of the text", "something else"));
        }
        if (!row.isFoundByWords()) {
            drift.add(new Drift(Where.SEARCH, "words", key, "those of the text", "none, or others"));
        }
    }

    private static void field(
            StatusField field,
            @Nullable String entry,
            StatusColumns expected,
            Map<String, @Nullable String> row,
            List<Drift> drift) {
        String wanted = expected.text(field).orElse(null);
        String actual = row.get(field.column());
        if (!sameValue(field, wanted, actual)) {
            drift.add(new Drift(entry == null ? Where.ROW : Where.HISTORY, field.column(), entry, wanted, actual));
        }
    }

    private static Optional<Drift> difference(
            Where where, String field, @Nullable String entry, @Nullable String expected, @Nullable String actual) {
        return Objects.equals(expected, actual)
                ? Optional.empty()
                : Optional.of(new Drift(where, field, entry, expected, actual));
    }

    /** Databases spell a number their own way: 12.50, 1.25E1. */
    private static boolean sameValue(StatusField field, @Nullable String expected, @Nullable String actual) {
        if (Objects.equals(expected, actual)) {
            return true;
        }
        if (field != StatusField.POINTS_EARNED || expected == null || actual == null) {
            return false;
        }
        try {
            return new BigDecimal(expected).compareTo(new BigDecimal(actual)) == 0;
        } catch (NumberFormatException edited) {
            return false;
        }
    }

    private static @Nullable String digest(@Nullable String document) {
        return document == null
                ? null
                : "sha256 "
                        + DocumentContent.sha256Of(document.getBytes(StandardCharsets.UTF_8))
                                .substring(0, 16) + ", " + document.length() + " characters";
    }
}
