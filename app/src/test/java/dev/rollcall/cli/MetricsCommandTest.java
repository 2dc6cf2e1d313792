package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.store.HandEdit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code metrics} prints without a watch; with one: {@code WatchAnswersTest}. */
class MetricsCommandTest {
    /** The text exposition format: comments, and samples with labels and a value. */
    private static final Pattern LINE = Pattern.compile(
            "# (HELP|TYPE) rollcall_[a-z_]+ .+|rollcall_[a-z_]+\\{[a-z]+=\"[^\"\\\\]*\"(,[a-z]+=\"[^\"\\\\]*\")*\\} [0-9.E-]+");

    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void sync() {
        shell = new Shell(folder);
        shell.write("Agent-1", "{\"agent_id\":\"Agent-1\",\"status\":\"ACTIVE\",\"cycle_count\":3}");
        shell.write("Agent-2", "{\"status\":\"BLOCKED\",\"current_phase\":\"oil\"}");
        shell.write("Agent-3", "{\"status\":\"ON WATCH {evil=\\\"1\\\"} 7\\n# HELP \"}");
        shell.write("Agent-4", "{\"status\":");
        shell.write("Agent-5", "{\"status\":\"ACTIVE\"}");
        shell.run("sync", "--all");
    }

    @Test
    void agentsAreCountedByStateFreshnessAndFinding() throws IOException {
        Files.delete(shell.file("Agent-5"));
        shell.run("sync", "--agent", "Agent-5");

        Result result = shell.run("metrics");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().lines()).allMatch(LINE.asMatchPredicate());
        assertThat(result.out().lines())
                .contains(
                        "# TYPE rollcall_agents gauge",
                        "rollcall_agents{state=\"ACTIVE\",swarm=\"default\"} 1.0",
                        "rollcall_agents{state=\"BLOCKED\",swarm=\"default\"} 1.0",
                        "rollcall_agents{state=\"UNKNOWN\",swarm=\"default\"} 2.0",
                        "rollcall_agents{state=\"ERROR\",swarm=\"default\"} 0.0",
                        "rollcall_agents_by_freshness{freshness=\"LEFT\",swarm=\"default\"} 1.0",
                        "rollcall_agents_by_freshness{freshness=\"LIVE\",swarm=\"default\"} 3.0",
                        "rollcall_rejected_agents{swarm=\"default\"} 1.0",
                        "rollcall_findings{code=\"unknown_status\",swarm=\"default\"} 1.0",
                        "rollcall_findings{code=\"from_member\",swarm=\"default\"} 1.0",
                        "rollcall_findings{code=\"lagging\",swarm=\"default\"} 0.0",
                        "rollcall_database_up{swarm=\"default\"} 1.0",
                        "rollcall_watch_up{swarm=\"default\"} 0.0",
                        "rollcall_watch_leading{swarm=\"default\"} 0.0");
        assertThat(result.out())
                .doesNotContain("ON WATCH")
                .doesNotContain("evil")
                .doesNotContain("write_to_roll");
    }

    @Test
    void theLagIsTheGreatestOfAll() throws IOException {
        FileTime recorded = Files.getLastModifiedTime(shell.file("Agent-1"));
        shell.write("Agent-1", "{\"agent_id\":\"Agent-1\",\"status\":\"ACTIVE\",\"cycle_count\":8}");
        Files.setLastModifiedTime(
                shell.file("Agent-1"), FileTime.from(recorded.toInstant().plusSeconds(40)));

        assertThat(shell.run("metrics", "--swarm", "default").out().lines())
                .contains(
                        "rollcall_lagging_agents{swarm=\"default\"} 1.0",
                        "rollcall_lag_max_seconds{swarm=\"default\"} 40.0",
                        "rollcall_lag_max_cycles{swarm=\"default\"} 5.0",
                        "rollcall_lag_unknown_agents{swarm=\"default\"} 1.0",
                        "rollcall_findings{code=\"lagging\",swarm=\"default\"} 1.0");
    }

    @Test
    void aCodeThatSomebodyWroteIntoTheDatabaseIsNoLabel() throws IOException {
        HandEdit.apply(
                shell.database().toString(),
                "UPDATE agent_workspaces SET findings ="
                        + " '[{\"code\":\"evil\\\"} 1\",\"member\":\"\",\"message\":\"\"},"
                        + "{\"code\":\"from_hell\",\"member\":\"\",\"message\":\"\"}]' WHERE agent_id = 'Agent-1'");

        Result result = shell.run("metrics");

        assertThat(result.out().lines()).allMatch(LINE.asMatchPredicate());
        assertThat(result.out())
                .contains("rollcall_findings{code=\"other\",swarm=\"default\"} 1.0\n")
                .contains("rollcall_findings{code=\"from_member\",swarm=\"default\"} 2.0\n")
                .doesNotContain("evil")
                .doesNotContain("hell");
    }

    @Test
    void everyPublishedCodeIsCountedByItsName() throws IOException {
        String out = shell.run("metrics").out();
        Matcher codes = Pattern.compile("^\\| `([a-z_]+)` \\|", Pattern.MULTILINE)
                .matcher(findingTables(Files.readString(Path.of("..", "docs", "status-json.md"))));
        int published = 0;
        while (codes.find()) {
            published++;
            assertThat(out).contains("rollcall_findings{code=\"" + codes.group(1) + "\"");
        }
        assertThat(published).isGreaterThan(20);
    }

    @Test
    void aDatabaseThatCanNotBeReadIsANumberAndAnExitCode() throws IOException {
        Files.writeString(folder.resolve("no.db"), "this is no database, however long it is\n".repeat(200));

        Result result = shell.run("metrics", "--db", folder.resolve("no.db").toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).startsWith("error: ");
        assertThat(result.out().lines()).allMatch(LINE.asMatchPredicate());
        assertThat(result.out())
                .contains("rollcall_database_up{swarm=\"default\"} 0.0\n")
                .contains("rollcall_watch_up{swarm=\"default\"} 0.0\n")
                .doesNotContain("rollcall_agents");
    }

    @Test
    void agentsThatNobodyRecordedAreCounted() {
        shell.write("Agent-6", "{\"status\":\"ACTIVE\"}");

        assertThat(shell.run("metrics").out().lines())
                .contains(
                        "rollcall_unrecorded_agents{swarm=\"default\"} 1.0", "rollcall_root_up{swarm=\"default\"} 1.0");
    }

    @Test
    void withoutADatabaseNothingIsUpAndEverybodyIsUnrecorded() {
        Result result = shell.run("metrics", "--db", folder.resolve("none.db").toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("rollcall_database_up{swarm=\"default\"} 0.0\n")
                .contains("rollcall_unrecorded_agents{swarm=\"default\"} 5.0\n")
                .doesNotContain("rollcall_agents");
        assertThat(folder.resolve("none.db")).doesNotExist();
    }

    @Test
    void withoutARootItIsDown() throws IOException {
        Files.move(shell.root, folder.resolve("elsewhere"));

        assertThat(shell.run("metrics").out())
                .contains("rollcall_root_up{swarm=\"default\"} 0.0\n")
                .contains("rollcall_database_up{swarm=\"default\"} 1.0\n")
                .doesNotContain("rollcall_unrecorded_agents");
    }

    @Test
    void asJsonADatabaseThatCanNotBeReadIsAnErrorBesideTheText() throws IOException {
        Files.writeString(folder.resolve("no.db"), "this is no database, however long it is\n".repeat(200));

        Result result =
                shell.run("metrics", "--json", "--db", folder.resolve("no.db").toString());

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.out())
                .contains("rollcall_database_up{swarm=")
                .contains("\"error\":{\"code\":\"database_unavailable\",\"message\":\"")
                .contains("\"hint\":\"");
        assertThat(shell.run("metrics", "--json").out()).doesNotContain("\"error\":");
    }

    @Test
    void asJsonTheTextIsAMember() {
        assertThat(shell.run("metrics", "--json").out())
                .startsWith("{\"schema\":1,\"format\":\"prometheus-text-0.0.4\",\"text\":\"# HELP rollcall_agents ");
    }

    private static String findingTables(String page) {
        int start = page.indexOf("## Findings");
        return page.substring(start, page.indexOf("## Times", start));
    }
}
