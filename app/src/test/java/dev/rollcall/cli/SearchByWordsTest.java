package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands that find agents, where there is no model: words alone, told as a warning, and whatever may be asked. */
class SearchByWordsTest {
    private static final String MODELS = "rollcall.models";
    private static final String ALONE = "warning: searched by words alone: ";

    @TempDir
    private Path folder;

    private Shell shell;
    private @Nullable String before;

    @BeforeEach
    void threeAgentsAndNoModel() {
        before = System.setProperty(MODELS, folder.resolve("nothing").toString());
        shell = new Shell(folder);
        shell.write(
                "Ada",
                "{\"status\":\"ACTIVE\",\"current_mission\":\"Gate works\",\"current_tasks\":[\"mending the north gate\"]}");
        shell.write("Bo", "{\"status\":\"IDLE\",\"current_tasks\":[],\"completed_tasks\":[\"mended a gate of oak\"]}");
        shell.write(
                "Cleo", "{\"status\":\"BLOCKED\",\"blockers\":[\"no flour\"],\"current_tasks\":[\"baking bread\"]}");
        shell.run("sync", "--all");
    }

    @AfterEach
    void asItWas() {
        if (before == null) {
            System.clearProperty(MODELS);
        } else {
            System.setProperty(MODELS, before);
        }
    }

    @Test
    void whoSharesTheWordsIsAStrongHitAndTheMissingModelAWarning() {
        Shell.Result found = shell.run("search", "who", "is", "mending", "the north gate");

        assertThat(found.exitCode()).isZero();
        assertThat(found.out())
                .containsPattern("^Ada +strong  1\\.00  ACTIVE LIVE\n {4}current task: mending the north gate\n");
        assertThat(found.err()).startsWith(ALONE).hasLineCount(1);
    }

    @Test
    void whoSharesFewWordsIsWeakAndOneIsTheExitCode() {
        Shell.Result weak = shell.run("search", "submarine periscope and torpedo gate");

        assertThat(weak.exitCode()).isEqualTo(1);
        assertThat(weak.out())
                .startsWith("Nobody clearly fits. The nearest, all weak:\n")
                .contains("weak");
        Shell.Result nobody = shell.run("search", "submarine");
        assertThat(nobody.exitCode()).isEqualTo(1);
        assertThat(nobody.out()).isEqualTo("Nobody on the roll answers that.\n");
    }

    @Test
    void jsonHasTheMembersOfTheContract() {
        Shell.Result found = shell.run("search", "--json", "north gate");

        assertThat(found.exitCode()).isZero();
        assertThat(found.out())
                .startsWith("{\"schema\":1,\"query\":\"north gate\",\"hits\":[{\"agent_id\":\"Ada\",\"score\":1.000,"
                        + "\"strength\":\"strong\",\"text\":\"mending the north gate\",\"field\":\"current_task\",\"revision\":1,"
                        + "\"state\":\"ACTIVE\",\"freshness\":\"LIVE\",")
                .endsWith("}\n")
                .hasLineCount(1);
        assertThat(shell.run("search", "--json", "submarine").out())
                .startsWith("{\"schema\":1,\"query\":\"submarine\",\"hits\":[]");
    }

    @Test
    void filtersLeaveOutWhoIsNotWanted() {
        assertThat(shell.run("search", "gate", "--state", "IDLE").out())
                .contains("Bo ")
                .doesNotContain("Ada ");
        assertThat(shell.run("search", "gate", "--state", "OFFLINE").out())
                .isEqualTo("Nobody on the roll answers that.\n");
        assertThat(shell.run("search", "gate", "--freshness", "STALE").exitCode())
                .isEqualTo(1);
        assertThat(shell.run("search", "gate", "--freshness", "LIVE").out()).contains("Ada ", "Bo ");
        assertThat(shell.run("search", "gate", "-k", "1").out()).hasLineCount(2);
    }

    @Test
    void theScopeWeighsWhatAgentsAreAtAgainstWhatTheyHaveDone() {
        assertThat(shell.run("search", "mending gate", "--scope", "current").out())
                .startsWith("Ada ");
        assertThat(shell.run("search", "mending gate", "--scope", "expertise").out())
                .startsWith("Bo ");
    }

    @Test
    void aQuestionAboutStatesIsAnsweredFromTheColumns() {
        Shell.Result blocked = shell.run("search", "is anyone blocked");
        assertThat(blocked.exitCode()).isZero();
        assertThat(blocked.out())
                .startsWith("Cleo ")
                .contains("blocker: no flour")
                .doesNotContain("Ada", "Bo");
        assertThat(shell.run("search", "who is idle").out()).startsWith("Bo ");
        assertThat(shell.run("search", "who is offline").exitCode()).isEqualTo(1);
        assertThat(shell.run("search", "who is blocked", "--state", "IDLE").exitCode())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u2003"})
    void anEmptyQuestionIsWrongUsage(String question) {
        for (String command : new String[] {"search", "recommend"}) {
            Shell.Result refused = shell.run(command, question);
            assertThat(refused.exitCode()).as(command).isEqualTo(2);
            assertThat(refused.err()).as(command).contains("is empty");
            assertThat(shell.run("--json", command, question).out())
                    .as(command)
                    .startsWith("{\"schema\":1,\"error\":{\"code\":\"wrong_usage\"");
        }
    }

    @Test
    void numbersAndNamesThatAreNoneAreWrongUsage() {
        for (String[] arguments : new String[][] {
            {"search", "gate", "-k", "0"},
            {"search", "gate", "-k", "-3"},
            {"search", "gate", "-k", "many"},
            {"search"},
            {"search", "gate", "--state", "ASLEEP"},
            {"search", "gate", "--freshness", "ROTTEN"},
            {"search", "gate", "--scope", "never"},
            {"similar", "Ada", "-k", "0"},
            {"similar"},
            {"similar", "../etc"},
            {"recommend", "bake", "-k", "0"},
            {"overlaps", "Ada"},
        }) {
            assertThat(shell.run(arguments).exitCode())
                    .as(String.join(" ", arguments))
                    .isEqualTo(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\ud83d\ude00",
                "\u6e05\u626b\u9662\u5b50",
                "\u001b[31mgate\u001b[0m",
                "\u0000",
                "?!.,;",
                "\"",
                "* OR NEAR( -gate",
                "gate) AND (SELECT 1",
                "--",
                "a",
                "\ud83d"
            })
    void anOddQuestionHasAnAnswerAndShowsNoControlCharacter(String question) {
        Shell.Result text = shell.run("search", "--", question);
        assertThat(text.exitCode()).as(text.toString()).isLessThanOrEqualTo(1);
        assertThat(text.out() + text.err()).doesNotContain("\u001b", "\u0000");
        Shell.Result json = shell.run("--json", "search", "--", question);
        assertThat(json.exitCode()).isEqualTo(text.exitCode());
        assertThat(json.out()).startsWith("{\"schema\":1,\"query\":\"").doesNotContain("\u001b", "\u0000");
    }

    @Test
    void aMegabyteIsAskedAsItsBeginning() {
        Shell.Result found = shell.run("search", "north gate " + "x ".repeat(500_000));
        assertThat(found.exitCode()).isLessThanOrEqualTo(1);
        assertThat(found.out()).contains("Ada ");
        assertThat(shell.run("search", "y".repeat(1_000_000)).exitCode()).isEqualTo(1);
    }

    @Test
    void whatAgentsWroteIsShownWithoutItsControlCharacters() {
        shell.write(
                "Dan",
                "{\"status\":\"ACTIVE\",\"current_tasks\":[\"paint \\u001b[31mred\\u001b[0m\\u0007 doors\\nand\\twalls\"],"
                        + "\"notes\":{\"a\\u001b[2Jb\":\"hang the lantern \\u202e backwards\"}}");
        shell.run("sync", "--all");

        for (String question : new String[] {"paint doors and walls", "hang the lantern"}) {
            Shell.Result text = shell.run("search", question);
            assertThat(text.out())
                    .startsWith("Dan ")
                    .doesNotContain("\u001b", "\u0007", "\u202e")
                    .hasLineCount(2);
            assertThat(shell.run("search", "--json", question).out())
                    .contains("\"agent_id\":\"Dan\"")
                    .doesNotContain("\u001b", "\u0007", "\u202e")
                    .hasLineCount(1);
        }
    }

    @Test
    void withoutVectorsNobodyIsLikeAnybodyAndNobodyOverlaps() {
        Shell.Result similar = shell.run("similar", "Ada");
        assertThat(similar.exitCode()).isEqualTo(1);
        assertThat(similar.out()).isEqualTo("Nobody to compare with.\n");
        assertThat(shell.run("similar", "Ada", "--json").out())
                .startsWith("{\"schema\":1,\"query\":\"Ada\",\"hits\":[]");
        Shell.Result overlaps = shell.run("overlaps");
        assertThat(overlaps.exitCode()).isZero();
        assertThat(overlaps.out()).isEqualTo("Nobody does what somebody else does.\n");
        assertThat(shell.run("overlaps", "--json").out()).isEqualTo("{\"schema\":1,\"pairs\":[],\"more\":0}\n");
    }

    @Test
    void anAgentNobodyKnowsIsAnsweredWithTheNearestNames() {
        Shell.Result unknown = shell.run("similar", "Adda");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("Adda").contains("Ada");
        assertThat(shell.run("similar", "Adda", "--json").out())
                .startsWith("{\"schema\":1,\"error\":{\"code\":\"unknown_agent\"")
                .contains("Ada");
    }

    @Test
    void recommendWeighsExpertiseAgainstAvailabilityAndLoad() {
        Shell.Result text = shell.run("recommend", "mend", "a gate");
        assertThat(text.out())
                .startsWith("Bo ")
                .contains(" expertise x 1.00 free x 1.00 load", " x 0.80 free x 0.91 load");
        assertThat(shell.run("recommend", "mend a gate", "--json").out())
                .startsWith("{\"schema\":1,\"query\":\"mend a gate\",\"hits\":[{\"agent_id\":\"Bo\",\"score\":")
                .contains(
                        "\"strength\":\"strong\",\"text\":\"mended a gate of oak\",\"field\":\"completed_task\",\"revision\":")
                .contains("\"expertise\":", "\"availability\":1.000,\"load\":1.000");
        assertThat(shell.run("recommend", "submarine").out()).isEqualTo("Nobody on the roll could take that.\n");
        assertThat(shell.run("recommend", "submarine").exitCode()).isEqualTo(1);
    }

    @Test
    void whoHasLeftIsFoundAndNotRecommended() throws Exception {
        Files.delete(shell.file("Bo"));
        shell.run("sync", "--all");

        assertThat(shell.run("search", "gate of oak").out()).startsWith("Bo ").contains("LEFT");
        assertThat(shell.run("recommend", "mend a gate").out()).doesNotContain("Bo ");
        assertThat(shell.run("search", "who is idle").exitCode()).isEqualTo(1);
    }

    @Test
    void indexEndsWithOneAndSaysWhatIsMissing() {
        Shell.Result text = shell.run("index");
        assertThat(text.exitCode()).isEqualTo(1);
        assertThat(text.out()).isEqualTo("3 agents brought up to date, 0 texts embedded\n");
        assertThat(text.err()).startsWith(ALONE);
        assertThat(shell.run("index", "--json").out())
                .startsWith("{\"schema\":1,\"agents\":3,\"embedded\":0,\"notices\":[\"searched by words alone: ");
    }

    @Test
    void beforeTheFirstSyncThereIsNobodyAndNoDatabaseIsMade() {
        Shell empty = new Shell(folder.resolve("elsewhere"));
        assertThat(empty.run("search", "gate").out()).isEqualTo("Nobody on the roll answers that.\n");
        assertThat(empty.run("search", "gate").exitCode()).isEqualTo(1);
        assertThat(empty.run("search", "who is idle").exitCode()).isEqualTo(1);
        assertThat(empty.run("recommend", "mend").exitCode()).isEqualTo(1);
        assertThat(empty.run("overlaps").exitCode()).isZero();
        assertThat(empty.run("similar", "Ada").exitCode()).isEqualTo(1);
        assertThat(empty.database()).doesNotExist();
    }

    @Test
    void startingWhatSomebodyIsAtAlreadyIsAWarning() {
        shell.run("search", "anything");
        Shell.Result same = shell.run("start-mission", "--agent", "Bo", "Mending the north gate");
        assertThat(same.exitCode()).isZero();
        assertThat(same.err())
                .contains(
                        "warning: Ada is ACTIVE at the same work: mending the north gate; rollcall get Ada tells more\n")
                .doesNotContain("words alone");

        assertThat(shell.run("start-mission", "--agent", "Bo", "Digging a well").err())
                .doesNotContain("same work");
        assertThat(shell.run("start-mission", "--agent", "Ada", "Mending the north gate")
                        .err())
                .doesNotContain("same work");
    }

    @Test
    void twoWhoBeginTheSameOneAfterTheOtherAreWarnedWithoutASearchInBetween() {
        assertThat(shell.run("start-mission", "--agent", "Bo", "Dig a deep well")
                        .err())
                .doesNotContain("same work");
        assertThat(shell.run("start-mission", "--agent", "Cleo", "dig a Deep_Well!")
                        .err())
                .contains("warning: Bo is ACTIVE at the same work: Dig a deep well; rollcall get Bo tells more\n");
        assertThat(shell.run("start-mission", "--agent", "Bo", "Dig a ditch").err())
                .doesNotContain("same work");
    }

    @Test
    void whoIsDoneWithTheSameHidesNobodyWhoIsAtIt() {
        for (int i = 0; i < 6; i++) {
            shell.write("Aa-" + i, "{\"status\":\"COMPLETE\",\"current_tasks\":[\"paint every door of the mill\"]}");
        }
        shell.write(
                "Zoe",
                "{\"status\":\"ACTIVE\",\"current_mission\":\"Colours\",\"current_tasks\":[\"paint every door of the mill\"]}");
        shell.run("sync", "--all");
        shell.run("search", "anything");

        assertThat(shell.run("start-mission", "--agent", "Bo", "Paint every door of the mill")
                        .err())
                .contains("Zoe is ACTIVE at the same work")
                .doesNotContain("Aa-");
    }

    @Test
    void whatAnAgentHasDoneOrIsForHidesNotWhatItIsAt() {
        shell.write(
                "Zoe",
                "{\"status\":\"ACTIVE\",\"role\":\"paints every door of the mill red\","
                        + "\"achievements\":[\"paint every single door and window of the old mill, stable, barn, brewery and bakery quickly\"],\"current_mission\":\"Colours\","
                        + "\"current_tasks\":[\"paint every single door and window of the old mill, stable, barn, brewery and bakery\"]}");
        shell.run("sync", "--all");
        shell.run("search", "anything");

        assertThat(shell.run(
                                "start-mission",
                                "--agent",
                                "Bo",
                                "Paint every single door and window of the old mill, stable, barn, brewery and bakery quickly")
                        .err())
                .contains(
                        "Zoe is ACTIVE at the same work: paint every single door and window of the old mill, stable, barn, brewery and bakery;");
    }

    @Test
    void aTextThatSoundsLikeAStateIsFoundAsAText() {
        shell.write("Dan", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"Write error reporting for the crane\"]}");
        shell.run("sync", "--all");

        assertThat(shell.run("search", "error reporting").out()).startsWith("Dan ");
        assertThat(shell.run("search", "who is working on errors").out()).startsWith("Nobody clearly fits.");
    }

    @Test
    void thatNobodyIsInAStateIsAnAnswerAboutStates() {
        assertThat(shell.run("search", "who is offline").out()).isEqualTo("Nobody is OFFLINE.\n");
        assertThat(shell.run("search", "who is blocked", "--state", "IDLE").out())
                .isEqualTo("""
                        Nobody is BLOCKED and nobody reports a blocker, among those that --state and
                        --freshness leave.
                        """);
        assertThat(shell.run("search", "who is offline", "--json").out())
                .isEqualTo("{\"schema\":1,\"query\":\"who is offline\",\"hits\":[],\"anybody_fits\":false,"
                        + "\"answered_from\":\"columns\",\"more\":0}\n");
        assertThat(shell.run("search", "submarine", "--json").out())
                .endsWith(",\"answered_from\":\"texts\",\"more\":null}\n");
    }
}
