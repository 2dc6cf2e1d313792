package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.SourceName;
import dev.rollcall.sync.StatusSource.Look;
import dev.rollcall.sync.Verification;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What roots have to do with each other that share a swarm: each agent is one's. For one thread at a time. */
public final class Sharing {
    private final Rollcall rollcall;

    Sharing(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /** Makes agents this source's, whoever recorded them before: one, or, for null, all that have a file here. */
    public void takeOver(@Nullable AgentId only) {
        List<AgentId> agents =
                only == null ? List.copyOf(rollcall.source().scan().files().keySet()) : List.of(only);
        rollcall.writing(Rollcall.LOCK_TIMEOUT).takeOver(agents);
    }

    /** Agents with a file under this root that is on nobody's roll, and who records them; by id. */
    Map<AgentId, SourceName> unseen() {
        Map<AgentId, SourceName> unseen = new TreeMap<>(rollcall.reading().ownedElsewhere());
        if (!unseen.isEmpty()) {
            unseen.keySet().retainAll(rollcall.source().scan().files().keySet());
        }
        return unseen;
    }

    List<Verification> own(List<Verification> all) {
        Map<AgentId, SourceName> others = rollcall.reading().ownedElsewhere();
        return all.stream()
                .filter(verification -> !others.containsKey(verification.agent()))
                .toList();
    }

    void refuseOthersWithoutFile(String what, AgentId agent) {
        if (rollcall.settings().database().source() != null && rollcall.source().look(agent) instanceof Look.Absent) {
            refuseOthers(what, agent);
        }
    }

    /** @throws ProblemException REFUSED for an agent of another source */
    void refuseOthers(String what, AgentId agent) {
        SourceName owner = rollcall.reading().ownedElsewhere().get(agent);
        if (owner != null) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    what + " of " + agent + ": it is recorded by " + owner,
                    "Run the command there.");
        }
    }
}
