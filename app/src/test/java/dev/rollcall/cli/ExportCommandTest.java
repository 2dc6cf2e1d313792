package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.git.CommittedRepository;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code export} and {@code import jsonl} as a user sees them. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExportCommandTest {
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");
    private static final List<String> AGENTS = List.of("Agent-1", "Agent-2", "Zoë", "A b.c");

    @TempDir
    private Path folder;

    private Shell shell;
    private Path file;
    private Path database;

    @BeforeEach
    void open() {
        shell = new Shell(folder.resolve("ship"));
        file = folder.resolve("swarm.jsonl");
        database = folder.resolve("new.db");
    }

    /** A life that holds every kind of line. */
    private void live(Random random, int steps) throws IOException {
        CommittedRepository repository = new CommittedRepository(folder.resolve("ship"));
        int last = repository.commit("main", LONG_AGO, write("Agent-1", document(random)));
        last = repository.commit("main", LONG_AGO.plusSeconds(3600), write("Agent-1", document(random)), last);
        repository.commit("main", LONG_AGO.plusSeconds(7200), write("Gone", document(random)), last);
        repository.done();
        steps(random, steps / 2);
        shell.run("prune", "--keep", "0s");
        steps(random, steps / 2);
        shell.write("Zoë", document(random).getBytes(StandardCharsets.UTF_16));
        shell.write("Agent-1", document(random));
        shell.write("Agent-2", "{\"status\":");
        shell.run("sync", "--all");
        assertThat(shell.run("import", "git", folder.resolve("ship").toString()).exitCode())
                .isZero();
    }

    private void steps(Random random, int steps) throws IOException {
        for (int step = 0; step < steps; step++) {
            String agent = AGENTS.get(random.nextInt(AGENTS.size()));
            switch (random.nextInt(8)) {
                case 0 -> Files.deleteIfExists(shell.file(agent));
                case 1 -> shell.write(agent, document(random).replace("}", ",") + random.nextInt());
                case 2 -> shell.write(agent, document(random).getBytes(StandardCharsets.UTF_16));
                case 3 -> shell.write(agent, "\uFEFF" + document(random));
                default -> shell.write(agent, document(random));
            }
            shell.run("sync", "--all");
        }
    }

    private static CommittedRepository.Change write(String agent, String document) {
        return CommittedRepository.Change.write("agent_workspaces/" + agent + "/status.json", document);
    }

    private static String document(Random random) {
        return "{\"status\":\"ACTIVE\",\"cycle_count\":" + random.nextInt(1_000)
                + ",\"current_tasks\":[\"a\u202Eb\u0085\uD83D\uDE00\\u0000 " + random.nextInt()
                + "\"],\"points_earned\":1e400}\r\n\t ";
    }

    private Result export() {
        Result result = shell.run("export", "--output", file.toString(), "--overwrite");
        assertThat(result.exitCode()).as(result.err()).isZero();
        return result;
    }

    private Result bringIn(Path from) {
        return shell.run("import", "jsonl", from.toString(), "--db", database.toString());
    }

    private static List<String> body(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        // The last line's digest covers the header, which tells the time.
        return lines.subList(1, lines.size() - 1);
    }

    @Test
    void whateverTheLifeAnImportedExportIsExportedWithTheSameLines() throws IOException {
        long seed = System.nanoTime();
        live(new Random(seed), 60);
        export();
        List<String> lines = body(file);
        assertThat(lines)
                .as("seed %d", seed)
                .anyMatch(line -> line.contains("\"document_base64\""))
                .anyMatch(line -> line.contains("\"origin\":\"git:"))
                .anyMatch(line -> line.contains("\"gap\":\"PRUNED\""))
                .anyMatch(line -> line.contains("\"kind\":\"rejected\""))
                .anyMatch(line -> line.contains("\"presence\":\"PRESENT\""));

        Result imported = bringIn(file);

        assertThat(imported.exitCode()).as("seed %d: %s", seed, imported.err()).isZero();
        assertThat(imported.out()).contains("revisions keep their numbers").contains("next: rollcall sync --all");
        Path again = folder.resolve("again.jsonl");
        shell.run("export", "--db", database.toString(), "--output", again.toString());
        assertThat(body(again)).as("seed %d", seed).isEqualTo(lines);
        shell.run("sync", "--all", "--db", database.toString());
        assertThat(shell.run("verify", "--all", "--deep", "--json", "--db", database.toString())
                        .out())
                .as("seed %d", seed)
                .doesNotContain("DRIFTED", "UNSYNCED", "LAGGING", "MISSING")
                .doesNotContain("\"expected\"");
        assertThat(shell.run("history", "Agent-1", "--json", "--db", database.toString())
                        .out())
                .isEqualTo(shell.run("history", "Agent-1", "--json").out());
        shell.run("export", "--db", database.toString(), "--output", again.toString(), "--overwrite");
        assertThat(body(again))
                .as("nothing is a new version after a sync, seed %d", seed)
                .hasSameSizeAs(lines);
    }

    @Test
    void aCleanSwarmIsVerifiedCleanAfterTheWayRound() {
        shell.write(
                "Agent-1", "{\"status\":\"ACTIVE\",\"blockers\":[\"oil\"],\"log\":\"Calibrated the lamp room twice\"}");
        shell.run("sync", "--all");
        export();
        assertThat(bringIn(file).exitCode()).isZero();
        assertThat(shell.run("verify", "--all", "--db", database.toString()).out())
                .as("texts without vectors wait for them")
                .contains("1 synced");
        assertThat(shell.run("sync", "--all", "--db", database.toString()).out())
                .contains("0 recorded, 1 unchanged");
        assertThat(shell.run("verify", "--all", "--deep", "--db", database.toString())
                        .exitCode())
                .isZero();
    }

    @Test
    void anExportIsWhatTheDocumentationSays() throws IOException {
        shell.write("Agent-1", "{\"status\":\"ACT\u202EIVE\"}");
        shell.write("Agent-2", "{\"status\":");
        shell.run("sync", "--all");

        List<String> lines = shell.run("export").out().lines().toList();

        assertThat(lines).hasSize(6);
        assertThat(lines.get(0))
                .matches(
                        "\\{\"schema\":1,\"kind\":\"rollcall-export\",\"swarm\":\"default\",\"exported_at\":\"[^\"]+Z\","
                                + "\"database_schema\":\\d+}");
        assertThat(lines.get(1))
                .startsWith("{\"kind\":\"revision\",\"revision\":1,\"agent_id\":\"Agent-1\",\"observed_at\":\"")
                .contains("\"origin\":\"sync\"")
                .endsWith(",\"sealed\":true,\"kept_head\":null,\"kept_tail\":null,"
                        + "\"document\":\"{\\\"status\\\":\\\"ACT\\u202eIVE\\\"}\"}");
        assertThat(lines.get(2))
                .startsWith("{\"kind\":\"agent\",\"agent_id\":\"Agent-1\",\"revision\":1,\"presence\":\"PRESENT\",");
        assertThat(lines.get(3)).startsWith("{\"kind\":\"rejected\",\"agent_id\":\"Agent-2\",\"code\":\"truncated\",");
        assertThat(lines.get(4)).startsWith("{\"kind\":\"gap\",\"agent_id\":\"Agent-2\",\"gap\":\"REJECTED\",");
        assertThat(lines.get(5))
                .startsWith("{\"kind\":\"end\",\"revisions\":1,\"agents\":1,\"rejected\":1,\"gaps\":1,\"damaged\":0,"
                        + "\"sha256\":\"");
        assertThat(shell.run("export", "--agent", "Agent-2").out().lines()).hasSize(4);
        assertThat(shell.run("export", "--agent", "Agent-3").exitCode()).isEqualTo(1);
    }

    @Test
    void aFileIsForItsOwnerOnlyAndReplacedOnlyOnRequest() throws IOException {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        Result result = shell.run("export", "--output", file.toString(), "--json");
        assertThat(result.out())
                .isEqualTo("{\"schema\":1,\"file\":\"" + file
                        + "\",\"revisions\":1,\"agents\":1,\"rejected\":0,\"gaps\":0,\"damaged\":0}\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        byte[] before = Files.readAllBytes(file);
        assertThat(shell.run("export", "--output", file.toString()).exitCode()).isEqualTo(2);
        assertThat(file).hasBinaryContent(before);
        try (var files = Files.list(folder)) {
            assertThat(files).noneMatch(path -> path.toString().endsWith(".part"));
        }
    }

    @Test
    void withoutARollNothingIsExported() {
        assertThat(shell.run("export").exitCode()).isEqualTo(3);
    }

    @Test
    void aSwarmThatHoldsSomethingTakesNothingIn() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        export();

        Result refused = shell.run("import", "jsonl", file.toString(), "--json");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out())
                .contains("\"code\":\"refused\"", "1 rows of agents, 1 versions", "1 readings, 1 events");
    }

    @Test
    void anotherSwarmInOneDatabaseGetsNewNumbers() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        export();

        Result result = shell.run("import", "jsonl", file.toString(), "--swarm", "night");

        assertThat(result.exitCode()).as(result.err()).isZero();
        assertThat(result.out())
                .contains("they were exported from the swarm default and are in night now")
                .contains("revisions have new numbers, each larger by 1");
        assertThat(shell.run("history", "Agent-1", "--swarm", "night", "--json").out())
                .contains("\"revision\":2,");
    }

    @Test
    void anExportIsTakenFromStdin() throws IOException {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(shell.run("export").out().getBytes(StandardCharsets.UTF_8)));
        try {
            Result result = shell.run("import", "jsonl", "-", "--db", database.toString(), "--json");
            assertThat(result.out())
                    .isEqualTo("{\"schema\":1,\"swarm\":\"default\",\"file\":\"stdin\",\"exported_swarm\":\"default\","
                            + "\"revisions\":1,\"agents\":1,\"rejected\":0,\"gaps\":0,\"damaged\":0,"
                            + "\"revisions_raised_by\":0}\n");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void aLineOfTwelveMegabytesGoesTheWayRound() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"notes\":\"" + "\u0085".repeat(2_000_000) + "\"}");
        assertThat(shell.run("sync", "--all").exitCode()).isIn(0, 1);
        export();
        assertThat(bringIn(file).out()).startsWith("1 version, 1 agent, 0 rejected documents");
    }

    private void assertRefused(int line, String sentence, UnaryOperator<String> damage) throws IOException {
        Path damaged = folder.resolve("damaged.jsonl");
        Files.writeString(damaged, damage.apply(Files.readString(file)), StandardCharsets.UTF_8);
        Result result = bringIn(damaged);
        assertThat(result.exitCode()).as(result.err()).isEqualTo(1);
        assertThat(result.err()).contains("damaged.jsonl, line " + line + ": ").contains(sentence);
        assertThat(shell.run("export", "--db", database.toString())
                        .out()
                        .lines()
                        .skip(1))
                .hasSizeLessThanOrEqualTo(1);
    }

    /** The same with a last line that is right again: what is wrong must be seen by what it says. */
    private static UnaryOperator<String> sealed(UnaryOperator<String> damage) {
        return text -> {
            String damaged = damage.apply(text);
            List<String> lines = new ArrayList<>(damaged.lines().toList());
            String end = lines.removeLast();
            String body = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
            String sha256 = sha256(body);
            return body + end.replaceAll("\"sha256\":\"[0-9a-f]+\"", "\"sha256\":\"" + sha256 + "\"") + "\n";
        };
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void exportTwo() {
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-2", "{\"status\":\"IDLE\"}");
        shell.run("sync", "--all");
        // header, revision and row of Agent-1, revision and row of Agent-2, end
        export();
    }

    @Test
    void whatIsDamagedIsRefusedWithItsLineAndNothingIsThere() throws IOException {
        exportTwo();
        assertRefused(
                6,
                "another SHA-256 than it tells",
                text -> text.replace("\"presence\":\"PRESENT\"", "\"presence\":\"LEFT\""));
        assertRefused(
                6, "the export breaks off here", text -> text.substring(0, text.lastIndexOf("{\"kind\":\"end\"")));
        assertRefused(5, "it is not one JSON object", text -> text.substring(0, text.lastIndexOf("synced_at")));
        assertRefused(7, "there is more after the last line", text -> text + "{}\n");
        assertRefused(
                6,
                "other lines before it than it counts",
                sealed(text -> text.replaceFirst("\"revisions\":2", "\"revisions\":3")));
        assertRefused(1, "there is nothing in it", text -> "");
        assertRefused(1, "it is not one JSON object", text -> "SQLite format 3\u0000");
        assertRefused(1, "no first line of an export", text -> "{\"schema\":1,\"kind\":\"end\"}\n");
        assertRefused(1, "made by a newer program", text -> text.replaceFirst("\"schema\":1", "\"schema\":2"));
        assertRefused(
                3,
                "it is not one JSON object",
                text -> text.replaceFirst("\n\\{\"kind\":\"agent\"", "\n" + "x".repeat(10 << 20)));
        assertRefused(
                2,
                "it is not one JSON object",
                text -> text.replaceFirst("\"revision\":1,", "\"revision\":1,\"revision\":1,"));
    }

    @Test
    void whatIsWrongInItselfIsRefusedThoughTheDigestIsRight() throws IOException {
        exportTwo();
        assertRefused(2, "another SHA-256 than is told", sealed(text -> text.replace("ACTIVE", "active")));
        assertRefused(
                2,
                "its document can not be accepted",
                sealed(text -> text.replace("{\\\"status\\\":\\\"ACTIVE\\\"}", "[]")));
        assertRefused(
                4,
                "there is a revision of this number before it",
                sealed(text -> text.replace("\"revision\":2", "\"revision\":1")));
        assertRefused(2, "agent id \"..\" is a reserved name", sealed(text -> text.replace("\"Agent-1\"", "\"..\"")));
        assertRefused(2, "control or invisible", sealed(text -> text.replace("\"Agent-1\"", "\"a\\u001b[2J\"")));
        assertRefused(2, "path separator", sealed(text -> text.replace("\"Agent-1\"", "\"../../x\"")));
        assertRefused(
                2,
                "observed_at is no time",
                sealed(text -> text.replaceFirst("\"observed_at\":\"[^\"]+\"", "\"observed_at\":\"soon\"")));
        assertRefused(
                2,
                "no version has such an origin",
                sealed(text -> text.replaceFirst("\"origin\":\"sync\"", "\"origin\":\"magic\"")));
        assertRefused(
                2,
                "that number can not be a revision's",
                sealed(text -> text.replaceFirst("\"revision\":1,", "\"revision\":9223372036854775807,")));
        assertRefused(
                2,
                "revision is not a whole number",
                sealed(text -> text.replaceFirst("\"revision\":1,", "\"revision\":92233720368547758070,")));
        assertRefused(
                3,
                "is not its latest one here",
                sealed(text -> text.replaceFirst(
                        "\"agent_id\":\"Agent-1\",\"revision\":1", "\"agent_id\":\"Agent-1\",\"revision\":2")));
        assertRefused(
                3,
                "no line is of the kind",
                sealed(text -> text.replaceFirst("\"kind\":\"agent\"", "\"kind\":\"ag\u202Eent\"")));
        assertRefused(
                3, "left_at is no time", sealed(text -> text.replaceFirst("\"left_at\":null", "\"left_at\":\"x\"")));
    }
}
