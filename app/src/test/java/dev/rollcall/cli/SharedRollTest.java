package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.store.PostgresForTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One roll on PostgreSQL, and the commands of two machines that share it. */
class SharedRollTest {
    private static final String ACTIVE = "{\"status\":\"ACTIVE\",\"current_mission\":\"Paint the fence\"}";

    @TempDir
    private Path folder;

    private String database = "";
    private Shell first;
    private Shell second;

    @BeforeEach
    void twoMachines() {
        database = PostgresForTests.freshUrl() + "&password=secret-word";
        first = new Shell(folder.resolve("first"));
        second = new Shell(folder.resolve("second"));
    }

    private Result on(Shell machine, String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("--db", database, "--source", machine.folder.getFileName() + ":/agents"));
        all.addAll(List.of(arguments));
        return machine.run(all.toArray(String[]::new));
    }

    @Test
    void everyMachineSeesTheWholeRollAndKeepsItsOwnAgentsOnly() {
        first.write("Agent-1", ACTIVE);
        second.write("Agent-2", ACTIVE);

        assertThat(on(first, "sync", "--all").out()).contains("1 recorded");
        assertThat(on(second, "sync", "--all").out()).contains("1 recorded").contains(" 0 left");
        assertThat(on(first, "sync", "--all").out()).contains("1 unchanged").contains(" 0 left");

        assertThat(on(first, "list").out()).contains("Agent-1").contains("Agent-2");
        assertThat(on(first, "get", "Agent-2").out())
                .contains("Paint the fence")
                .contains("kept by another source");
        assertThat(on(first, "verify", "--all").out()).contains("1 agent: 1 synced");
        assertThat(on(second, "events").out().lines()).hasSize(2);
    }

    @Test
    void aSecondSourceOfTheSameAgentIsRefusedWithBothNames() {
        first.write("Agent-1", ACTIVE);
        second.write("Agent-1", "{\"status\":\"IDLE\"}");
        on(first, "sync", "--all");

        Result refused = on(second, "sync", "--all");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out().replaceAll("\\s+", " "))
                .contains("it is recorded by first:/agents, not by second:/agents");
        assertThat(on(second, "--json", "sync", "--all").out()).contains("\"elsewhere\":[\"Agent-1\"]");
        assertThat(on(first, "get", "Agent-1").out()).contains("ACTIVE");
        assertThat(on(second, "doctor").out().replaceAll("\\s+", " "))
                .contains("The file of Agent-1".substring(4))
                .contains("first:/agents records that agent");
        Result elsewhere = on(second, "verify", "--agent", "Agent-1");
        assertThat(elsewhere.exitCode()).isNotZero();
        assertThat(elsewhere.err()).contains("recorded by first:/agents");
    }

    @Test
    void whatAMachineThatIsGoneRecordedCanBeTakenOver() {
        first.write("Agent-1", ACTIVE);
        second.write("Agent-1", "{\"status\":\"IDLE\"}");
        on(first, "sync", "--all");

        assertThat(on(second, "sync", "--all", "--take-over").out()).contains("1 recorded");

        assertThat(on(second, "get", "Agent-1").out()).contains("IDLE");
        assertThat(on(first, "sync", "--all").exitCode()).isEqualTo(1);
    }

    @Test
    void aVerbOnAnAgentOfAnotherMachineWritesTheFileAndSaysThatTheRollDoesNotTakeIt() {
        first.write("Agent-1", ACTIVE);
        second.write("Agent-1", ACTIVE);
        on(first, "sync", "--all");

        Result verb = on(second, "start-cycle", "--agent", "Agent-1");

        assertThat(verb.out() + verb.err()).contains("recorded by first:/agents, not by second:/agents");
    }

    @Test
    void noPasswordIsEverShown() {
        first.write("Agent-1", ACTIVE);
        StringBuilder said = new StringBuilder();
        for (List<String> command : List.of(
                List.of("sync", "--all"),
                List.of("doctor"),
                List.of("-v", "doctor"),
                List.of("--json", "doctor"),
                List.of("list"),
                List.of("backup"),
                List.of("migrate", "status"),
                List.of("export"),
                List.of("metrics"))) {
            Result result = on(first, command.toArray(String[]::new));
            said.append(result.out()).append(result.err());
        }

        assertThat(said.toString()).contains("postgresql://").doesNotContain("secret-word");
    }
}
