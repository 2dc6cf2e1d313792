package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What this host has put at one receiver: by it a host tells its own document there from anybody else's.
 *
 * <p><b>What one call does.</b> {@link #intend} notes documents that are about to be sent; {@link #confirm} that these
 * stand there now, and forgets what was noted of the agents before; {@link #forget} that nothing of the agents is this
 * host's there any more. <b>Atomic:</b> each agent's note. What is intended is durable when the call returns; the rest may
 * be lost with the power, which costs no more than a comparison. <b>A second call</b> changes nothing. <b>Absent:</b> an
 * agent without a note is {@link Note#NONE}; so is one whose note is damaged. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} WORKSPACE_UNREADABLE when nothing can be noted. <b>Threads:</b> one at a
 * time.
 */
public interface PushNotes extends AutoCloseable {
    /** Everybody with a note. */
    Set<AgentId> agents();

    Note of(AgentId agent);

    /** @param documents the SHA-256 of each */
    void intend(Map<AgentId, String> documents);

    /** @param documents the SHA-256 of each */
    void confirm(Map<AgentId, String> documents);

    void forget(Collection<AgentId> agents);

    @Override
    void close();

    /**
     * What this host has put there of an agent.
     *
     * @param confirmed the SHA-256 of what stood there last, as the receiver said; null when it has said nothing yet
     * @param intended of what was sent since, and may stand there
     */
    record Note(@Nullable String confirmed, List<String> intended) {
        public static final Note NONE = new Note(null, List.of());

        public Note {
            intended = List.copyOf(intended);
        }

        /** Whether a document of this SHA-256 is one that this host has put there. */
        boolean owns(String sha256) {
            return sha256.equals(confirmed) || intended.contains(sha256);
        }

        /** Whether the receiver has said that this stands there, and nothing was sent since. */
        boolean isConfirmed(String sha256) {
            return intended.isEmpty() && sha256.equals(confirmed);
        }

        /** What stands there if all is as it was left; null for nothing. */
        @Nullable
        String likely() {
            return confirmed != null || intended.isEmpty() ? confirmed : intended.getLast();
        }

        boolean isNone() {
            return confirmed == null && intended.isEmpty();
        }
    }
}
