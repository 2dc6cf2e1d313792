package dev.rollcall.http;

import dev.rollcall.answers.LifecycleAnswer;
import dev.rollcall.answers.LifecycleRequest;
import dev.rollcall.app.AuditLog;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Agents that tell about their work from other machines, and captains who tell for them: needs a token. */
final class AgentRoutes {
    private static final String ANY = "*";
    private static final Pattern VERB = Pattern.compile("/api/v1/agents/[^/]+/([^/]+)/?");

    private final OpenSwarm swarm;
    private final Guard guard;
    private final AuditLog log;

    AgentRoutes(OpenSwarm swarm, Guard guard) {
        this.swarm = swarm;
        this.guard = guard;
        this.log = swarm.swarm().auditLog();
    }

    void addTo(RoutesConfig routes) {
        routes.put("/api/v1/agents/{id}/status", this::replace);
        for (String verb : LifecycleRequest.VERBS.keySet()) {
            routes.post("/api/v1/agents/{id}/" + verb, context -> perform(context, verb));
        }
    }

    /** Whether somebody asked for a verb that there is none of; answers if so. */
    static boolean answeredUnknownVerb(Context context) {
        Matcher verb = VERB.matcher(context.path());
        if (!HandlerType.POST.equals(context.method()) || !verb.matches()) {
            return false;
        }
        ProblemAnswer.send(
                context,
                404,
                "not_found",
                "there is no verb \"" + ShownText.of(verb.group(1)) + "\"",
                "It is one of " + String.join(", ", LifecycleRequest.VERBS.keySet()) + ".");
        return true;
    }

    private void perform(Context context, String verb) throws IOException {
        AgentId agent = Parameters.of(context).agent();
        write(context, agent, verb, () -> {
            LifecycleCommand command = LifecycleRequest.of(verb, body(context));
            return rollcall -> rollcall.lifecycle(agent).perform(command);
        });
    }

    private void replace(Context context) throws IOException {
        AgentId agent = Parameters.of(context).agent();
        write(context, agent, "put-status", () -> {
            byte[] bytes = body(context);
            String expected = expected(context.header("If-Match"));
            return rollcall -> rollcall.lifecycle(agent).replace(bytes, expected);
        });
    }

    /** The hash in an entity tag as {@code GET status} gives it; null for any. */
    private static @Nullable String expected(@Nullable String ifMatch) {
        return ifMatch == null || ifMatch.strip().equals(ANY)
                ? null
                : ifMatch.strip().replaceAll("^\"|\"$", "");
    }

    /** Reads what is wanted; only for somebody who may. */
    private interface Request {
        Function<Rollcall, LifecycleOutcome> read() throws IOException;
    }

    private void write(Context context, AgentId agent, String action, Request request) throws IOException {
        Caller caller = Guard.caller(context);
        if (!guard.allowsWrite(context, caller)) {
            return;
        }
        if (!caller.scope().mayWrite(agent)) {
            log(caller, action, agent, "refused");
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
            return;
        }
        log(caller, action, agent, "asked");
        try {
            Function<Rollcall, LifecycleOutcome> work = request.read();
            answer(context, swarm.rolls().ask(work), caller, action);
        } catch (ProblemException notDone) {
            log(caller, action, agent, notDone.problem().code().label());
            throw notDone;
        }
    }

    /** It is written by now, whatever happens to the log. */
    private void answer(Context context, LifecycleOutcome outcome, Caller caller, String action) {
        List<String> warnings = new ArrayList<>();
        if (!outcome.isSynced()) {
            warnings.add("the roll could not be updated: " + outcome.notSyncedBecause());
        }
        try {
            String revision = outcome.isSynced() ? " as revision " + outcome.revision() : "";
            log(caller, action, outcome.agent(), "written" + revision);
        } catch (ProblemException notLogged) {
            warnings.add("that it is written could not be logged: "
                    + notLogged.problem().message());
        }
        context.status(outcome.isNew() ? 201 : 200)
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(LifecycleAnswer.json(outcome, json -> json.texts("warnings", warnings)));
    }

    private void log(Caller caller, String action, AgentId agent, String outcome) {
        log.add(
                swarm.swarm().clock().instant(),
                List.of(caller.token(), caller.address(), action, agent.value(), outcome));
    }

    /** The body, up to what a status may hold. */
    private byte[] body(Context context) throws IOException {
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
