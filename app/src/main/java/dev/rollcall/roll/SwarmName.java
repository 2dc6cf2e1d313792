package dev.rollcall.roll;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;

/** The name of a swarm; shares the spelling rules of agent ids. */
public record SwarmName(String value) {
    public static final SwarmName DEFAULT = new SwarmName("default");

    public SwarmName {
        var objection = dev.rollcall.document.AgentId.objectionTo(value);
        if (objection.isPresent()) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "swarm name " + objection.get(),
                    "Choose a plain name, for example night-shift.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
