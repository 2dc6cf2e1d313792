package dev.rollcall.mcp;

import dev.rollcall.app.Scope;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A write that a tool is asked for. The record hears first that it was asked, and then once what became of it. */
final class WriteAttempt {
    private final ToolCaller caller;
    private final String verb;
    private final @Nullable AgentId agent;
    private boolean isTold;

    /** @param values what the tool was called with, right or wrong */
    WriteAttempt(ToolCaller caller, String verb, Map<String, ? extends @Nullable Object> values) {
        this.caller = caller;
        this.verb = verb;
        this.agent = agent(caller.scope(), values.get(Argument.AGENT));
    }

    /** Whose status it is about; null where nobody can tell. */
    private static @Nullable AgentId agent(Scope scope, @Nullable Object named) {
        if (named == null || named instanceof String text && text.isBlank()) {
            return scope instanceof Scope.Agent(AgentId own) ? own : null;
        }
        return named instanceof String id && AgentId.objectionTo(id).isEmpty() ? new AgentId(id) : null;
    }

    /**
     * Does the work, unless the record objects.
     *
     * @param work gives the answer; tells what was written as soon as it is, and may be told that this could not be logged
     * @throws ProblemException what the work throws, or the record
     */
    String answer(Function<Consumer<String>, String> work) {
        note(ToolCaller.ASKED);
        try {
            return work.apply(this::tell);
        } catch (ProblemException notDone) {
            fail(notDone, notDone.problem().code().label());
            throw notDone;
        } catch (RuntimeException | Error bug) {
            fail(bug, ProblemCode.BUG.label());
            throw bug;
        }
    }

    private void tell(String outcome) {
        isTold = true;
        note(outcome);
    }

    /** The failure is what the caller must hear of, also where it can not be logged. */
    private void fail(Throwable failure, String outcome) {
        if (isTold) {
            return;
        }
        try {
            tell(outcome);
        } catch (ProblemException notLogged) {
            failure.addSuppressed(notLogged);
        }
    }

    private void note(String outcome) {
        caller.record().note(verb, agent, outcome);
    }
}
