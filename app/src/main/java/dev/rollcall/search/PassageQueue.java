package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.roll.Passage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The agents of one swarm whose passages wait for their words and vectors, and for the texts that stand outside the known
 * members. Recording puts an agent in the queue, in the transaction of the change itself.
 *
 * <p><b>What one call does.</b> {@link #queued}, {@link #open}, {@link #bring} and {@link #settle}, in this order, take one
 * agent out of the queue. {@link #demandModel} queues what has no vector of the model in use; {@link #makeIndex} prepares
 * the database for keeping an index of them itself.
 *
 * <p><b>What is atomic.</b> Each call. {@code settle} writes vectors, words and numbers together, and takes the agent off
 * the queue when nothing of it waits any more.
 *
 * <p><b>What a second call does.</b> Nothing new: what is there already stays, number and vector included. Two processes
 * that take the same agent do the same work twice and harm nothing. After a kill at any point the agent is still queued.
 *
 * <p><b>Absent, empty, broken.</b> An agent that has no row, no document or one that a hand has made unreadable leaves the
 * queue when it is opened, and what can not be an agent's id when it is met: a forced sync queues the agents again. Where
 * the index of words is damaged, {@code demandModel} makes it anew. A passage that went while it was embedded is passed over. A stored vector of another model or another dimension, or without a
 * direction, waits after {@code demandModel}.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE; the transaction is rolled
 * back then.
 *
 * <p><b>Threads.</b> One at a time; several processes at once, also while others record.
 */
public interface PassageQueue {
    /** How many agents wait. */
    long size();

    /** Agents that wait, by id, above the given one; so many at most. Null for the first ones. */
    List<AgentId> queued(@Nullable AgentId above, int atMost);

    /** What the agent's passages follow from; empty when there is no document that can be read. */
    Optional<Opened> open(AgentId agent);

    /**
     * Makes the agent's passages what its document implies, unless the row has another revision by now. A text that is
     * embedded anywhere in the database already, under the same label and model, takes that vector.
     *
     * @return what waits for a vector, past work included
     */
    List<Waiting> bring(Opened opened, List<Passage> passages, String model);

    /** @param embedded what {@link #bring} returned, with vectors; without them only words are written */
    void settle(Opened opened, String model, List<Embedded> embedded);

    /**
     * Makes the model the one in use in the whole database, and queues every agent with an entry that lacks words or a
     * vector of it; agents of other swarms as well.
     */
    void demandModel(String model, int dimension);

    /**
     * Makes the index that {@link RollPassages#shared} opens, empty and of the place's dimension, where it is missing, the
     * database can have one and this user may make it.
     *
     * @return the index, to add to; null where there is none, or this user may not add to it
     */
    @Nullable
    PassageIndex makeIndex(RollPassages.Place place);

    /** The agent's current document, and the revision it came with. */
    record Opened(AgentId agent, long revision, StatusDocument document) {}

    /** A passage without a vector. */
    record Waiting(String key, String field, String text) {}

    /** @param embedding null where there is no model */
    record Embedded(Waiting passage, @Nullable Embedding embedding) {}
}
