package dev.rollcall.http;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.document.AgentId;
import dev.rollcall.mcp.ToolCaller;
import dev.rollcall.mcp.ToolServer;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Tools and resources for agents: the Model Context Protocol's HTTP transport without sessions, so that each request
 * stands for itself and is let in as any other. It has no stream of its own to GET.
 */
final class McpRoutes {
    /** In the log, where a call names no agent that can be one. */
    private static final String NO_AGENT = "none";

    private final OpenSwarm swarm;
    private final Guard guard;
    private final ReentrantLock turn = new ReentrantLock();
    private @Nullable ToolServer server;

    McpRoutes(OpenSwarm swarm, Guard guard) {
        this.swarm = swarm;
        this.guard = guard;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/mcp", this::answer);
    }

    private void answer(Context context) throws IOException {
        // Other types a page of another site can send without being asked whether it may.
        if (!String.valueOf(context.contentType()).toLowerCase(Locale.ROOT).startsWith("application/json")) {
            ProblemAnswer.send(
                    context, 415, "not_json", "a message is application/json", "Send Content-Type: application/json.");
            return;
        }
        String version = context.header("MCP-Protocol-Version");
        if (version != null && !ToolServer.speaks(version)) {
            ProblemAnswer.send(
                    context, 400, "wrong_usage", "this version of the protocol is not spoken here", "See docs/mcp.md.");
            return;
        }
        context.header("Cache-Control", "no-store");
        Optional<String> message = body(context);
        Optional<String> answer = message.isPresent()
                ? server().answer(message.get(), caller(context))
                : Optional.of(ToolServer.tooLong());
        if (answer.isPresent()) {
            context.status(message.isPresent() ? 200 : 413)
                    .contentType("application/json")
                    .result(answer.get());
        } else {
            context.status(202);
        }
    }

    /** Empty for one that is longer than a message may be. */
    private static Optional<String> body(Context context) throws IOException {
        try (InputStream in = context.req().getInputStream()) {
            byte[] bytes = in.readNBytes(ToolServer.MOST_BYTES + 1);
            return bytes.length > ToolServer.MOST_BYTES
                    ? Optional.empty()
                    : Optional.of(new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Made when somebody first asks: what the library needs is not for those who only look at pages. */
    private ToolServer server() {
        turn.lock();
        try {
            if (server == null) {
                server = new ToolServer(swarm.rolls());
            }
            return server;
        } finally {
            turn.unlock();
        }
    }

    private ToolCaller caller(Context context) {
        Caller caller = Guard.caller(context);
        return new ToolCaller(caller.scope(), (verb, agent, outcome) -> note(caller, verb, agent, outcome));
    }

    private void note(Caller caller, String verb, @Nullable AgentId agent, String outcome) {
        if (outcome.equals(ToolCaller.ASKED) && !guard.allowsWrite(caller)) {
            throw new ProblemException(ProblemCode.REFUSED, "too many writes from here", "Wait a moment.");
        }
        swarm.swarm()
                .auditLog()
                .add(
                        swarm.swarm().clock().instant(),
                        List.of(
                                caller.token(),
                                caller.address(),
                                verb,
                                agent == null ? NO_AGENT : agent.value(),
                                outcome));
    }
}
