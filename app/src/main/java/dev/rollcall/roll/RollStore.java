package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The roll of one swarm as those see it who keep it true: what is known of each file, and the one way to change it.
 *
 * <p><b>What one call does.</b> {@link #standings} and {@link #standing} tell what is known without opening documents;
 * {@link #record} takes over what was seen; {@link #stored}, {@link #storedHistory} and {@link #document} give back
 * everything for comparison; {@link #repairHistory} writes what history should say of older versions.
 *
 * <p><b>What is atomic.</b> One call of {@code record} or {@code repairHistory} is one transaction: row,
 * revision, passages, rejection and reading number of all its changes are visible together or not at all. It is durable as {@link Durability} tells. A read call
 * sees one consistent state.
 *
 * <p><b>Whose an agent is.</b> Opened for a {@link SourceName}, {@code record} makes an agent that nobody owns, or that has
 * left its owner, this source's; a change of an agent that another source has yields {@link RecordOutcome.Owned} and
 * changes nothing. {@code standings} and {@code standing} leave agents of other sources out; everything else tells of all.
 * Opened for none, whose an agent is does not matter.
 *
 * <p><b>What a second call does.</b> Recording the same bytes again adds no revision. A change whose
 * {@link Sighting#expectedReading} is no longer current changes nothing and yields {@link RecordOutcome.Superseded}.
 *
 * <p><b>Absent, empty, broken.</b> An agent nobody knows has no standing; an empty list of changes is no transaction; a
 * document that can not be given back byte for byte is {@link StoredDocument.Damaged}, never other bytes. Rows whose id
 * can not be an agent's are left out.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE when the database stays
 * locked, is read-only, full or damaged; the transaction is rolled back then.
 *
 * <p><b>Threads.</b> One thread at a time; several processes at once.
 */
public interface RollStore extends RecordedRoll, AutoCloseable {
    Map<AgentId, Standing> standings();

    Optional<Standing> standing(AgentId agent);

    /** The digest of the agent's latest revision. */
    Optional<String> latestSha256(AgentId agent);

    /**
     * One outcome for each change, in order. An agent occurs at most once in a call.
     *
     * <p>An accepted document whose bytes differ from the agent's latest revision becomes a revision; its observed_at is
     * never before the latest one's. With the same bytes, what the file or the reading rules changed is written to row,
     * history head and passages; with {@link RollChange.Extent#EVERYTHING} all of them are written as they should be.
     * Every revision gets a {@link Seal}. Columns that were edited away from theirs are put back before the latest
     * revision is told; EVERYTHING writes the latest one's seal anew where it does not fit.
     * The passages are those of the last accepted document; one that stays keeps its vector, a new one is queued. A
     * refusal leaves the last good revision in force and keeps since when the file is refused. A departure ends a
     * refusal and keeps row, history and passages; an agent without any accepted version is forgotten by it.
     */
    List<RecordOutcome> record(List<RollChange> changes, Durability durability);

    /** When a transaction survives a loss of power. It survives the end of the process in any case. */
    enum Durability {
        /** When the call returns, and with it everything that was recorded before. */
        AT_ONCE,
        /** With the next call that is durable at once: for a series of which only the end is told. */
        LATER
    }

    /**
     * Writes the columns that history keeps of each version, as they follow from its document and its own modification
     * time, and of all of the agent's revisions the columns that their {@link Seal} tells; a seal that does not fit stays
     * as it is. Revisions that the agent does not have are passed over.
     */
    void repairHistory(AgentId agent, Map<Long, StatusColumns> columnsByRevision);

    /** What stands rejected now, by agent. */
    List<RejectedDocument> rejected();

    @Override
    void close();
}
