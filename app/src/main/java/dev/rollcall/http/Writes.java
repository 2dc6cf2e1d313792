package dev.rollcall.http;

import dev.rollcall.app.AuditLog;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Who may write an agent's file, and the line in the log for each attempt that is not one too many. Thread-safe. */
final class Writes {
    private final OpenSwarm swarm;
    private final Guard guard;
    private final AuditLog log;

    Writes(OpenSwarm swarm, Guard guard) {
        this.swarm = swarm;
        this.guard = guard;
        this.log = swarm.swarm().auditLog();
    }

    /**
     * Does the work, and answers; only for somebody who may.
     *
     * @param <T> what came of it
     */
    interface Work<T> {
        /** Reads what is wanted, and does it. */
        T done() throws IOException;

        /** What the log says of it. */
        String logged(T outcome);

        /** @param warnings that it could not be logged */
        void answer(T outcome, List<String> warnings);
    }

    <T> void write(Context context, AgentId agent, String action, Work<T> work) throws IOException {
        Caller caller = Guard.caller(context);
        if (!guard.allowsWrite(context, caller)) {
            return;
        }
        if (!caller.scope().mayWrite(agent)) {
            log(caller, action, agent, "refused");
            refuse(context, caller, agent);
            return;
        }
        T outcome = outcome(caller, agent, action, work);
        work.answer(outcome, warnings(() -> log(caller, action, agent, work.logged(outcome))));
    }

    /** What came of it; when nothing did, the log says why. */
    <T> T outcome(Caller caller, AgentId agent, String action, Work<T> work) throws IOException {
        log(caller, action, agent, "asked");
        try {
            return work.done();
        } catch (ProblemException notDone) {
            log(caller, action, agent, notDone.problem().code().label());
            throw notDone;
        } catch (IOException unread) {
            log(caller, action, agent, unread instanceof TooLarge ? "too_large" : "broken_request");
            throw unread;
        } catch (RuntimeException | Error bug) {
            logBug(caller, action, agent, bug);
            throw bug;
        }
    }

    /** The bug is what must be heard of, also where it can not be logged. */
    private void logBug(Caller caller, String action, AgentId agent, Throwable bug) {
        try {
            log(caller, action, agent, ProblemCode.BUG.label());
        } catch (ProblemException notLogged) {
            bug.addSuppressed(notLogged);
        }
    }

    /** It is written by now, whatever happens to the log. */
    private static List<String> warnings(Runnable logging) {
        List<String> warnings = new ArrayList<>();
        try {
            logging.run();
        } catch (ProblemException notLogged) {
            warnings.add("that it is written could not be logged: "
                    + notLogged.problem().message());
        }
        return warnings;
    }

    private static void refuse(Context context, Caller caller, AgentId agent) {
        boolean isNobody = caller.token().equals(Caller.NO_TOKEN);
        if (isNobody) {
            context.header("WWW-Authenticate", Guard.CHALLENGE);
        }
        ProblemAnswer.send(
                context,
                isNobody ? 401 : 403,
                isNobody ? "no_token" : "wrong_scope",
                isNobody ? "a token is needed to write" : "this token may not write the status of " + agent,
                "rollcall token create --scope agent:ID makes one for an agent.");
    }

    private void log(Caller caller, String action, AgentId agent, String outcome) {
        log.add(
                swarm.swarm().clock().instant(),
                List.of(caller.token(), caller.address(), action, agent.value(), outcome));
    }

    /** The body, up to what a status may hold. */
    byte[] body(Context context) throws IOException {
        long most = swarm.swarm().settings().maxDocumentBytes();
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(Math.toIntExact(most) + 1);
            if (bytes.length > most) {
                throw new TooLarge(most);
            }
            return bytes;
        }
    }

    /** A body that is longer than a status may be. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1;

        TooLarge(long most) {
            super("the body is larger than " + most + " bytes");
        }
    }
}
