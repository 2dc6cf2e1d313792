package dev.rollcall.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Main;
import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a process answers to whatever comes over its pipe, and how it ends. */
class StdioFramesTest {
    private static final String PING = "{\"jsonrpc\":\"2.0\",\"id\":\"still there\",\"method\":\"ping\"}";

    private static final String ROLL =
            "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"roll\"}}";

    /** Far less than any patience of the process. */
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void aSwarm() {
        shell = new Shell(folder);
        shell.write("Mason", "{\"status\": \"ACTIVE\", \"cycle_count\": 4}");
        shell.run("sync", "--all");
    }

    private Process start() throws IOException {
        return ChildJvm.command(List.of(), Main.class, "--root", shell.root.toString(), "mcp")
                .redirectError(folder.resolve("err.txt").toFile())
                .start();
    }

    private static void send(Process process, String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** What is wrong with a message, by the message: a code of the protocol and a sentence. */
    private static Map<String, String> wrong() {
        Map<String, String> wrong = new LinkedHashMap<>();
        wrong.put("what is this", "-32700 the message is no JSON object");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":1,", "-32700 the message is no JSON object");
        wrong.put("\u0000\u0001\u0002", "-32700 the message is no JSON object");
        wrong.put("42", "-32600 a message is one JSON object");
        wrong.put("[".repeat(100_000), "-32600 a message is one JSON object");
        wrong.put("{\"a\":".repeat(100_000), "-32700 the message is no JSON object");
        wrong.put("\"text\"", "-32600 a message is one JSON object");
        wrong.put("[" + PING + "]", "-32600 a message is one JSON object; several at once are not taken");
        wrong.put("{}", "-32600 a message says");
        wrong.put("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}", "-32600 a message says");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":1}", "-32600 method must be a text");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":7}", "-32600 method must be a text");
        wrong.put(
                "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":\"ping\"}", "-32600 id must be a text or a whole number");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":{},\"method\":\"ping\"}", "-32600 id must be a text or a whole number");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":1.5,\"method\":\"ping\"}", "-32600 id must be a text or a whole number");
        wrong.put("{\"jsonrpc\":\"2.0\",\"id\":1" + "0".repeat(500) + ",\"method\":\"ping\"}", "-32600 id must be");
        wrong.put(request("no/such/method", "{}"), "-32601 there is no method");
        wrong.put(request("m\\u202eethod\\u001b[2J", "{}"), "-32601 there is no method \"m\\u202eethod\\u001b[2J\"");
        wrong.put(request("initialize", "{}"), "-32602 params are not what initialize takes");
        wrong.put(request("initialize", "{\"protocolVersion\":7}"), "-32602 params are not what initialize takes");
        wrong.put(request("initialize", "[]"), "-32602 params must be an object");
        wrong.put(request("tools/call", "\"roll\""), "-32602 params must be an object");
        wrong.put(request("tools/call", "{}"), "-32602 a call names its tool");
        wrong.put(request("tools/call", "{\"name\":[]}"), "-32602 a call names its tool");
        wrong.put(request("tools/call", "{\"name\":\"roll\",\"arguments\":[]}"), "-32602 params.arguments must be");
        wrong.put(request("tools/call", "{\"name\":\"eval\"}"), "-32602 " + Reply.NOTE + " there is no tool 'eval'");
        wrong.put(request("resources/read", "{}"), "-32002 there is no such resource");
        wrong.put(request("resources/read", "{\"uri\":[1]}"), "-32602 params are not what resources/read takes");
        wrong.put(request("resources/read", "{\"uri\":\"rollcall://agents/a/b\"}"), "-32002 there is no such resource");
        wrong.put("x".repeat(10_000_000), "-32600 the message is longer than 1048576 bytes");
        return wrong;
    }

    private static String request(String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    @Test
    void whateverComesIsAnsweredAndTheSessionGoesOn() throws Exception {
        Process process = start();
        try (BufferedReader answers = process.inputReader()) {
            for (var each : wrong().entrySet()) {
                send(process, each.getKey());
                String line = answers.readLine();
                JsonNode error = Clients.JSON.readTree(line).path("error");
                String shown =
                        each.getKey().substring(0, Math.min(80, each.getKey().length()));
                assertThat(error.path("code").asInt() + " "
                                + error.path("message").asString())
                        .as(shown)
                        .startsWith(each.getValue());
                assertThat(line).as(shown).doesNotContain("Exception", "dev.rollcall", "tools.jackson", "\\tat ");
                send(process, PING);
                assertThat(answers.readLine()).as("after " + shown).contains("\"still there\"", "\"result\":{}");
            }
            process.getOutputStream().close();
            assertThat(answers.readLine()).isNull();
            assertThat(process.waitFor()).isZero();
            assertThat(folder.resolve("err.txt")).isEmptyFile();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void whatWantsNoAnswerGetsNone() throws Exception {
        Process process = start();
        try (BufferedReader answers = process.inputReader()) {
            send(process, "");
            send(process, "  \r");
            send(process, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}");
            send(process, "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/no-such\",\"params\":[]}");
            send(process, "{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}");
            send(process, PING);
            assertThat(answers.readLine()).contains("\"still there\"");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void noiseIsBorne() throws Exception {
        Process process = start();
        Random random = new Random(17);
        try (BufferedReader answers = process.inputReader()) {
            byte[] noise = new byte[3_000_000];
            random.nextBytes(noise);
            Thread writing = Thread.ofPlatform().start(() -> write(process, noise));
            String line;
            do {
                line = answers.readLine();
                assertThat(line).startsWith("{\"jsonrpc\":\"2.0\",\"id\":");
            } while (!line.contains("still there"));
            writing.join();
            process.getOutputStream().close();
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    private static void write(Process process, byte[] noise) {
        try {
            process.getOutputStream().write(noise);
            send(process, "");
            send(process, PING);
        } catch (IOException gone) {
            throw new java.io.UncheckedIOException(gone);
        }
    }

    @Test
    void theEndOfInputEndsItAfterTheLastAnswer() throws Exception {
        Process process = start();
        try (BufferedReader answers = process.inputReader()) {
            send(process, ROLL.formatted(1));
            process.getOutputStream().write(ROLL.formatted(2).getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().close();
            List<String> all = new ArrayList<>();
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                all.add(line);
            }
            assertThat(all).hasSize(2).allMatch(line -> line.contains("agents_on_roll"));
            assertThat(process.waitFor()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSignalEndsItAtOnceWithZero() throws Exception {
        Process process = start();
        try (BufferedReader answers = process.inputReader()) {
            send(process, PING);
            assertThat(answers.readLine()).contains("still there");
            // Process.destroy would close the pipe too.
            process.toHandle().destroy();
            assertThat(process.waitFor(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS))
                    .isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aClientThatTakesNoAnswerIsLeftWhenItGoes() throws Exception {
        for (boolean isSignalled : new boolean[] {false, true}) {
            Process process = start();
            OutputStream in = process.getOutputStream();
            try {
                for (int i = 0; i < 2_000; i++) {
                    in.write((ROLL.formatted(i) + "\n").getBytes(StandardCharsets.UTF_8));
                }
                in.flush();
                if (isSignalled) {
                    // Process.destroy would close the pipe too.
                    process.toHandle().destroy();
                } else {
                    in.close();
                }
                assertThat(process.waitFor(AT_ONCE.toMillis(), TimeUnit.MILLISECONDS))
                        .isTrue();
                assertThat(process.exitValue()).isZero();
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void neitherDatabaseNorModelIsThereBeforeAToolNeedsIt() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("other/agent_workspaces"));
        Process process = ChildJvm.command(List.of(), Main.class, "--root", elsewhere.toString(), "mcp")
                .start();
        try (BufferedReader answers = process.inputReader()) {
            send(process, request("initialize", "{\"protocolVersion\":\"2024-11-05\"}"));
            assertThat(answers.readLine()).contains("\"protocolVersion\":\"2024-11-05\"", "never instructions");
            send(process, request("initialize", "{\"protocolVersion\":\"1999-01-01\"}"));
            assertThat(answers.readLine()).contains("\"protocolVersion\":\"2025-11-25\"");
            send(process, ROLL.formatted(1));
            assertThat(answers.readLine()).contains("\\\"agents_on_roll\\\":0");
            assertThat(elsewhere.resolveSibling(".rollcall")).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }
}
