package dev.rollcall.roll;

import dev.rollcall.document.AgentId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that the roll of one swarm holds of its agents, as it stands there, for comparison with what it should be.
 *
 * <p><b>What one call does.</b> {@link #stored} gives back rows, {@link #document} and {@link #documents} the bytes of
 * versions. Several agents are asked for at once where there are many: what a call costs on its way to a server is shared.
 *
 * <p><b>What is atomic.</b> A call sees one consistent state.
 *
 * <p><b>What a second call does.</b> Nothing is changed; it tells what stands there then.
 *
 * <p><b>Absent, empty, broken.</b> An agent of whom the roll holds nothing is left out; asked for nobody, a call answers
 * with nothing. Cells that a hand has edited are told as they are. A document that can not be given back byte for byte is
 * {@link StoredDocument.Damaged}, never other bytes; so is a version that the agent does not have.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with DATABASE_UNAVAILABLE when the database can not be
 * read.
 *
 * <p><b>Threads.</b> One thread at a time; several processes at once.
 */
public interface RecordedRoll {
    /** Empty when the roll holds nothing at all of this agent. */
    default Optional<StoredAgent> stored(AgentId agent) {
        return Optional.ofNullable(stored(List.of(agent)).get(agent));
    }

    /** The same of several agents, at one moment; without those the roll holds nothing of. */
    Map<AgentId, StoredAgent> stored(List<AgentId> agents);

    /** Bytes of the document in each agent's row: who asks for several at once can tell how much will come. */
    Map<AgentId, Long> sizes();

    /** All revisions of an agent, oldest first; empty for an agent nobody knows. */
    List<StoredAgent.HistoryRow> storedHistory(AgentId agent);

    /** The bytes of one recorded version of the agent. */
    StoredDocument document(AgentId agent, long revision);

    /** The same of one version of each of several agents. */
    Map<AgentId, StoredDocument> documents(Map<AgentId, Long> revisions);
}
