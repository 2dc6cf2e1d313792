package dev.rollcall.mcp;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Version;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.StatusParser;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ShownText;
import io.modelcontextprotocol.common.McpTransportContext;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.server.McpStatelessServerHandler;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import io.modelcontextprotocol.spec.McpSchema.ErrorCodes;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCNotification;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCRequest;
import io.modelcontextprotocol.spec.McpSchema.JSONRPCResponse;
import io.modelcontextprotocol.spec.McpStatelessServerTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The messages of the protocol, in and out: JSON-RPC 2.0, one at a time. Whatever comes in, an answer goes out that says
 * in a sentence what was wrong with it, without a trace of the program's inside. Thread-safe.
 */
final class Frames implements McpStatelessServerTransport {
    /** Of the protocol, the newest last. */
    static final List<String> VERSIONS = List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

    /** Marks a failure whose sentence is our own. */
    private static final String OURS = "rollcall";

    private static final int LONGEST_SENTENCE = 1_000;

    private static final String NOTE = Reply.NOTE + " ";

    static final String NAME = "rollcall";

    private final String instructions;
    private final Function<String, Optional<Problem>> objectionToTool;
    private @Nullable McpStatelessServerHandler handler;

    /**
     * @param instructions what a model should know before it calls anything
     * @param objectionToTool why there is no tool of this name; empty when there is
     */
    Frames(String instructions, Function<String, Optional<Problem>> objectionToTool) {
        this.instructions = instructions;
        this.objectionToTool = objectionToTool;
    }

    @Override
    public void setMcpHandler(McpStatelessServerHandler mcpHandler) {
        handler = mcpHandler;
    }

    @Override
    public Mono<Void> closeGracefully() {
        return Mono.empty();
    }

    @Override
    public List<String> protocolVersions() {
        return VERSIONS;
    }

    /** Empty for what wants no answer. */
    Optional<String> answer(String message, McpTransportContext context) {
        return switch (StatusParser.parse(message.getBytes(StandardCharsets.UTF_8))) {
            case ParseResult.Parsed parsed ->
                answer(PlainJson.object(parsed.document().root()), context);
            case ParseResult.Rejected rejected ->
                Optional.of(
                        rejected.code() == RejectionCode.NOT_OBJECT
                                        || message.stripLeading().startsWith("[")
                                ? refusal("a message is one JSON object; several at once are not taken")
                                : error(null, ErrorCodes.PARSE_ERROR, "the message is no JSON object"));
        };
    }

    private Optional<String> answer(Map<String, @Nullable Object> members, McpTransportContext context) {
        if (!"2.0".equals(members.get("jsonrpc"))) {
            return Optional.of(refusal("a message says \"jsonrpc\": \"2.0\""));
        }
        Object id = members.get("id");
        if (!members.containsKey("method") && (members.containsKey("result") || members.containsKey("error"))) {
            return Optional.empty();
        }
        if (!(members.get("method") instanceof String method)) {
            return Optional.of(error(usable(id), ErrorCodes.INVALID_REQUEST, "method must be a text"));
        }
        if (!members.containsKey("id")) {
            notified(method, members.get("params"), context);
            return Optional.empty();
        }
        return Optional.of(
                usable(id) == null
                        ? refusal("id must be a text or a whole number")
                        : answer(new JSONRPCRequest("2.0", method, id, members.get("params")), context));
    }

    private static @Nullable Object usable(@Nullable Object id) {
        return id instanceof String text && text.length() <= 1_000 || id instanceof Long ? id : null;
    }

    private void notified(String method, @Nullable Object params, McpTransportContext context) {
        try {
            handler()
                    .handleNotification(context, new JSONRPCNotification("2.0", method, params))
                    .block();
        } catch (RuntimeException nobodyWaitsForAnAnswer) {
            // A notification is never answered, not even that it was wrong.
        }
    }

    private McpStatelessServerHandler handler() {
        return Objects.requireNonNull(handler, "the server has not been built yet");
    }

    private String answer(JSONRPCRequest request, McpTransportContext context) {
        if (request.params() != null && !(request.params() instanceof Map)) {
            return error(request.id(), ErrorCodes.INVALID_PARAMS, "params must be an object");
        }
        if (request.method().equals(McpSchema.METHOD_INITIALIZE)) {
            return introduction(request);
        }
        if (request.method().equals(McpSchema.METHOD_TOOLS_CALL)) {
            Optional<String> objection = objectionToCall(request.params());
            if (objection.isPresent()) {
                return error(request.id(), ErrorCodes.INVALID_PARAMS, objection.get());
            }
        }
        try {
            JSONRPCResponse response = handler().handleRequest(context, request).block();
            if (response == null) {
                return error(request.id(), ErrorCodes.INTERNAL_ERROR, "a bug in Rollcall: no answer");
            }
            JSONRPCResponse.JSONRPCError failure = response.error();
            return failure == null
                    ? McpJsonDefaults.getMapper().writeValueAsString(response)
                    : error(request.id(), failure.code(), sentence(request.method(), failure));
        } catch (McpError unknown) {
            return error(
                    request.id(),
                    unknown.getJsonRpcError().code(),
                    sentence(request.method(), unknown.getJsonRpcError()));
        } catch (IllegalArgumentException wrong) {
            return error(request.id(), ErrorCodes.INVALID_PARAMS, wrongParameters(request.method()));
        } catch (IOException | RuntimeException | StackOverflowError bug) {
            return error(request.id(), ErrorCodes.INTERNAL_ERROR, sentence(bug(bug)));
        }
    }

    /**
     * Every session begins with this, and whoever starts a process waits for it: the library's mapper would first get to
     * know its own classes, which takes longer than all the rest of the start.
     */
    private String introduction(JSONRPCRequest request) {
        if (!(request.params() instanceof Map<?, ?> params)
                || !(params.get("protocolVersion") instanceof String version)) {
            return error(request.id(), ErrorCodes.INVALID_PARAMS, wrongParameters(request.method()));
        }
        return "{\"jsonrpc\":\"2.0\",\"id\":" + spelled(request.id()) + ",\"result\":"
                + JsonOutput.line(json -> json.text(
                                "protocolVersion", VERSIONS.contains(version) ? version : VERSIONS.getLast())
                        .object(
                                "capabilities",
                                able -> able.object("tools", tools -> {}).object("resources", resources -> {}))
                        .object(
                                "serverInfo",
                                self -> self.text("name", NAME)
                                        .text("version", Version.current().number()))
                        .text("instructions", instructions))
                + "}";
    }

    private Optional<String> objectionToCall(@Nullable Object params) {
        if (!(params instanceof Map<?, ?> members) || !(members.get("name") instanceof String name)) {
            return Optional.of("a call names its tool: params.name, a text");
        }
        Object arguments = members.get("arguments");
        return arguments == null || arguments instanceof Map
                ? objectionToTool.apply(name).map(Frames::sentence)
                : Optional.of("params.arguments must be an object");
    }

    /** A problem as the library takes failures of what it calls. */
    static McpError failure(Problem problem) {
        return new McpError(new JSONRPCResponse.JSONRPCError(code(problem), sentence(problem), OURS));
    }

    /** The library's own sentences name its classes, or say nothing. */
    private static String sentence(String method, JSONRPCResponse.JSONRPCError failure) {
        if (OURS.equals(failure.data())) {
            return failure.message();
        }
        return switch (failure.code()) {
            case ErrorCodes.METHOD_NOT_FOUND -> "there is no method \"" + ShownText.of(method) + "\" here";
            case ErrorCodes.RESOURCE_NOT_FOUND ->
                "there is no such resource; resources/list and resources/templates/list tell which there are";
            default -> wrongParameters(method);
        };
    }

    private static String wrongParameters(String method) {
        return "params are not what " + ShownText.of(method) + " takes";
    }

    private static int code(Problem problem) {
        return switch (problem.code()) {
            case UNKNOWN_AGENT, UNKNOWN_VERSION, NOT_KNOWN_YET -> ErrorCodes.RESOURCE_NOT_FOUND;
            case WRONG_USAGE, INVALID_AGENT_ID, UNKNOWN_FIELD -> ErrorCodes.INVALID_PARAMS;
            default -> ErrorCodes.INTERNAL_ERROR;
        };
    }

    /** What to say of a failure that should not be. */
    static Problem bug(Throwable bug) {
        return new Problem(
                ProblemCode.BUG,
                "a bug in Rollcall: " + bug.getClass().getSimpleName() + ": " + bug.getMessage(),
                "Please report it.");
    }

    /**
     * A sentence and how to go on, with nothing in it that can not be seen. It begins with the note, as answers do: the
     * names in it may be of agents' making.
     */
    static String sentence(Problem problem) {
        String all = problem.message() + (problem.hint().isEmpty() ? "" : ". " + problem.hint());
        String quoted = QuotedText.of(all.replace('"', '\'').replace('\\', '/'), LONGEST_SENTENCE);
        return NOTE + quoted.substring(1, quoted.length() - 1);
    }

    /** To a message that nobody can tell the sender of. */
    static String refusal(String message) {
        return error(null, ErrorCodes.INVALID_REQUEST, message);
    }

    private static String error(@Nullable Object id, int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + spelled(id) + ",\"error\":{\"code\":" + code + ",\"message\":"
                + QuotedText.of(message, NOTE.length() + LONGEST_SENTENCE) + "}}";
    }

    private static String spelled(@Nullable Object id) {
        return id instanceof String text ? QuotedText.of(text, text.length()) : String.valueOf(id);
    }
}
