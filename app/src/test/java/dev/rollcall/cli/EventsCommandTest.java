package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code events} as a script and a person see it. */
class EventsCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void open() {
        shell = new Shell(folder);
    }

    /** Seven events: joined, changed, rejected, joined (Agent-8), recovered and state_changed, left (Agent-8). */
    private void live() {
        write("{\"status\":\"ACTIVE\",\"cycle_count\":41}");
        write("{\"status\":\"ACTIVE\",\"cycle_count\":42,\"blockers\":[\"no oil\"]}");
        shell.write("Agent-8", "{\"status\":\"IDLE\"}");
        write("{\n \"a\":}");
        write("{\"status\":\"IDLE\",\"cycle_count\":42.5,\"points_earned\":1.5,\"blockers\":[\"no oil\"]}");
        assertThat(shell.file("Agent-8").toFile().delete()).isTrue();
        shell.run("sync", "--all");
    }

    private void write(String document) {
        shell.write("Agent-7", document);
        shell.run("sync", "--all");
    }

    private String seqs(String options) {
        return String.join(
                " ",
                shell.run(("events " + options).split(" "))
                        .out()
                        .lines()
                        .map(line -> line.replaceAll("^\\{\"schema\":1,\"seq\":(\\d+),.*", "$1"))
                        .toList());
    }

    @Test
    void eachEventIsALineOfJson() {
        live();

        Result result = shell.run("events");

        assertThat(result.exitCode()).isZero();
        assertThat(shell.run("events", "--json").out()).isEqualTo(result.out());
        assertThat(result.out().lines().map(line -> line.replaceAll("\"at\":\"[^\"]*\"", "\"at\":\"T\"")))
                .containsExactly(
                        "{\"schema\":1,\"seq\":1,\"at\":\"T\",\"agent_id\":\"Agent-7\",\"kind\":\"joined\",\"revision\":1,"
                                + "\"changes\":{},\"rejection\":null}",
                        "{\"schema\":1,\"seq\":2,\"at\":\"T\",\"agent_id\":\"Agent-7\",\"kind\":\"changed\",\"revision\":2,"
                                + "\"changes\":{\"cycle_count\":{\"before\":41,\"after\":42},"
                                + "\"blockers\":{\"before\":null,\"after\":[\"no oil\"]}},\"rejection\":null}",
                        "{\"schema\":1,\"seq\":3,\"at\":\"T\",\"agent_id\":\"Agent-7\",\"kind\":\"rejected\",\"revision\":2,"
                                + "\"changes\":{},\"rejection\":{\"code\":\"syntax\",\"message\":"
                                + "\"expected a value, found '}', at member a\",\"line\":2,\"column\":6,\"byte_offset\":7}}",
                        "{\"schema\":1,\"seq\":4,\"at\":\"T\",\"agent_id\":\"Agent-8\",\"kind\":\"joined\",\"revision\":3,"
                                + "\"changes\":{},\"rejection\":null}",
                        "{\"schema\":1,\"seq\":5,\"at\":\"T\",\"agent_id\":\"Agent-7\",\"kind\":\"recovered\",\"revision\":4,"
                                + "\"changes\":{},\"rejection\":null}",
                        "{\"schema\":1,\"seq\":6,\"at\":\"T\",\"agent_id\":\"Agent-7\",\"kind\":\"state_changed\","
                                + "\"revision\":4,\"changes\":{\"status\":{\"before\":\"ACTIVE\",\"after\":\"IDLE\"},"
                                + "\"state\":{\"before\":\"ACTIVE\",\"after\":\"IDLE\"},"
                                + "\"cycle_count\":{\"before\":42,\"after\":null},"
                                + "\"points_earned\":{\"before\":null,\"after\":1.5}},\"rejection\":null}",
                        "{\"schema\":1,\"seq\":7,\"at\":\"T\",\"agent_id\":\"Agent-8\",\"kind\":\"left\",\"revision\":3,"
                                + "\"changes\":{},\"rejection\":null}");
    }

    @Test
    void optionsLeaveOutWhatIsNotWanted() {
        live();

        assertThat(seqs("--after 5")).isEqualTo("6 7");
        assertThat(seqs("--after 99")).isEmpty();
        assertThat(seqs("--limit 2")).isEqualTo("1 2");
        assertThat(seqs("--agent Agent-8")).isEqualTo("4 7");
        assertThat(seqs("--kind joined")).isEqualTo("1 4");
        assertThat(seqs("--kind joined,LEFT")).isEqualTo("1 4 7");
        assertThat(seqs("--kind state_changed --kind changed")).isEqualTo("2 6");
        assertThat(seqs("--kind stale")).isEmpty();
        assertThat(seqs("--agent Agent-7 --after 1 --kind joined,changed,rejected --limit 1"))
                .isEqualTo("2");
    }

    @Test
    void followingEndsAtTheLimit() {
        live();

        assertThat(seqs("--follow --limit 7")).isEqualTo("1 2 3 4 5 6 7");
        assertThat(seqs("--follow --after 2 --limit 1")).isEqualTo("3");
    }

    @Test
    void aCursorBeforeTheOldestEventThatIsKeptIsToldWhereItGoesOn() {
        live();
        try (SqlStore store = SqlStore.open(shell.database().toString(), SwarmName.DEFAULT, Duration.ofSeconds(10))) {
            assertThat(store.forget(new EventLimits(Duration.ofDays(30), 3), Instant.now(), 100))
                    .isEqualTo(4);
        }

        Result gap = shell.run("events", "--after", "2");

        assertThat(gap.exitCode()).isEqualTo(1);
        assertThat(gap.err())
                .isEqualTo("warning: events after seq 2 up to 4 are not kept any more; going on from there\n");
        assertThat(seqs("--after 2")).isEqualTo("5 6 7");
        assertThat(shell.run("events", "--after", "2", "--follow", "--limit", "3")
                        .exitCode())
                .isEqualTo(1);
        for (String options : new String[] {"--after 4", "--after 6", "--limit 9", "--after 0"}) {
            Result whole = shell.run(("events " + options).split(" "));
            assertThat(whole.exitCode()).as(options).isZero();
            assertThat(whole.err()).as(options).isEmpty();
        }
        assertThat(seqs("--limit 9")).isEqualTo("5 6 7");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--after -1",
                "--after x",
                "--after 1.5",
                "--after 99999999999999999999",
                "--limit 0",
                "--kind danced",
                "--agent ../x",
                "more"
            })
    void wrongUsageEndsWithTwo(String options) {
        Result result = shell.run(("events " + options).split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: ").contains("hint: ");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void anUnknownAgentEndsWithOneAndTheNearestNames() {
        write("{}");

        for (String options : new String[] {"--agent Agent-9", "--agent Agent-9 --follow"}) {
            Result result = shell.run(("events " + options).split(" "));
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("hint: Did you mean Agent-7?");
        }
    }

    @Test
    void anAgentThatWasOnlyEverRejectedAndIsGoneIsToldOf() {
        write("{}");
        shell.write("Agent-9", "{");
        shell.run("sync", "--all");
        assertThat(shell.file("Agent-9").toFile().delete()).isTrue();
        shell.run("sync", "--all");

        assertThat(seqs("--agent Agent-9")).isEqualTo("2 3");
    }

    @Test
    void withoutARollThereIsNothingToTellAndNothingIsCreated() {
        Result result = shell.run("events");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(shell.database()).doesNotExist();
    }

    @Test
    void aPersonReadsLinesInsteadUnlessJsonWasAskedFor() {
        live();

        Result result = shell.runAtTerminal("events", "--no-color");

        assertThat(result.out().replaceAll("(?m)^20\\S+Z", "T")).isEqualTo("""
                T  Agent-7  joined
                T  Agent-7  changed
                    cycle_count: 41 -> 42
                    blockers: nothing -> "no oil"
                T  Agent-7  rejected
                    syntax at line 2, column 6
                    expected a value, found '}', at member a
                T  Agent-8  joined
                T  Agent-7  recovered
                T  Agent-7  state_changed
                    status: "ACTIVE" -> "IDLE"
                    state: ACTIVE -> IDLE
                    cycle_count: 42 -> nothing
                    points_earned: nothing -> 1.5
                T  Agent-8  left
                """);
        assertThat(shell.runAtTerminal("events", "--json").out())
                .isEqualTo(shell.run("events").out());
    }

    @Test
    void hostileTextInEventsCanNotControlATerminal() {
        String attack = "\\u001b]0;owned\\u0007\\u001b[2J\\u202eevil\\u200b\\n\\rline\\u2028\\u007f\\u009b2J";
        write("{\"status\":\"ACTIVE\"}");
        write("{\"status\":\"" + attack + "\",\"current_mission\":\"" + attack + "\",\"current_phase\":\"" + attack
                + "\",\"blockers\":[\"" + attack + "\"]}");
        write("{\"a\":\u001b[2J\u202e}");

        for (Result result : new Result[] {shell.run("events"), shell.runAtTerminal("events", "--no-color")}) {
            assertThat(result.out()).contains("owned").contains("rejected");
            assertThat(result.out().replace("\n", "").codePoints())
                    .noneMatch(dev.rollcall.problem.ShownText::isInvisible);
        }
        assertThat(shell.run("events").out().lines()).hasSize(3).allMatch(line -> line.endsWith("}"));
        assertThat(shell.runAtTerminal("events").out().lines())
                .allMatch(line -> TerminalText.width(line.replaceAll("\u001b\\[\\d+m", "")) <= 80);
    }
}
