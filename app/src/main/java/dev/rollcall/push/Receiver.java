package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.problem.ShownText;
import dev.rollcall.push.ReceiverAway.Outlook;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The window that is pushed to. What it answers is not trusted: an answer has a time and a size that it must keep to, a
 * redirect is not followed, and its texts are made safe to show. Who is told to wait by it waits. All methods throw
 * {@link ReceiverAway} when it can not be pushed to at all. Thread-safe.
 */
public final class Receiver implements AutoCloseable {
    /** Stands for what can not be read as a file there. */
    static final String ILLEGIBLE = "";

    /** Of a whole exchange: a list of 100,000 files that are all read for it takes some seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration PATIENCE_TO_CONNECT = Duration.ofSeconds(10);

    /** More than 100,000 files take in a list. */
    private static final long LONGEST_LIST = 24L * 1024 * 1024;

    private static final long LONGEST_ANSWER = 64L * 1024;
    private static final int LONGEST_WAIT_SECONDS = 30;
    private static final int MOST_WAITS = 120;

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{64})\"");
    private static final String CHECK_ADDRESS = "Check --to, and that rollcall up of this version runs there.";
    private static final String SIZE_HINT =
            "Check --to; a receiver with many more than 100,000 files can not be pushed to.";
    private static final String TOKEN_HINT = "Make one there with rollcall token create --scope captain, or agent:ID.";

    private final ReceiverAddress address;
    private final Supplier<String> token;
    private final Predicate<Duration> isStoppedWithin;
    private final Duration patience;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE_TO_CONNECT)
            .build();

    /**
     * @param token asked for anew whenever one is needed
     * @param isStoppedWithin lets so much time go by, or less when it is time to end: it is true then
     */
    public Receiver(ReceiverAddress address, Supplier<String> token, Predicate<Duration> isStoppedWithin) {
        this(address, token, isStoppedWithin, PATIENCE);
    }

    Receiver(ReceiverAddress address, Supplier<String> token, Predicate<Duration> isStoppedWithin, Duration patience) {
        this.address = address;
        this.token = token;
        this.isStoppedWithin = isStoppedWithin;
        this.patience = patience;
    }

    /** What became of a document that was sent, or of a removal. */
    sealed interface Answer {
        /** @param unrecorded why the roll there does not have it; null when it has, or will */
        record Done(@Nullable String unrecorded) implements Answer {}

        /** @param sha256 of what stands there instead of what was expected; null when nothing does */
        record Other(@Nullable String sha256) implements Answer {}

        /** @param reason half a sentence, safe to show */
        record Refused(String reason, Kind kind) implements Answer {
            boolean isTrouble() {
                return kind == Kind.OF_THE_RECEIVER;
            }
        }

        /** Whose trouble it is. */
        enum Kind {
            OF_THIS_FILE,
            OF_THE_RECEIVER
        }
    }

    /** The SHA-256 of every file that stands there, or {@link #ILLEGIBLE}. */
    Map<AgentId, String> list() {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(address.files()).GET(), LONGEST_LIST);
        return switch (answer.statusCode()) {
            case 200 -> files(answer.body());
            case 403 -> throw notLetIn("does not let us in" + detail(answer));
            case 404, 405 -> throw lasting("is no window that takes files", CHECK_ADDRESS);
            default -> throw unable(answer);
        };
    }

    /** @param expected the SHA-256 of what it is to replace; null for nothing */
    Answer put(AgentId agent, byte[] bytes, Instant modifiedAt, @Nullable String expected) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.file(agent))
                .header("Content-Type", "application/octet-stream")
                .header("Modified-At", modifiedAt.toString())
                .PUT(BodyPublishers.ofByteArray(bytes));
        HttpResponse<byte[]> answer = send(
                expected == null
                        ? request.header("If-None-Match", "*")
                        : request.header("If-Match", '"' + expected + '"'),
                LONGEST_ANSWER);
        boolean isGone = expected != null
                && answer.statusCode() == 409
                && answer.headers().firstValue("ETag").isEmpty();
        return isGone ? new Answer.Other(null) : answer(answer);
    }

    /** @param expected the SHA-256 of what is to go */
    Answer remove(AgentId agent, String expected) {
        return answer(send(
                HttpRequest.newBuilder(address.file(agent))
                        .header("If-Match", '"' + expected + '"')
                        .DELETE(),
                LONGEST_ANSWER));
    }

    private Answer answer(HttpResponse<byte[]> answer) {
        return switch (answer.statusCode()) {
            case 200, 201 -> new Answer.Done(warning(answer.body()));
            case 409 -> other(answer);
            case 502, 504 -> throw unable(answer);
            case 413 -> new Answer.Refused("it is larger than the receiver accepts", Answer.Kind.OF_THIS_FILE);
            default ->
                new Answer.Refused(
                        "the receiver answers " + answer.statusCode() + detail(answer),
                        answer.statusCode() < 500 ? Answer.Kind.OF_THIS_FILE : Answer.Kind.OF_THE_RECEIVER);
        };
    }

    private static Answer other(HttpResponse<byte[]> answer) {
        Matcher sha256 = TAG.matcher(answer.headers().firstValue("ETag").orElse(""));
        return sha256.matches()
                ? new Answer.Other(sha256.group(1))
                : new Answer.Refused("the receiver does not tell what stands there", Answer.Kind.OF_THE_RECEIVER);
    }

    /** Sends it until it is let through. */
    private HttpResponse<byte[]> send(HttpRequest.Builder request, long most) {
        for (int waits = 0; waits < MOST_WAITS; waits++) {
            String secret = token.get();
            HttpResponse<byte[]> answer = exchange(
                    request.setHeader("Authorization", "Bearer " + secret).build(), most);
            int status = answer.statusCode();
            if (status == 401 && !token.get().equals(secret)) {
                continue;
            }
            if (status == 401) {
                throw notLetIn("does not accept the token" + detail(answer));
            }
            if (status / 100 == 3) {
                throw lasting("sends us elsewhere, where the token is not sent", CHECK_ADDRESS);
            }
            if (status != 429) {
                return answer;
            }
            if (isStoppedWithin.test(wanted(answer))) {
                break;
            }
        }
        throw new ReceiverAway(Outlook.PASSING, address + " lets nothing through", "Push again in a while.");
    }

    private static Duration wanted(HttpResponse<byte[]> answer) {
        try {
            int seconds = Integer.parseInt(
                    answer.headers().firstValue("Retry-After").orElse("1").strip());
            return Duration.ofSeconds(Math.clamp(seconds, 1, LONGEST_WAIT_SECONDS));
        } catch (NumberFormatException noNumber) {
            return Duration.ofSeconds(1);
        }
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, long most) {
        CompletableFuture<HttpResponse<byte[]>> exchange;
        try {
            exchange = client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), most));
            return awaited(exchange);
        } catch (IOException stopped) {
            if (isTooLarge(stopped)) {
                throw lasting("gives an answer that is too large: more than " + most / 1024 + " KiB", SIZE_HINT);
            }
            throw away("can not be reached: " + words(stopped));
        }
    }

    private HttpResponse<byte[]> awaited(CompletableFuture<HttpResponse<byte[]>> exchange) throws IOException {
        try {
            return exchange.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            throw away("has not answered within " + patience.toSeconds() + " s");
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw away("was not waited for");
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw new IllegalStateException(failure.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    /** The JDK has no class for what {@link BodyHandlers#limiting} throws. */
    private static boolean isTooLarge(IOException failure) {
        return String.valueOf(failure.getMessage()).startsWith("body exceeds capacity");
    }

    /** The JDK's own messages are often none. */
    private static String words(IOException failure) {
        return switch (failure) {
            case java.net.http.HttpConnectTimeoutException late -> "nobody answers";
            case java.net.ConnectException refused -> "nobody listens there, or its name is not known";
            case javax.net.ssl.SSLException unsafe ->
                "no safe connection: " + ShownText.of(String.valueOf(unsafe.getMessage()));
            default -> ShownText.of(String.valueOf(failure.getMessage()));
        };
    }

    private ReceiverAway away(String what) {
        return new ReceiverAway(
                Outlook.PASSING, address + " " + what, "Nothing is lost: what is in the files is pushed next time.");
    }

    private ReceiverAway lasting(String what, String hint) {
        return new ReceiverAway(Outlook.LASTING, address + " " + what, hint);
    }

    private ReceiverAway notLetIn(String what) {
        return new ReceiverAway(Outlook.NOT_LET_IN, address + " " + what, TOKEN_HINT);
    }

    private ReceiverAway unable(HttpResponse<byte[]> answer) {
        return away("answers " + answer.statusCode() + detail(answer));
    }

    /** What a problem says in its own words; empty when it is none. */
    private static String detail(HttpResponse<byte[]> answer) {
        if (answer.body().length > LONGEST_ANSWER
                || !(StatusParser.parse(answer.body()) instanceof ParseResult.Parsed(var problem))) {
            return "";
        }
        String detail = text(problem.root(), "detail");
        return detail == null ? "" : ": " + ShownText.of(detail);
    }

    private static @Nullable String warning(byte[] body) {
        return StatusParser.parse(body) instanceof ParseResult.Parsed(var written)
                        && value(written.root(), "warnings") instanceof JsonValue.Arr warnings
                        && !warnings.items().isEmpty()
                        && warnings.items().getFirst() instanceof JsonValue.Text warning
                ? ShownText.of(warning.value())
                : null;
    }

    private Map<AgentId, String> files(byte[] body) {
        if (!(StatusParser.parse(body) instanceof ParseResult.Parsed(var list))
                || !(value(list.root(), "files") instanceof JsonValue.Arr items)) {
            throw noList();
        }
        Map<AgentId, String> files = new HashMap<>();
        for (JsonValue item : items.items()) {
            if (!(item instanceof JsonValue.Obj file)) {
                throw noList();
            }
            String agent = text(file, "agent_id");
            String sha256 = text(file, "content_sha256");
            if (agent == null || AgentId.objectionTo(agent).isPresent()) {
                throw noList();
            }
            boolean isLegible = sha256 != null && SHA256.matcher(sha256).matches();
            files.put(new AgentId(agent), isLegible ? sha256 : ILLEGIBLE);
        }
        return files;
    }

    private ReceiverAway noList() {
        return lasting("does not list its files as Rollcall does", CHECK_ADDRESS);
    }

    private static @Nullable JsonValue value(JsonValue.Obj object, String name) {
        return object.member(name).map(JsonValue.Member::value).orElse(null);
    }

    private static @Nullable String text(JsonValue.Obj object, String name) {
        return value(object, name) instanceof JsonValue.Text text ? text.value() : null;
    }

    ReceiverAddress address() {
        return address;
    }

    /** Cuts off whatever is on the way. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}
