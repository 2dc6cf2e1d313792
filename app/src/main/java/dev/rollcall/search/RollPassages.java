package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The passages of one swarm's roll that have their words and vectors, past work included.
 *
 * <p><b>What one call does.</b> {@link #place} tells what there is, {@link #counts} how much; {@link #vectors} gives what
 * an index is made of, and {@link #shared} opens the one that the database has itself; {@link #byWords} looks for words;
 * {@link #found} and {@link #of} tell the passages themselves.
 *
 * <p><b>Atomic:</b> each call sees one consistent state, but {@code vectors}, which reads slice by slice.
 *
 * <p><b>A second call</b> sees the newest committed state. A number always means the same text of the same agent, and is
 * never given again: whoever has read up to a number finds what came since above it.
 *
 * <p><b>Absent, empty, broken.</b> A number that is gone, and a row that a hand has made unreadable, is left out. A stored
 * vector of another model, or without a direction, is left out of {@code vectors} and null elsewhere.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE.
 *
 * <p><b>Threads.</b> One at a time; several processes at once, also while others record.
 */
public interface RollPassages {
    Place place();

    Counts counts();

    /**
     * All vectors of the model whose number is above the given one, by number.
     *
     * @param each tells whether the next one is wanted
     */
    void vectors(String model, long above, Predicate<PassageIndex.Numbered> each);

    /** The index that the database has itself, for the place's model; it lives as long as the roll is open. */
    Shared shared(Place place);

    /** Passages that hold any of the words. */
    WordMatches byWords(List<String> words, int atMost);

    /** In no order. */
    List<FoundPassage> found(Collection<Long> numbers);

    /** All passages of an agent that have a number. */
    List<FoundPassage> of(AgentId agent);

    /**
     * Those of them that stand in its current document under one of these fields.
     *
     * @param fields as in {@link dev.rollcall.roll.Passage#field}
     */
    List<FoundPassage> of(AgentId agent, List<String> fields);

    /**
     * What there is.
     *
     * @param swarm of which the passages are
     * @param identity of the database: an index beside it that was made from another one is worthless
     * @param model in use; null before the first one
     * @param dimension of its vectors; 0 without a model
     * @param newest the largest number given in the whole database; 0 for none
     */
    record Place(String swarm, String identity, @Nullable String model, int dimension, long newest) {}

    /**
     * An index in the database, for all who search it. Whoever opened the roll to keep it may add to it.
     *
     * @param index null where there is none that can be used
     * @param condition what it is, or why there is none, for people; empty for a database that never has one
     */
    record Shared(@Nullable PassageIndex index, String condition) {
        public static final Shared NEVER = new Shared(null, "");
    }

    /**
     * How much there is of the swarm, whether it waits or not.
     *
     * @param now passages of the current documents
     * @param before passages of past work
     * @param embedded those of both that have a vector of the model in use
     */
    record Counts(long now, long before, long embedded) {}

    /**
     * A passage as the search tells it.
     *
     * @param revision the latest one that has the text
     * @param at when the text was first seen; for past work when it was seen gone
     * @param embedding null while it waits, or where the stored one is no vector
     */
    record FoundPassage(
            long number,
            AgentId agent,
            String field,
            String text,
            long revision,
            Instant at,
            When when,
            @Nullable Embedding embedding) {}

    /** Whether the text stands in the agent's current document. */
    enum When {
        NOW,
        BEFORE
    }

    /**
     * @param numbers of the passages, the best by BM25 first; words that very many hold bring none
     * @param frequencies how many passages of the database hold a word, for each word asked for
     */
    record WordMatches(List<Long> numbers, Map<String, Long> frequencies) {}
}
