package dev.rollcall.mcp;

import dev.rollcall.app.Scope;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import org.jspecify.annotations.Nullable;

/**
 * Who calls a tool.
 *
 * @param scope what the caller may do; a tool that writes is only there for one who may
 * @param record hears of every write, and of every attempt
 */
public record ToolCaller(Scope scope, WriteRecord record) {
    /** The outcome of a write that is still to come. */
    public static final String ASKED = "asked";

    /** Hears of writes, to keep account of them and to say when there are too many. */
    public interface WriteRecord {
        /** For somebody whose writes are his own affair. */
        WriteRecord NONE = (verb, agent, outcome) -> {};

        /**
         * Something was asked, done, or not done.
         *
         * @param agent whose status it is about; null where nobody can tell
         * @throws ProblemException when what was asked must not be done now
         */
        void note(String verb, @Nullable AgentId agent, String outcome);
    }

    /** The caller that a process was started for; null for nobody, who may only look. */
    public static ToolCaller of(@Nullable AgentId agent) {
        return new ToolCaller(agent == null ? new Scope.Read() : new Scope.Agent(agent), WriteRecord.NONE);
    }

    boolean mayWrite() {
        return !(scope instanceof Scope.Read);
    }
}
