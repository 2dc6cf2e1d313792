package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the lag is shown, and where nothing is said of it. */
class LagCommandsTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void sync() {
        shell = new Shell(folder);
        shell.write("Agent-7", document(41));
        shell.write("Agent-8", document(12));
        shell.run("sync", "--all");
    }

    @Test
    void whereNobodyLagsThereIsNoColumnAndNoFinding() {
        assertThat(shell.run("list").out()).startsWith("AGENT    STATE   FRESH  AGE  CYCLE     POINTS  MISSION\n");
        assertThat(shell.run("get", "Agent-7").out()).contains("\n  lag         none\n");
        for (String command : List.of("get Agent-7 --json", "list --json", "top --json")) {
            assertThat(shell.run(command.split(" ")).out())
                    .as(command)
                    .contains("\"lag_seconds\":0,\"lag_cycles\":0")
                    .doesNotContain("lagging");
        }
    }

    @Test
    void aFileMoreThanACycleAheadShowsEverywhereAtOnce() throws IOException {
        ahead("Agent-8", document(15));

        assertThat(shell.run("list").out().lines())
                .satisfies(lines -> assertThat(lines.get(0)).contains("POINTS     LAG  MISSION"))
                .satisfies(lines -> assertThat(lines.get(1)).doesNotContain("40s"))
                .satisfies(lines -> assertThat(lines.get(2)).contains("40s/3c  "))
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
        assertThat(shell.run("get", "Agent-8").out())
                .contains("\n  lag         40 seconds, 3 cycles: the file holds another version than the roll\n")
                .contains("\n  finding     lagging: the file is 3 cycles and 40 seconds ahead of the roll\n");
        String found = "{\"code\":\"lagging\",\"member\":\"cycle_count\",\"message\":";
        for (String command : List.of("get Agent-8 --json", "list --json", "top --json", "doctor --json")) {
            assertThat(shell.run(command.split(" ")).out()).as(command).contains(found);
        }
        assertThat(shell.run("list", "--json").out()).contains("\"lag_seconds\":40,\"lag_cycles\":3");
        assertThat(shell.run("verify", "--agent", "Agent-8", "--json").out())
                .contains("\"lag_seconds\":40,\"lag_cycles\":3");
        assertThat(Files.readString(Path.of("..", "docs", "status-json.md"))).contains("| `lagging` |");
    }

    @Test
    void whoLagsStandsFirstInTopUntilTheRollHasCaughtUp() throws IOException {
        ahead("Agent-8", document(15));

        List<String> lines = shell.run("top", "--once").out().lines().toList();
        assertThat(lines.get(1)).startsWith("0 rejected, 0 blocked or in error, 1 lagging, 0 stale;");
        assertThat(lines.get(3)).startsWith("Agent-8").contains("40s/3c");
        assertThat(shell.run("top", "--json").out()).contains("\"attention\":\"lagging\"");

        shell.run("sync", "--all");
        assertThat(shell.run("top", "--once").out()).doesNotContain("LAG").doesNotContain("lagging");
    }

    @Test
    void oneCycleAheadIsLagAndNoFinding() throws IOException {
        ahead("Agent-8", document(13));

        assertThat(shell.run("list").out()).contains("40s/1c");
        assertThat(shell.run("list", "--json").out())
                .contains("\"lag_cycles\":1")
                .doesNotContain("lagging");
    }

    @Test
    void aTableWithLongNamesAndLagKeepsItsWidth() throws IOException {
        shell.write("A-name-that-is-as-long-as-a-column", document(1).replace("ACTIVE", "COMPLETE"));
        shell.run("sync", "--all");
        ahead("Agent-8", document(15));

        assertThat(shell.run("list").out().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(80));
    }

    @Test
    void whatCanNotBeSeenIsUnknown() throws IOException {
        Files.writeString(shell.file("Agent-7"), "{\"status\":");
        Files.delete(shell.file("Agent-8"));

        long began = System.nanoTime();
        Result list = shell.run("list");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(list.exitCode()).isZero();
        assertThat(list.out()).doesNotContain("LAG");
        assertThat(shell.run("list", "--json").out()).doesNotContain("\"lag_seconds\":0");
        assertThat(shell.run("get", "Agent-7").out()).contains("  lag         unknown: the file is changing\n");
        assertThat(shell.run("get", "Agent-8").out()).contains("  lag         unknown: there is no file\n");

        Files.move(shell.root, folder.resolve("elsewhere"));
        Result get = shell.run("get", "Agent-7", "--json");
        assertThat(get.exitCode()).isZero();
        assertThat(get.out()).contains("\"lag_seconds\":null,\"lag_cycles\":null");
        assertThat(shell.run("list").exitCode()).isZero();
    }

    private void ahead(String agent, String document) throws IOException {
        Instant recorded = Files.getLastModifiedTime(shell.file(agent)).toInstant();
        Files.writeString(shell.file(agent), document);
        Files.setLastModifiedTime(shell.file(agent), FileTime.from(recorded.plusSeconds(40)));
    }

    private static String document(int cycle) {
        return "{\"agent_id\":\"Agent-7\",\"status\":\"ACTIVE\",\"cycle_count\":" + cycle
                + ",\"points_earned\":1234567,\"current_mission\":\"Chart the reef and all that lies behind it\"}";
    }
}
