package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;

/** What the bearer of a token may do. */
public sealed interface Scope {
    /** To look at everything. */
    record Read() implements Scope {}

    /** To look at everything, and to write the status of one agent. */
    record Agent(AgentId id) implements Scope {}

    /** To look at everything, and to write the status of every agent. */
    record Captain() implements Scope {}

    /** Whether it may write the status of this agent. */
    default boolean mayWrite(AgentId agent) {
        return switch (this) {
            case Read read -> false;
            case Agent(AgentId own) -> own.equals(agent);
            case Captain captain -> true;
        };
    }

    /** As it is typed and stored: {@code read}, {@code captain}, {@code agent:ID}. */
    default String text() {
        return switch (this) {
            case Read read -> "read";
            case Agent(AgentId own) -> "agent:" + own.value();
            case Captain captain -> "captain";
        };
    }

    /** @throws ProblemException WRONG_USAGE for anything else than {@link #text} gives; INVALID_AGENT_ID */
    static Scope of(String text) {
        if (text.equals("read")) {
            return new Read();
        }
        if (text.equals("captain")) {
            return new Captain();
        }
        if (text.startsWith("agent:")) {
            return new Agent(new AgentId(text.substring("agent:".length())));
        }
        throw new ProblemException(
                ProblemCode.WRONG_USAGE,
                "there is no scope \"" + ShownText.of(text) + "\"",
                "A scope is read, agent:ID or captain.");
    }
}
