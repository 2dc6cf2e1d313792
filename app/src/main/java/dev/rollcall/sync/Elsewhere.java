package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;

/**
 * An agent of this swarm that somebody else records.
 *
 * @param reason a sentence that tells who, and what to do
 */
public record Elsewhere(AgentId agent, String reason) implements Comparable<Elsewhere> {
    static Elsewhere outside(AgentId agent) {
        return new Elsewhere(agent, "its file stands outside this root; give each root its own --swarm name");
    }

    static Elsewhere owned(AgentId agent, RecordOutcome.Owned owned) {
        return new Elsewhere(
                agent,
                "it is recorded by " + owned.owner() + ", not by " + owned.refused()
                        + "; where the first is gone for good, sync --take-over makes it this root's");
    }

    @Override
    public int compareTo(Elsewhere other) {
        return agent.compareTo(other.agent);
    }
}
