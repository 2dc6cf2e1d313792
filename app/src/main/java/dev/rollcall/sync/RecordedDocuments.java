package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordedRoll;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.StoredDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Documents of recorded versions, which may be read ahead for several agents at once. */
final class RecordedDocuments {
    private final RecordedRoll store;
    private final Map<AgentId, Long> heads = new HashMap<>();
    private Map<AgentId, StoredDocument> ahead = Map.of();

    RecordedDocuments(RecordedRoll store) {
        this.store = store;
    }

    /** Reads each one's latest version, in place of what was read ahead before. */
    void readAhead(Collection<StoredAgent> agents) {
        forget();
        for (StoredAgent agent : agents) {
            agent.head().ifPresent(head -> heads.put(agent.standing().agent(), head.revision()));
        }
        ahead = store.documents(heads);
    }

    void forget() {
        heads.clear();
        ahead = Map.of();
    }

    /** What was read ahead of the agent may have been mended since. */
    void forget(AgentId agent) {
        heads.remove(agent);
    }

    StoredDocument of(AgentId agent, long revision) {
        StoredDocument known = Objects.equals(heads.get(agent), revision) ? ahead.get(agent) : null;
        return known == null ? store.document(agent, revision) : known;
    }
}
