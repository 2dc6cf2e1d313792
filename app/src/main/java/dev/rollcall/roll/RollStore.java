package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roll of one swarm as those see it who keep it true: what is known of each file, and the one way to change it.
 *
 * <p><b>What one call does.</b> {@link #standings} and {@link #standing} tell what is known without opening documents;
 * {@link #record} takes over what was seen; {@link #stored} and {@link #document} give back everything for comparison.
 *
 * <p><b>What is atomic.</b> One call of {@code record} is one durable transaction: row, revision, passages, rejection
 * and reading number of all its changes are visible together or not at all. A read call sees one consistent state.
 *
 * <p><b>What a second call does.</b> Recording the same bytes again adds no revision. A change whose
 * {@link Sighting#expectedReading} is no longer current changes nothing and yields {@link RecordOutcome.Superseded}.
 *
 * <p><b>Absent, empty, broken.</b> An agent nobody knows has no standing; an empty list of changes is no transaction; a
 * document that can not be given back byte for byte is {@link StoredDocument.Damaged}, never other bytes.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE when the database stays
 * locked, is read-only, full or damaged; the transaction is rolled back then.
 *
 * <p><b>Threads.</b> One thread at a time; several processes at once.
 */
public interface RollStore extends AutoCloseable {
    Map<AgentId, Standing> standings();

    Optional<Standing> standing(AgentId agent);

    /** One outcome for each change, in order. An agent occurs at most once in a call. */
    List<RecordOutcome> record(List<RollChange> changes);

    /** Empty when the roll holds nothing at all of this agent. */
    Optional<StoredAgent> stored(AgentId agent);

    /** The bytes of one recorded version of the agent. */
    StoredDocument document(AgentId agent, long revision);

    /** What stands rejected now, by agent. */
    List<RejectedDocument> rejected();

    @Override
    void close();
}
