package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredDocument;
import java.time.Instant;

/** What a recorded version says, as far as it can still be read. */
public sealed interface VersionDocument {
    record Legible(StatusDocument document) implements VersionDocument {}

    /** @param reason half a sentence */
    record Illegible(String reason) implements VersionDocument {}

    /** Fetches and parses a version's document. */
    static VersionDocument of(RollPast past, AgentId agent, long revision) {
        return switch (past.document(agent, revision)) {
            case StoredDocument.Damaged(String reason) -> new Illegible(reason);
            case StoredDocument.Intact(byte[] bytes) ->
                switch (StatusParser.parse(bytes)) {
                    case ParseResult.Parsed parsed -> new Legible(parsed.document());
                    case ParseResult.Rejected rejected -> new Illegible(rejected.message());
                };
        };
    }

    /** What a version's own document says by the reading rules of now. */
    static StatusColumns columns(StatusDocument document, AgentId agent, ReadingRules rules, Revision version) {
        Instant modifiedAt = version.sourceModifiedAt();
        return StatusView.columns(document, agent, rules, modifiedAt == null ? version.observedAt() : modifiedAt);
    }
}
