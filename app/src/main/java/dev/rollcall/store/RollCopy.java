package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Takes all of a swarm from one database into another: versions byte for byte with what was noted of them, rows, rejected
 * documents, gaps, past work and events. What follows from these is derived anew, and passages wait for their vectors.
 * Leads and readings stay behind: the next pass reads every file. For one thread.
 *
 * <p>Agent by agent, each in one transaction, so that a copy that was interrupted goes on where it ended. The source is
 * seen in one state throughout and is not changed.
 */
public final class RollCopy {
    private final Side from;
    private final Side to;
    private final SwarmName swarm;
    private final ReadingRules rules;

    private RollCopy(SqlConnection from, SqlConnection to, SwarmName swarm, ReadingRules rules) {
        this.from = new Side(from, swarm);
        this.to = new Side(to, swarm);
        this.swarm = swarm;
        this.rules = rules;
    }

    /** Told after each agent. */
    @FunctionalInterface
    public interface Progress {
        void at(int done, int total);
    }

    /**
     * What a copy did. Everything that is counted was compared in the end.
     *
     * @param agents in the source
     * @param there of these, how many an earlier copy had taken over
     * @param things versions, rows, rejected documents, gaps and past work that are the same in both, bytes by their digest
     * @param lost what the source itself can not give back, in sentences
     * @param raisedBy what revisions were raised by, because the target had given out numbers; 0 where they are kept
     */
    public record Copied(int agents, int there, long things, long events, List<String> lost, long raisedBy) {}

    /**
     * @param to is given the newest schema where it has none
     * @throws ProblemException WRONG_USAGE where the two are one, REFUSED where the target holds something else of the swarm, DATABASE_UNAVAILABLE where one
     *     of the two can not be reached, or where the copy is not the same as its source
     */
    public static Copied run(SqlStore from, SqlStore to, ReadingRules rules, Progress progress) {
        if (from.connection().identity().equals(to.connection().identity())) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "copy: --from and --to name the same database", "Give --to another one.");
        }
        return new RollCopy(from.connection(), to.connection(), to.swarm(), rules).run(progress);
    }

    /**
     * @throws ProblemException REFUSED where there is nothing of the swarm
     */
    public static void demandSomebody(SqlStore store) {
        SqlConnection connection = store.connection();
        Side side = new Side(connection, store.swarm());
        if (connection.read(side::agents).isEmpty()) {
            List<String> others = connection.read(side::swarms);
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    connection.place() + ": nobody is in the swarm " + store.swarm(),
                    others.isEmpty()
                            ? "Record the agents first: rollcall sync --all."
                            : "It has " + String.join(", ", others) + "; --swarm names the one to copy.");
        }
    }

    private Copied run(Progress progress) {
        return from.connection().read(() -> {
            List<String> agents = from.agents();
            Optional<String> stranger = to.connection().read(to::agents).stream()
                    .filter(id -> !agents.contains(id))
                    .findFirst();
            if (stranger.isPresent()) {
                throw refused(stranger.get() + ", which the source does not have");
            }
            long raisedBy = raisedBy(agents);
            List<String> lost = new ArrayList<>();
            int there = 0;
            long things = 0;
            for (int i = 0; i < agents.size(); i++) {
                List<String> wanted = from.told(agents.get(i), raisedBy, lost);
                if (!isThere(agents.get(i), wanted)) {
                    copy(agents.get(i), raisedBy);
                    demandSame(agents.get(i), wanted);
                } else {
                    there++;
                }
                things += wanted.size();
                progress.at(i + 1, agents.size());
            }
            long events = new EventCopy(from, to).run(raisedBy);
            return new Copied(agents.size(), there, things, events, lost, raisedBy);
        });
    }

    /**
     * As an earlier copy did it, else beyond every number that the target has given out; nobody there is given those of the
     * copy from here on.
     */
    private long raisedBy(List<String> agents) throws SQLException {
        OptionalLong earlier = earlierRaise(agents);
        long last = from.lastRevision();
        return to.connection().writeNumbers(Durability.AT_ONCE, () -> {
            long raisedBy = earlier.isPresent()
                    ? earlier.getAsLong()
                    : to.connection().engine().lastRevision();
            to.connection().engine().raiseRevisions(last + raisedBy);
            return raisedBy;
        });
    }

    private OptionalLong earlierRaise(List<String> agents) throws SQLException {
        for (String agent : agents) {
            OptionalLong here = from.firstRevision(agent);
            OptionalLong copied = to.connection().read(() -> to.firstRevision(agent));
            if (here.isPresent() && copied.isPresent()) {
                long raisedBy = copied.getAsLong() - here.getAsLong();
                // Throws where it is no copy.
                isThere(agent, from.told(agent, raisedBy, new ArrayList<>()));
                return OptionalLong.of(raisedBy);
            }
        }
        return OptionalLong.empty();
    }

    /** An agent is copied in one transaction: it is there whole or not at all. */
    private boolean isThere(String agent, List<String> wanted) {
        return to.connection().read(() -> {
            if (!to.hasAnything(agent)) {
                return false;
            }
            if (!to.told(agent, 0, new ArrayList<>()).equals(wanted)) {
                throw refused("something else of " + agent);
            }
            return true;
        });
    }

    private void copy(String agent, long raisedBy) {
        to.history().prepare(List.of());
        to.connection().write(Durability.AT_ONCE, () -> {
            ComingIn in = new ComingIn(to.connection(), swarm, to.history(), rules, raisedBy);
            new GoingOut(from.connection(), swarm, from.history(), item -> take(item, in)).agent(agent);
            AgentId id = new AgentId(agent);
            for (PastPassages.Leaving leaving : from.past().leavings(id)) {
                to.past().add(id, leaving.raisedBy(raisedBy));
            }
            return true;
        });
    }

    private void take(RollItem item, ComingIn in) {
        try {
            in.take(item);
        } catch (SQLException failure) {
            throw to.connection().translated(failure);
        }
    }

    private void demandSame(String agent, List<String> wanted) {
        List<String> copied = to.connection().read(() -> to.told(agent, 0, new ArrayList<>()));
        if (!copied.equals(wanted)) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    "copy: " + agent + " is not the same in " + to.connection().place(),
                    "Somebody may have recorded there meanwhile; forget the agent there and copy again.");
        }
    }

    private ProblemException refused(String what) {
        return new ProblemException(
                ProblemCode.REFUSED,
                to.connection().place() + ": the swarm " + swarm + " holds something already: " + what,
                "Copy into a new database with --to, or into a new swarm.");
    }
}
