package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusColumns;
import java.util.Comparator;
import java.util.List;

/** Something seen at an agent's file that the roll should take over. */
public sealed interface RollChange {
    Sighting sighting();

    default AgentId agent() {
        return sighting().agent();
    }

    /**
     * The file holds an acceptable document. A new revision is recorded when its bytes differ from the latest one.
     *
     * @param passages kept in the order of their keys, as stores fill their pages
     */
    record Accepted(
            Sighting sighting,
            DocumentContent content,
            StatusColumns columns,
            List<Passage> passages,
            Origin origin,
            Extent extent)
            implements RollChange {
        private static final Comparator<Passage> BY_KEY = (a, b) -> a.key().compareTo(b.key());

        public Accepted {
            passages = passages.stream().sorted(BY_KEY).toList();
        }
    }

    /** How much is rewritten when the bytes are those of the latest revision. */
    enum Extent {
        /** Only what the sighting changes: stamp, presence, a rejection that is over, columns read by new rules. */
        CHANGES,
        /** The row, the passages, the history head, and the history columns of every intact document. */
        EVERYTHING
    }

    /** The file is not acceptable; the last good revision stays in force. {@code bytes} are capped by the store. */
    record Refused(Sighting sighting, ParseResult.Rejected rejection, byte[] bytes, String contentSha256)
            implements RollChange {}

    /** The workspace, or the status.json in it, is gone. */
    record Departed(Sighting sighting) implements RollChange {}

    /**
     * The file still holds what stands recorded, accepted or refused, and its stat data prove that from now on. Nothing
     * but the recorded stamp changes, the number of the reading least of all.
     */
    record Rested(Sighting sighting) implements RollChange {}
}
