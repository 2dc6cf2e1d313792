package dev.rollcall.roll;

/** What the roll made of one {@link RollChange}. */
public sealed interface RecordOutcome {
    /** A new revision. */
    record Recorded(long revision) implements RecordOutcome {}

    /** The bytes were those of the latest revision, or the rejection or departure was taken over. */
    record Noted(long revision) implements RecordOutcome {
        /** The revision when the agent has none. */
        public static final long NONE = 0;
    }

    /**
     * The agent is another source's, and is present there; nothing was changed.
     *
     * @param refused whose change it was
     */
    record Owned(SourceName owner, SourceName refused) implements RecordOutcome {}

    /** Somebody recorded a later look at this agent; nothing was changed and the file must be read again. */
    record Superseded() implements RecordOutcome {}
}
