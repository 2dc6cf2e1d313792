package dev.rollcall.http;

import dev.rollcall.answers.LifecycleAnswer;
import dev.rollcall.answers.LifecycleRequest;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.problem.ShownText;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
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
    private final Writes writes;

    AgentRoutes(OpenSwarm swarm, Writes writes) {
        this.swarm = swarm;
        this.writes = writes;
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
            LifecycleCommand command = LifecycleRequest.of(verb, writes.body(context));
            return rollcall -> rollcall.lifecycle(agent).perform(command);
        });
    }

    private void replace(Context context) throws IOException {
        AgentId agent = Parameters.of(context).agent();
        write(context, agent, "put-status", () -> {
            byte[] bytes = writes.body(context);
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
        writes.write(context, agent, action, new Writes.Work<LifecycleOutcome>() {
            @Override
            public LifecycleOutcome done() throws IOException {
                return swarm.rolls().ask(request.read());
            }

            @Override
            public String logged(LifecycleOutcome outcome) {
                return "written" + (outcome.isSynced() ? " as revision " + outcome.revision() : "");
            }

            @Override
            public void answer(LifecycleOutcome outcome, List<String> warnings) {
                List<String> all = new ArrayList<>(warnings);
                if (!outcome.isSynced()) {
                    all.addFirst("the roll could not be updated: " + outcome.notSyncedBecause());
                }
                context.status(outcome.isNew() ? 201 : 200)
                        .header("Cache-Control", "no-store")
                        .contentType("application/json")
                        .result(LifecycleAnswer.json(outcome, json -> json.texts("warnings", all)));
            }
        });
    }
}
