package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changed, when, and by whose version: {@code diff}, {@code blame} and {@code history}. */
class PastChangesTest extends LookingBackSetup {
    @Test
    void diffTellsWhatTheLastVersionChanged() {
        twoLives();

        Result result = shell.run("diff", "Agent-7");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                        Agent-7: revision 2 (2025-10-15T12:20:00Z) → 3 (2025-10-15T12:30:00Z)
                          ~ cycle_count: 2 → 3
                          + current_tasks[1]: "c\\u202ed"
                        """);
        assertThat(shell.run("diff", "Agent-7", "--json").out())
                .isEqualTo(
                        "{\"schema\":1,\"agent_id\":\"Agent-7\","
                                + "\"from\":{\"revision\":2,\"observed_at\":\"2025-10-15T12:20:00Z\"},"
                                + "\"to\":{\"revision\":3,\"observed_at\":\"2025-10-15T12:30:00Z\"},\"changes\":["
                                + "{\"path\":\"cycle_count\",\"kind\":\"changed\",\"before\":2,\"after\":3},"
                                + "{\"path\":\"current_tasks[1]\",\"kind\":\"item_added\",\"before\":null,\"after\":\"c\\u202ed\"}],\"pruned\":[]}\n");
    }

    @Test
    void diffTakesAnyTwoMoments() {
        twoLives();

        assertThat(json("changes[0].after", "diff", "Agent-7", "--from", "r1", "--to", "0123abc", "--json"))
                .isEqualTo("\"BLOCKED\"");
        assertThat(json("from.revision", "diff", "Agent-7", "--to", minute(25).toString(), "--json"))
                .isEqualTo("1");
        assertThat(shell.run("diff", "Agent-7", "--from", "r2", "--to", "r2").out())
                .contains("the same version");
        assertThat(shell.run("diff", "Agent-8").err()).contains("no version before revision 4");
    }

    @Test
    void blameTellsWhoSetWhatAFieldSays() {
        twoLives();

        assertThat(shell.run("blame", "Agent-7", "status", "--json").out())
                .isEqualTo(
                        "{\"schema\":1,\"agent_id\":\"Agent-7\",\"field\":\"status\",\"current\":{\"value\":\"BLOCKED\","
                                + "\"revision\":2,\"observed_at\":\"2025-10-15T12:20:00Z\",\"origin\":\"sync\",\"versions\":2},"
                                + "\"versions_since\":1,\"before\":[{\"value\":\"ACTIVE\",\"revision\":1,"
                                + "\"observed_at\":\"2025-10-15T12:10:00Z\",\"origin\":\"sync\",\"versions\":1}],"
                                + "\"complete\":true,\"items\":[],\"unreadable\":[],\"pruned\":[]}\n");
        assertThat(json("items[1].origin", "blame", "Agent-7", "current_tasks", "--json"))
                .isEqualTo("\"git:" + COMMIT + "\"");
        assertThat(shell.run("blame", "Agent-7", "current_tasks").out())
                .contains("set by      revision 3, git:0123abc")
                .containsPattern("2  2025-10-15T12:20:00Z  sync +\"b\"")
                .contains("\"c\\u202ed\"");
        assertThat(shell.run("blame", "Agent-7", "status").out()).contains(", 1 version since)");
        assertThat(shell.run("blame", "Agent-7", "status", "-n", "0", "--json").out())
                .contains("\"complete\":false");
        assertThat(shell.run("blame", "Agent-7", "status", "-n", "-1").exitCode())
                .isEqualTo(2);
    }

    @Test
    void aFieldThatNoVersionHasEndsWithOneAndTheNearestNames() {
        twoLives();

        for (String command : List.of("blame Agent-7 curent_task", "history Agent-7 --field curent_task")) {
            Result result = shell.run(command.split(" "));
            assertThat(result.exitCode()).as(command).isEqualTo(1);
            assertThat(result.err())
                    .contains("no version of Agent-7 has a field")
                    .contains("current_tasks");
        }
        assertThat(json("current.value", "blame", "Agent-7", "current_mission", "--json"))
                .isEqualTo("null");
    }

    @Test
    void historyOfAFieldIsTheVersionsInWhichItChanged() {
        twoLives();

        assertThat(json("revisions[0].value", "history", "Agent-7", "--field", "status", "--json"))
                .isEqualTo("\"ACTIVE\"");
        assertThat(json("revisions[1].revision", "history", "Agent-7", "--field", "status", "--json"))
                .isEqualTo("2");
        assertThat(json("revisions[2]", "history", "Agent-7", "--field", "status", "--json"))
                .isEqualTo("nothing");
        assertThat(json("revisions", "history", "Agent-7", "--field", "status", "--since", "r3", "--json"))
                .isEqualTo("[]");
        assertThat(shell.run("history", "Agent-7", "--field", "current_tasks").out())
                .contains("[\"b\",\"c\\u202ed\"]");
    }

    @ParameterizedTest
    @CsvSource({
        "--since=r2, 2, 3",
        "--until=r2, 1, 2",
        "--limit=1, 3, 3",
        "--since=2025-10-15T12:15:00Z, 2, 3",
        "--until=2025-10-15T12:20:00Z, 1, 2",
        "--since=0123abc, 3, 3"
    })
    void historyCanBeCutToAStretch(String option, String first, String last) {
        twoLives();

        Result result = shell.run("history", "Agent-7", option, "--json");

        assertThat(value(result, "revisions[0].revision")).isEqualTo(first);
        int size = Integer.parseInt(last) - Integer.parseInt(first) + 1;
        assertThat(value(result, "revisions[" + (size - 1) + "].revision")).isEqualTo(last);
        assertThat(value(result, "revisions[" + size + "]")).isEqualTo("nothing");
    }
}
