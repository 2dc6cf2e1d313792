package dev.rollcall.roll;

/**
 * How much the roll holds of one agent.
 *
 * @param rows 1 for an agent that has a current state, else 0
 * @param revisions recorded versions
 * @param passages entries of the search index
 * @param rejected 1 while a rejected document is kept, else 0
 * @param readings 1 while the roll knows when it last looked at the file, else 0
 * @param events entries of the log of events
 * @param gaps stretches in which versions do not tell what the file said
 */
public record Holdings(long rows, long revisions, long passages, long rejected, long readings, long events, long gaps) {
    public boolean isNothing() {
        return rows + revisions + passages + rejected + readings + events + gaps == 0;
    }
}
