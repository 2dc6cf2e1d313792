package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.store.HandEdit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract's commands, exit codes and JSON, as a script sees them. */
class CommandsTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    @Test
    void syncAllTellsWhatItDidAndEndsWithZero() {
        shell.write(
                "Agent-7",
                "{\"agent_id\":\"Agent-7\",\"status\":\"ACTIVE\",\"last_updated\":\"2025-10-15T12:00:00Z\"}");

        Result result = shell.run("sync", "--all", "--json");

        assertThat(result.exitCode()).isZero();
        JsonValue.Obj json = json(result);
        assertThat(names(json))
                .containsExactly(
                        "schema",
                        "swarm",
                        "agents",
                        "recorded",
                        "unchanged",
                        "left",
                        "rejected",
                        "findings",
                        "elsewhere",
                        "ignored",
                        "elapsed_ms");
        assertThat(text(json, "swarm")).isEqualTo("\"default\"");
        assertThat(text(json, "recorded")).isEqualTo("1");
        assertThat(shell.database()).exists();
    }

    @Test
    void aRejectedDocumentIsNamedWithItsPlaceAndEndsWithOne() {
        shell.write("Agent-7", "{\n  \"status\": \"ACTIVE\",\n}\n");

        Result result = shell.run("sync", "--all", "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("\"agent_id\":\"Agent-7\"")
                .contains("\"code\":\"trailing_comma\"")
                .contains("\"line\":2,\"column\":21,\"byte_offset\":22");
    }

    @Test
    void verifySaysItAsTheGuideDoes() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"last_updated\":\"2025-10-15T12:00:00Z\",\"cycle_count\":41}");
        shell.run("sync", "--all");

        Result result = shell.run("verify", "--agent", "Agent-7");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                        Agent-7
                          status.json  2025-10-15T12:00:00Z  cycle 41
                          database     2025-10-15T12:00:00Z  cycle 41
                          search       current
                          SYNCED (0 seconds lag, 0 cycles)
                        """);
    }

    @Test
    void verifyNamesAHandEditWithBothValuesAndForceRepairsIt() {
        shell.write("Agent-7", "{\"status\":\"ACTIVE\",\"points_earned\":10}");
        shell.run("sync", "--all");
        HandEdit.apply(shell.database().toString(), "UPDATE agent_workspaces SET points_earned = 99999");

        Result drifted = shell.run("verify", "--all", "--json");
        assertThat(drifted.exitCode()).isEqualTo(1);
        assertThat(drifted.out())
                .contains("\"verdict\":\"DRIFTED\"")
                .contains(
                        "{\"where\":\"row\",\"field\":\"points_earned\",\"entry\":null,\"expected\":\"10\",\"actual\":\"99999\"}")
                .contains("\"synced\":0,\"not_synced\":1");

        assertThat(shell.run("sync", "--agent", "Agent-7", "--force").exitCode())
                .isZero();
        assertThat(shell.run("verify", "--all").exitCode()).isZero();
    }

    @Test
    void getShowsTheMirroredColumnsAndTheDocument() {
        shell.write("Agent-7", "{\"status\":\"BLOCKED\",\"x\":\"\\u202e\u202ehidden\"}");
        shell.run("sync", "--all");

        Result result = shell.run("get", "Agent-7", "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(names(json(result)))
                .containsExactly(
                        "schema",
                        "agent_id",
                        "status",
                        "last_updated",
                        "last_updated_raw",
                        "current_focus",
                        "cycle_count",
                        "points_earned",
                        "current_mission",
                        "state",
                        "freshness",
                        "age_seconds",
                        "revision",
                        "rejected_since",
                        "findings",
                        "cadence_seconds",
                        "live_for_seconds",
                        "quiet_for_seconds",
                        "lag_seconds",
                        "lag_cycles",
                        "document");
        assertThat(result.out()).contains("\"state\":\"BLOCKED\"").doesNotContain("\u202e");
    }

    @Test
    void anUnknownAgentEndsWithOneAndTheNearestNames() {
        shell.write("Agent-7", "{}");
        shell.run("sync", "--all");

        for (List<String> command : List.of(
                List.of("get", "Agent-8"), List.of("history", "Agent-8"), List.of("verify", "--agent", "Agent-8"))) {
            Result result = shell.run(command.toArray(String[]::new));
            assertThat(result.exitCode()).as(command.toString()).isEqualTo(1);
            assertThat(result.err()).startsWith("error: ").contains("hint: Did you mean Agent-7?");
        }
    }

    @Test
    void syncOfAFolderThatNeverWasEndsWithFour() {
        Result result = shell.run("sync", "--agent", "Nobody");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err()).contains("Nobody").contains("hint: ");
    }

    @Test
    void anotherRootWithTheSameSwarmMarksNobodyAsLeft() throws IOException {
        shell.write("Agent-7", "{}");
        shell.run("sync", "--all");
        Path other = Files.createDirectories(folder.resolve("other/Agent-8")).getParent();
        Files.writeString(other.resolve("Agent-8/status.json"), "{}");
        String[] there = {"--root", other.toString(), "--db", shell.database().toString()};

        Result result = shell.runBare("sync", "--all", "--json", there[0], there[1], there[2], there[3]);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("\"left\":0").contains("\"elsewhere\":[\"Agent-7\"]");
        assertThat(shell.runBare("sync", "--agent", "Agent-7", there[0], there[1], there[2], there[3])
                        .exitCode())
                .isEqualTo(4);
        assertThat(shell.run("list").out()).doesNotContain("LEFT");
    }

    @Test
    void aMissingRootEndsWithFourAndLeavesNoDatabase() {
        Result result = shell.runBare(
                "sync",
                "--all",
                "--root",
                folder.resolve("nowhere/agent_workspaces").toString());

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(folder.resolve("nowhere")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a/b", "..", "CON", "nul.txt", "tab\there", "back\\slash", " padded", "zero\u200bwidth"})
    void anIdThatCanNotBeAnAgentsEndsWithTwo(String id) {
        for (String[] command : new String[][] {
            {"get", id},
            {"history", id},
            {"sync", "--agent", id},
            {"verify", "--agent", id},
            {"start-cycle", "--agent", id}
        }) {
            assertThat(shell.run(command).exitCode())
                    .as(String.join(" ", command))
                    .isEqualTo(2);
        }
        assertThat(shell.root).isEmptyDirectory();
    }

    @Test
    void anIdOfMoreThan128CharactersEndsWithTwo() {
        assertThat(shell.run("get", "a".repeat(129)).exitCode()).isEqualTo(2);
        assertThat(shell.run("get", "a".repeat(128)).exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frobnicate",
                "sync",
                "sync --all --agent A",
                "sync --al",
                "list --state DANCING",
                "get",
                "migrate sideways"
            })
    void wrongUsageEndsWithTwoAndOneSentence(String line) {
        Result result = shell.run(line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: ").contains("hint: ");
        assertThat(result.err().lines()).hasSizeLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            sync                  ; give one of --agent=ID | --all
            prune --kep 3d        ; There is no option --kep. Did you mean --keep
            copy --form=a --to=b  ; There is no option --form. Did you mean --from
            prune                 ; See rollcall prune --help for what it needs.
            up --port abc         ; --port: "abc" is no number
            """)
    void wrongUsageIsNamedInTheWordsOfTheCommandLine(String line, String sentence) {
        Result result = shell.run(line.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains(sentence).doesNotContain("Error:");
    }

    @Test
    void errorsAreJsonWhenJsonWasAskedFor() {
        Result result = shell.run("get", "Agent-8", "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(names(json(result))).containsExactly("schema", "error");
        assertThat(result.out()).contains("\"code\":\"unknown_agent\"");
        assertThat(shell.run("--json", "frobnicate").out()).contains("\"code\":\"wrong_usage\"");
    }

    @Test
    void globalOptionsStandBeforeOrAfterTheCommand() {
        shell.write("Agent-7", "{}");
        String root = shell.root.toString();

        assertThat(shell.runBare("--root", root, "--json", "sync", "--all").out())
                .startsWith("{\"schema\":1");
        assertThat(shell.runBare("sync", "--all", "--json", "--root", root).out())
                .startsWith("{\"schema\":1");
    }

    @Test
    void theLifecycleWritesTheFileAndTheRoll() {
        Result result = shell.run("start-cycle", "--agent", "Agent-7", "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .isEqualTo(
                        "{\"schema\":1,\"agent_id\":\"Agent-7\",\"written\":true,\"synced\":true,\"revision\":1,\"cycle_count\":1,\"created\":true}\n");
        shell.run("start-mission", "Light the lamp", "--agent", "Agent-7", "--priority", "high");
        shell.run("add-task", "trim the wick", "--agent", "Agent-7");
        shell.run("complete-task", "trim the wick", "--points", "50", "--agent", "Agent-7");
        shell.run("add-blocker", "no oil", "--agent", "Agent-7");

        assertThat(shell.read("Agent-7"))
                .contains(
                        "\"current_mission\": \"Light the lamp\"",
                        "\"mission_priority\": \"HIGH\"",
                        "\"points_earned\": 50")
                .contains("\"status\": \"BLOCKED\"");
        assertThat(shell.run("verify", "--all").exitCode()).isZero();
        assertThat(shell.run("history", "Agent-7", "--json").out())
                .contains("\"revision\":5")
                .contains("\"origin\":\"lifecycle\"");
    }

    @Test
    void twoVerbsWithinASecondAreTwoRevisions() {
        shell.run("end-cycle", "--agent", "Agent-7");
        shell.run("end-cycle", "--agent", "Agent-7");

        assertThat(shell.run("history", "Agent-7", "--json").out()).contains("\"revision\":2");
    }

    @Test
    void aVerbOnABrokenFileEndsWithFourAndLeavesIt() {
        shell.write("Agent-7", "{\"status\":");

        Result result = shell.run("start-cycle", "--agent", "Agent-7");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(shell.read("Agent-7")).isEqualTo("{\"status\":");
    }

    @Test
    void aVerbStillWritesWhenTheDatabaseCanNotBeReached() throws IOException {
        Path notADatabase =
                Files.writeString(folder.resolve("notes.txt"), "this is no database, and long enough to tell");

        Result result = shell.run("start-cycle", "--agent", "Agent-7", "--db", notADatabase.toString(), "--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("\"written\":true,\"synced\":false,\"revision\":null");
        assertThat(result.err()).contains("warning: ");
        assertThat(shell.read("Agent-7")).contains("\"cycle_count\": 1");
    }

    @Test
    void aDatabaseThatIsNoneEndsWithThree() throws IOException {
        shell.write("Agent-7", "{}");
        Path notADatabase =
                Files.writeString(folder.resolve("notes.txt"), "this is no database, and long enough to tell");

        for (String command : List.of("sync --all", "verify --all", "list", "get Agent-7", "history Agent-7")) {
            Result result = shell.run((command + " --db " + notADatabase).split(" "));
            assertThat(result.exitCode()).as(command).isEqualTo(3);
            assertThat(result.err()).startsWith("error: ").contains("hint: ");
        }
    }

    @Test
    void lookingDoesNotCreateADatabase() {
        assertThat(shell.run("list").exitCode()).isZero();
        assertThat(shell.run("verify", "--all").exitCode()).isZero();
        assertThat(shell.database()).doesNotExist();
    }

    private static JsonValue.Obj json(Result result) {
        ParseResult parsed = StatusParser.parse(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).as(result.out()).isInstanceOf(ParseResult.Parsed.class);
        return ((ParseResult.Parsed) parsed).document().root();
    }

    private static List<String> names(JsonValue.Obj json) {
        return json.members().stream().map(JsonValue.Member::name).collect(Collectors.toList());
    }

    private static String text(JsonValue.Obj json, String name) {
        return switch (json.member(name).orElseThrow().value()) {
            case JsonValue.Text value -> "\"" + value.value() + "\"";
            case JsonValue.Num value -> value.literal();
            default -> "";
        };
    }
}
