package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Texts that are written to do something to whoever reads them, through every command that there is. */
class HostileCommandsTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a terminal is told to paint. */
    private static final String PAINT = "\u001b\\[\\d*m";

    /** Words by blanks, in this order; A is the attack, O an agent that is called so, X a folder of files. */
    private static final Map<String, List<String>> CALLS = calls();

    /** Commands that go on until they are stopped, and the tests of what they say. */
    private static final Map<String, String> ELSEWHERE = Map.of(
            "watch", "dev.rollcall.process.HostileLinesTest",
            "up", "dev.rollcall.process.HostileLinesTest",
            "push", "dev.rollcall.process.HostileLinesTest",
            "mcp", "dev.rollcall.mcp.HostileTextTest",
            // Its files are for programs, and need the launcher besides.
            "service", "dev.rollcall.cli.ServiceFilesTest",
            // Nobody else's text comes in.
            "demo", "dev.rollcall.cli.DemoCommandTest",
            "demo-agent", "dev.rollcall.cli.DemoCommandTest");

    @TempDir
    Path folder;

    private static Map<String, List<String>> calls() {
        Map<String, List<String>> calls = new TreeMap<>();
        calls.put("sync", List.of("--all", "--all -v", "--agent Foe-4", "--agent O --force", "--agent A"));
        calls.put("verify", List.of("--all", "--all --deep -v", "--agent O", "--agent A"));
        calls.put("list", List.of("", "-v", "--at now", "--state A", "--at A", "--sort A"));
        calls.put("top", List.of("--once"));
        calls.put("get", List.of("Foe-1", "Foe-4", "Foe-5", "Foe-7", "O", "Foe", "A", "Foe-1 --at A"));
        calls.put("history", List.of("Foe-1", "O --field status", "Foe-1 --field A", "A", "Foe-1 --since A"));
        calls.put("diff", List.of("Foe-1", "O", "A", "Foe-1 --from A", "Foe-1 --to A"));
        calls.put("blame", List.of("Foe-1 current_mission", "O status", "Foe-1 A", "A status"));
        calls.put("import", List.of("git A", "jsonl A", "A A", "jsonl X/export"));
        calls.put("report", List.of("", "-v", "--agent O", "--since A", "--agent A", "--format A"));
        calls.put("events", List.of("", "--agent O", "--kind A", "--agent A", "--after A"));
        calls.put("search", List.of("login", "A", "who is active", "gate --state A", "gate -k A"));
        calls.put("similar", List.of("Foe-1", "O", "A"));
        calls.put("recommend", List.of("repair the login", "A"));
        calls.put("overlaps", List.of(""));
        calls.put("index", List.of(""));
        calls.put("start-cycle", List.of("--agent Foe-1", "--agent O", "--agent A"));
        calls.put("start-mission", List.of("--agent Foe-4 A", "--agent O --priority A gate", "--agent New-1 A"));
        calls.put("update-phase", List.of("--agent Foe-1 A", "--agent Foe-5 A"));
        calls.put("add-task", List.of("--agent Foe-1 A", "--agent O A"));
        calls.put("complete-task", List.of("--agent Foe-1 A", "--agent Foe-1 none-A", "--agent Foe-1 A --points A"));
        calls.put("add-blocker", List.of("--agent Foe-1 A", "--agent A A"));
        calls.put("clear-blockers", List.of("--agent O", "--agent A"));
        calls.put("add-achievement", List.of("--agent Foe-1 A"));
        calls.put("set-next-actions", List.of("--agent Foe-1 A A"));
        calls.put("complete-mission", List.of("--agent Foe-1", "--agent A"));
        calls.put("end-cycle", List.of("--agent O", "--agent A"));
        calls.put("doctor", List.of("", "-v"));
        calls.put("metrics", List.of(""));
        calls.put("migrate", List.of("status", "apply", "A"));
        calls.put("backup", List.of("X/A", "X/A", "A/A"));
        calls.put("restore", List.of("X/backup", "A"));
        calls.put("export", List.of("", "--output X/A", "--output A/A", "--agent O", "--agent A"));
        calls.put("copy", List.of("--from X/backup --to X/A", "--from A --to A"));
        calls.put("prune", List.of("--keep 0d --dry-run", "--keep 0d", "--keep A", "--keep 1d --agent A"));
        calls.put("forget", List.of("O --dry-run", "O", "Foe-1", "Foe-6 --yes", "O --yes --anyway", "A"));
        calls.put(
                "token",
                List.of("create --scope read --name A", "create --scope A", "list", "revoke A", "A", "create --scope"));
        return calls;
    }

    static Stream<String> commands() {
        return CALLS.keySet().stream();
    }

    private static List<String> all() {
        Terminal nobody = new Terminal(
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
                false,
                false);
        try (RollcallCommand root = new RollcallCommand(nobody)) {
            CommandLine line = Commands.line(root, List.of());
            return List.copyOf(line.getSubcommands().keySet());
        }
    }

    @Test
    void everyCommandIsAskedHereOrInANamedTest() throws ClassNotFoundException {
        TreeSet<String> asked = new TreeSet<>(CALLS.keySet());
        asked.addAll(ELSEWHERE.keySet());
        assertThat(asked).containsExactlyInAnyOrderElementsOf(all());
        for (String test : ELSEWHERE.values()) {
            assertThat(Class.forName(test).getDeclaredMethods()).as(test).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void nothingThatItSaysIsAnythingButVisible(String command) throws IOException {
        Shell shell = shell();
        Set<Integer> ends = new HashSet<>();
        for (String call : CALLS.getOrDefault(command, List.of())) {
            String[] words = words(command + " " + call);
            Result told = shell.run(words);
            assertVisible(command + " " + call, told);
            ends.add(told.exitCode());
            Result seen = shell.runAtTerminal(words);
            assertVisible(call, new Result(seen.exitCode(), seen.out().replaceAll(PAINT, ""), seen.err()));
            assertJson(command + " " + call, shell.run(words(command + " --json " + call)));
        }
        assertThat(ends).as("some of them is done").containsAnyOf(0, 1);
    }

    @Test
    void whatNoCommandTakesIsToldVisibly() throws IOException {
        Shell shell = new Shell(folder);
        for (String command : all()) {
            for (String wrong : List.of(" --no-A", " --db A --no-A", " --swarm A --no-A")) {
                Result refused = shell.run(words(command + wrong));
                assertThat(refused.exitCode()).as(command + wrong).isEqualTo(2);
                assertVisible(command + wrong, refused);
                assertJson(command + wrong, shell.run(words(command + wrong + " --json")));
            }
        }
        for (String wrong : List.of("A", "help A", "--A", "A --json")) {
            assertVisible(wrong, shell.runBare(words(wrong)));
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void whereThereIsNoSuchRootOrSwarmItIsToldVisibly(String command) throws IOException {
        for (String setting : List.of(" --root X/A", " --root X/A --db X/A/B.db", " --swarm A")) {
            for (String call : CALLS.getOrDefault(command, List.of())) {
                String line = command + " " + call + (call.contains("--root") ? "" : setting);
                assertVisible(line, new Shell(folder).runBare(words(line)));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void settingsThatAreNoneAreToldVisibly(String command) throws IOException {
        Shell shell = new Shell(folder);
        String attack = JSON.writeValueAsString(HostileSwarm.ATTACK).replace("\u007f", "\\u007f");
        Files.writeString(folder.resolve("rollcall.toml"), """
                %1$s = 1
                time_zone = %1$s
                [states]
                %1$s = %1$s
                [freshness]
                live_for = %1$s
                [agents.%1$s]
                quiet_for = %1$s
                """.formatted(attack));
        String first = CALLS.getOrDefault(command, List.of()).getFirst();
        assertVisible(command, shell.run(words(command + " " + first)));
        assertJson(command, shell.run(words(command + " --json " + first)));
    }

    /** With an export and a backup to be brought in again. */
    private Shell shell() throws IOException {
        Shell shell = HostileSwarm.in(folder.resolve(HostileSwarm.ATTACK));
        Files.createDirectories(folder.resolve("x"));
        shell.run("export", "--output", folder.resolve("x/export").toString());
        shell.run("backup", folder.resolve("x/backup").toString());
        // Whoever is forgotten is still in this one, and its path is told.
        shell.run("backup");
        return shell;
    }

    private String[] words(String call) throws IOException {
        Path written = Files.createDirectories(folder.resolve("x"));
        List<String> words = new ArrayList<>();
        for (String word : call.strip().split(" +")) {
            words.add(
                    switch (word) {
                        case "O" -> HostileSwarm.ORDER;
                        case "none-A", "--no-A", "--A", "A", "A/A" -> word.replace("A", HostileSwarm.ATTACK);
                        default -> word.startsWith("X/") ? under(written, word.substring(2)) : word;
                    });
        }
        return words.toArray(String[]::new);
    }

    private static String under(Path written, String path) {
        return written + "/" + path.replace("A", HostileSwarm.ATTACK);
    }

    private static void assertVisible(String call, Result result) {
        assertThat(result.exitCode()).as(call + ": " + result).isNotEqualTo(70);
        HostileSwarm.assertVisible(call + ", stdout", result.out());
        HostileSwarm.assertVisible(call + ", stderr", result.err());
    }

    /** Lines of JSON where there is anything at all. */
    private static void assertJson(String call, Result result) {
        assertVisible(call + " --json", result);
        JSON.readerFor(JsonNode.class)
                .<JsonNode>readValues(result.out())
                .forEachRemaining(told -> assertThat(told.isObject()).as(call).isTrue());
    }
}
