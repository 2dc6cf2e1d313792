package dev.rollcall.app;

/**
 * A swarm opened for everybody who asks through the window: pages, API and MCP. Thread-safe.
 *
 * @param swarm names it, with its settings and its clock; nobody asks it anything else
 * @param rolls for a question that the live roll does not answer
 */
public record OpenSwarm(Rollcall swarm, OpenRolls rolls, LiveRoll live) implements AutoCloseable {
    /** Opens it; it is followed from here on. */
    public static OpenSwarm of(Rollcall swarm) {
        OpenRolls rolls = new OpenRolls(swarm);
        return new OpenSwarm(swarm, rolls, new LiveRoll(swarm, rolls));
    }

    @Override
    public void close() {
        live.close();
        rolls.close();
    }
}
