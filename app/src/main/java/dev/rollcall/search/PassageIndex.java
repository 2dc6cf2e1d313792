package dev.rollcall.search;

import java.util.List;

/**
 * Which passages point where a question points. An index is only a way to look faster at what the database keeps: it can
 * be thrown away and filled again.
 *
 * <p><b>What one call does.</b> {@link #add} takes vectors in by their numbers; {@link #nearest} tells those that point
 * most like the one asked for, best first, the lower number first among equals.
 *
 * <p><b>What is atomic.</b> Nothing of a call of {@code add} that fails counts as taken in: {@link #newest} tells how far
 * it got, and the same vectors may come again.
 *
 * <p><b>What a second call does.</b> A number that is in already is passed over: the vector of a number never changes.
 * Numbers come in any order within a call, and above {@link #newest} from call to call.
 *
 * <p><b>Absent, empty, broken.</b> An empty index finds nothing, and its newest number is 0. There is no removal: a number
 * whose passage is gone is dropped by whoever asked. An index on disk that is missing, damaged or of another dimension
 * opens as an empty one.
 *
 * <p><b>Exceptions.</b> IllegalArgumentException for a vector of another dimension, a number below 1, or a limit below 1;
 * {@link dev.rollcall.problem.ProblemException} with WORKSPACE_UNREADABLE from {@code add} and from opening where the place
 * on disk can not be used, or another process is the one that adds, and with DATABASE_UNAVAILABLE from every call on an index
 * in a database; IllegalStateException after close.
 *
 * <p><b>Threads.</b> {@code add} by one at a time; {@code nearest} by any number at once, also meanwhile, over what was in
 * when it began. On disk: one process adds, others read. In a database: several may add, one after the other.
 */
public interface PassageIndex extends AutoCloseable {
    void add(List<Numbered> vectors);

    List<Near> nearest(Embedding asked, int atMost);

    /** The largest number that is in; 0 for none. */
    long newest();

    int size();

    @Override
    void close();

    /** @param number of the passage in the database, at least 1, never used for another vector */
    record Numbered(long number, Embedding embedding) {}

    /** @param cosine by {@link Embedding#cosine} */
    record Near(long number, double cosine) {}
}
