package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.report.RecordedLives;
import dev.rollcall.roll.Origin;
import dev.rollcall.store.HandEdit;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code get} and {@code list} of moments gone by. */
class LookingBackTest extends LookingBackSetup {
    @ParameterizedTest
    @CsvSource({
        "2025-10-15T12:10:00Z, 1",
        "2025-10-15T12:19:59Z, 1",
        "2025-10-15T14:20:00+02:00, 2",
        "r2, 2",
        "2, 2",
        "0123abc, 3",
        "0123ABC0123, 3",
        "2025-10-16, 3",
        "yesterday, 3",
        "now, 3",
        "1h ago, 3"
    })
    void getAtAMomentIsTheVersionInForceThen(String at, String revision) {
        twoLives();

        assertThat(json("revision", "get", "Agent-7", "--at", at, "--json")).isEqualTo(revision);
        assertThat(json("document.cycle_count", "get", "Agent-7", "--at", at, "--json"))
                .isEqualTo(revision);
    }

    @Test
    void getAtAMomentHasTheMembersOfGetAndWhereTheVersionCameFrom() {
        twoLives();

        Result now = shell.run("get", "Agent-7", "--json");
        Result then = shell.run("get", "Agent-7", "--at", "r3", "--json");

        for (String member : List.of("status", "state", "cycle_count", "findings", "document", "last_updated_raw")) {
            assertThat(value(then, member)).as(member).isEqualTo(value(now, member));
        }
        assertThat(value(then, "at")).isEqualTo("\"2025-10-15T12:30:00Z\"");
        assertThat(value(then, "observed_at")).isEqualTo("\"2025-10-15T12:30:00Z\"");
        assertThat(value(then, "origin")).isEqualTo("\"git:" + COMMIT + "\"");
        assertThat(value(then, "damaged")).isEqualTo("null");
        assertThat(value(then, "lag_seconds")).isEqualTo("null");
        assertThat(shell.run("get", "Agent-7", "--at", "r3").out())
                .startsWith("As it was at 2025-10-15T12:30:00Z:\nAgent-7  BLOCKED  LIVE (0s ago)\n")
                .contains("observed    2025-10-15T12:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({"0, LIVE, 0", "10, LIVE, 600", "11, QUIET, 660", "60, QUIET, 3600", "61, STALE, 3660"})
    void freshnessIsWhatItWasThen(int minutesLater, String freshness, String age) {
        twoLives();
        String at = minute(30 + minutesLater).toString();

        assertThat(json("freshness", "get", "Agent-7", "--at", at, "--json")).isEqualTo("\"" + freshness + "\"");
        assertThat(json("age_seconds", "get", "Agent-7", "--at", at, "--json")).isEqualTo(age);
        assertThat(json("agents[0].freshness", "list", "--at", at, "--json")).isEqualTo("\"" + freshness + "\"");
        assertThat(json("agents[0].age_seconds", "list", "--at", at, "--json")).isEqualTo(age);
    }

    @Test
    void theFirstVersionIsAsOldAsItsFileSaid() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"last_updated\":\"2025-10-15T11:15:00Z\"}");
        }

        assertThat(json("age_seconds", "get", "Agent-7", "--at", "r1", "--json"))
                .isEqualTo("2700");
    }

    @Test
    void whoHadLeftThenIsLeftAndARejectedFileIsToldSinceWhen() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"x\":1}");
            lives.rejected("Agent-7", minute(10));
            lives.version("Agent-7", minute(20), "{\"x\":2}");
            lives.left("Agent-7", minute(30));
            lives.version("Agent-7", minute(40), "{\"x\":3}");
            lives.rejected("Agent-9", minute(5));
        }

        for (String command : List.of("get Agent-7", "list")) {
            String path = command.equals("list") ? "agents[0]." : "";
            assertThat(past(command, 9, path + "rejected_since")).isEqualTo("null");
            assertThat(past(command, 10, path + "rejected_since")).isEqualTo("\"2025-10-15T12:10:00Z\"");
            assertThat(past(command, 20, path + "rejected_since")).isEqualTo("null");
            assertThat(past(command, 29, path + "freshness")).isNotEqualTo("\"LEFT\"");
            assertThat(past(command, 30, path + "freshness")).isEqualTo("\"LEFT\"");
            assertThat(past(command, 30, path + "revision")).isEqualTo("2");
            assertThat(past(command, 40, path + "freshness")).isEqualTo("\"LIVE\"");
        }
        assertThat(past("list", 4, "agents[1]")).isEqualTo("nothing");
        assertThat(past("list", 5, "agents[1].revision")).isEqualTo("null");
        assertThat(past("get Agent-9", 5, "rejected_since")).isEqualTo("\"2025-10-15T12:05:00Z\"");
        assertThat(shell.run("get", "Agent-9", "--at", minute(4).toString()).exitCode())
                .isEqualTo(1);
    }

    private String past(String command, int minute, String path) {
        List<String> words = new ArrayList<>(List.of(command.split(" ")));
        words.addAll(List.of("--json", "--at", minute(minute).toString()));
        return json(path, words.toArray(String[]::new));
    }

    @Test
    void listAtAMomentIsTheWholeRollOfThen() {
        twoLives();

        Result then = shell.run("list", "--at", "2025-10-15T12:35:00Z", "--json");

        assertThat(value(then, "at")).isEqualTo("\"2025-10-15T12:35:00Z\"");
        assertThat(value(then, "agents[0].cycle_count")).isEqualTo("3");
        assertThat(value(then, "agents[0].findings")).isEqualTo("null");
        assertThat(value(then, "agents[0].last_updated_raw")).isEqualTo("null");
        assertThat(shell.run("list", "--help").out().replaceAll("\\s+", " "))
                .contains("findings and last_updated_raw are null");
        assertThat(value(then, "agents[1]")).isEqualTo("nothing");
        assertThat(value(then, "pruned")).isEqualTo("[]");
        assertThat(json("agents[1].agent_id", "list", "--at", "r4", "--json")).isEqualTo("\"Agent-8\"");
        assertThat(json("agents[1].agent_id", "list", "--at", "now", "--sort", "state", "--json"))
                .isEqualTo("\"Agent-7\"");
        assertThat(json("agents[0].revision", "list", "--at", "0123abc", "--json"))
                .isEqualTo("3");
        assertThat(shell.run("list", "--at", "now", "--state", "IDLE").out())
                .contains("Agent-8")
                .doesNotContain("Agent-7");
        assertThat(shell.run("list", "--at", "2025-10-15").out()).contains("Nobody is on the roll then.");
    }

    @Test
    void aMomentWhoseVersionsWerePrunedIsNotSilentlyAnothers() {
        twoLives();
        HandEdit.apply(
                shell.database().toString(),
                "INSERT INTO agent_gaps (swarm, agent_id, kind, began_at, ended_at, detail) VALUES ('default',"
                        + " 'Agent-7', 'PRUNED', '2025-10-15T12:12:00.000000Z', '2025-10-15T12:20:00.000000Z', '5')");

        assertThat(json("findings", "get", "Agent-7", "--at", minute(15).toString(), "--json"))
                .contains("\"pruned\"");
        assertThat(json("findings", "get", "Agent-7", "--at", minute(11).toString(), "--json"))
                .doesNotContain("\"pruned\"");
        assertThat(json("pruned", "list", "--at", minute(15).toString(), "--json"))
                .isEqualTo("[\"Agent-7\"]");
        assertThat(shell.run("list", "--at", minute(15).toString()).out()).contains("! 1 agent whose versions");
    }

    @Test
    void aDamagedDocumentIsSaidAndHistorysColumnsAreShown() {
        twoLives();
        HandEdit.apply(
                shell.database().toString(),
                "UPDATE status_history SET document = x'00', encoding = 'zstd' WHERE revision = 2");

        Result result = shell.run("get", "Agent-7", "--at", "r2", "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(value(result, "status")).isEqualTo("\"BLOCKED\"");
        assertThat(value(result, "document")).isEqualTo("null");
        assertThat(value(result, "damaged")).isNotEqualTo("null");
        assertThat(shell.run("get", "Agent-7", "--at", "r2").out()).contains("damaged, these are history's columns");
        assertThat(shell.run("diff", "Agent-7", "--from", "r2").exitCode()).isEqualTo(1);
    }

    @Test
    void whoIsNotOnTheRollAnyMoreStillHasAPast() {
        twoLives();
        HandEdit.apply(shell.database().toString(), "DELETE FROM agent_workspaces WHERE agent_id = 'Agent-7'");

        assertThat(json("revision", "get", "Agent-7", "--at", "r2", "--json")).isEqualTo("2");
        assertThat(json("agents[0].revision", "list", "--at", "r2", "--json")).isEqualTo("2");
        assertThat(shell.run("diff", "Agent-7").exitCode()).isZero();
        assertThat(shell.run("blame", "Agent-7", "status").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "2025-13-01", "abc123", "r", "rx", "-1", "2h later", "2999-01-01", "\u202etxt"})
    void whatIsNoMomentEndsWithTwoAndTheForms(String at) {
        twoLives();

        for (String command : List.of(
                "get Agent-7 --at",
                "list --at",
                "diff Agent-7 --from",
                "diff Agent-7 --to",
                "history Agent-7 --since")) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            String option = words.removeLast();
            words.add(option + "=" + at);
            Result result = shell.run(words.toArray(String[]::new));
            assertThat(result.exitCode()).as(command).isEqualTo(2);
            assertThat(result.err())
                    .startsWith("error: ")
                    .contains("hint: Write for example")
                    .doesNotContain("\u202e");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "99 | there is no revision 99 of Agent-7",
                "r4 | there is no revision 4 of Agent-7; that is one of Agent-8",
                "20251015 | A date has hyphens",
                "abcdef0 | no version of Agent-7 was taken from a commit that begins with abcdef0",
                "2025-10-15T12:09:59Z | its first version is revision 1 at 2025-10-15T12:10:00Z"
            })
    void aMomentThatTheAgentDoesNotHaveEndsWithOne(String at, String why) {
        twoLives();

        Result result = shell.run("get", "Agent-7", "--at", at);

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("error: ").contains(why);
        assertThat(shell.run("diff", "Agent-7", "--from", at).exitCode()).isEqualTo(1);
    }

    @Test
    void ofVersionsAtOneMomentTheLastIsInForceAndEachCanBeNamed() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"x\":1}");
            lives.version("Agent-7", minute(0), "{\"x\":2}");
        }

        assertThat(json("document.x", "get", "Agent-7", "--at", minute(0).toString(), "--json"))
                .isEqualTo("2");
        assertThat(json("document.x", "get", "Agent-7", "--at", "r1", "--json")).isEqualTo("1");
        assertThat(json("changes[0].before", "diff", "Agent-7", "--json")).isEqualTo("1");
        assertThat(json("revisions[0].revision", "history", "Agent-7", "--since", "r2", "--json"))
                .isEqualTo("2");
        assertThat(json("revisions[0].revision", "history", "Agent-7", "--until", "r1", "--json"))
                .isEqualTo("1");
        assertThat(json("revisions[1]", "history", "Agent-7", "--until", "r1", "--json"))
                .isEqualTo("nothing");
    }

    @Test
    void aCommitThatChangedSomebodyElseIsAMomentToo() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"x\":1}");
            lives.version("Agent-8", minute(1), "{\"x\":2}", Origin.commit("a".repeat(40)));
            lives.version("Agent-7", minute(2), "{\"x\":3}");
        }

        assertThat(json("document.x", "get", "Agent-7", "--at", "aaaaaaa", "--json"))
                .isEqualTo("1");
        assertThat(json("changes[0].after", "diff", "Agent-7", "--from", "aaaaaaa", "--json"))
                .isEqualTo("3");
    }

    @Test
    void theBeginningOfTwoCommitsIsNone() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"x\":1}", Origin.commit("a".repeat(40)));
            lives.version("Agent-7", minute(1), "{\"x\":2}", Origin.commit("a".repeat(39) + "b"));
        }

        assertThat(shell.run("get", "Agent-7", "--at", "aaaaaaa").err()).contains("more than one commit");
        assertThat(shell.run("list", "--at", "aaaaaaa").exitCode()).isEqualTo(1);
        assertThat(json("revision", "get", "Agent-7", "--at", "a".repeat(39) + "b", "--json"))
                .isEqualTo("2");
    }

    @Test
    void nobodyWhoNeverWasHasAPast() {
        for (String command :
                List.of("get Agent-8 --at now", "diff Agent-8", "blame Agent-8 status", "history Agent-8")) {
            assertThat(shell.run(command.split(" ")).exitCode()).as(command).isEqualTo(1);
        }
        twoLives();
        assertThat(shell.run("diff", "Agent-9").err()).contains("Did you mean Agent-7");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void atEachMomentOfARandomLifeItsVersionComesBackByteForByte(long seed) {
        Random random = new Random(seed);
        List<Instant> times = new ArrayList<>();
        List<String> documents = new ArrayList<>();
        try (RecordedLives lives = lives()) {
            Instant at = NOON;
            for (int i = 0; i < 40; i++) {
                at = at.plusNanos(1000L * (1 + random.nextInt(random.nextBoolean() ? 3 : 2_000_000_000)));
                String document = "{\"x\": " + random.nextInt() + ", \"n\" :" + i + "}";
                lives.version("Agent-7", at, document);
                lives.version("Agent-8", at, "{\"other\":" + i + "}");
                times.add(at);
                documents.add(document);
            }
        }

        for (int i = 0; i < times.size(); i++) {
            Result then =
                    shell.run("get", "Agent-7", "--json", "--at", times.get(i).toString());
            assertThat(value(then, "revision")).as("version %s", i).isEqualTo(Integer.toString(2 * i + 1));
            assertThat(then.out()).endsWith("\"document\":" + documents.get(i) + "}\n");
            if (i > 0) {
                String before = times.get(i).minusNanos(1000).toString();
                assertThat(json("revision", "get", "Agent-7", "--json", "--at", before))
                        .isEqualTo(Integer.toString(2 * i - 1));
            }
        }
    }
}
