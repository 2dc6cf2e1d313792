package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.report.Figure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code report} as a user sees it. */
class ReportCommandTest {
    @TempDir
    Path folder;

    private Shell shell;

    @BeforeEach
    void fill() {
        shell = new Shell(folder);
        shell.write("Agent-1", "{\"status\":\"ACTIVE\",\"points_earned\":10,\"completed_tasks\":[\"a\"]}");
        shell.write("Agent-2", "{\"status\":\"BLOCKED\",\"blockers\":[\"Agent-1 \\u001b[31mhas\\u202e the key\"]}");
        shell.run("sync", "--all");
        shell.write("Agent-1", "{\"status\":\"IDLE\",\"points_earned\":60,\"completed_tasks\":[\"a\",\"b\"]}");
        shell.run("sync", "--all");
    }

    @ParameterizedTest
    @EnumSource(ReportCommand.Format.class)
    void eachFormatTellsWhatWasGainedAndWhoIsBlocked(ReportCommand.Format format) {
        Result result = shell.run("report", "--format", format.name());

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("Agent-1", "Agent-2", "50").doesNotContain("\u001b", "\u202e");
    }

    @Test
    void theTextFitsATerminalAndTellsWhoNeedsAttentionFirst() {
        String text = shell.run("report").out();

        assertThat(text.lines())
                .allSatisfy(line -> assertThat(TerminalText.width(line)).isLessThanOrEqualTo(80));
        assertThat(text.indexOf("Needs attention (1)")).isPositive().isLessThan(text.indexOf("Leaderboard"));
        assertThat(text).contains("Agent-2 \u2192 Agent-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "markdown", "html"})
    void whatPointsAreIsSaidWhereTheyAreShown(String format) {
        assertThat(shell.run("report", "--format", format).out().replaceAll("\\s+", " "))
                .contains("Points are what was gained from version to version: those of an agent's first version"
                        + " are not among them.");
    }

    @Test
    void jsonIsOneObjectOfTheSchema() {
        assertThat(shell.run("report", "--json").out())
                .startsWith("{\"schema\":1,\"swarm\":\"default\",\"agent_id\":null,\"from\":")
                .contains(
                        "\"points\":50",
                        "\"tasks_completed\":1",
                        "\"waits\":[{\"waiting\":\"Agent-2\",\"awaited\":\"Agent-1\"");
        assertThat(shell.run("report", "--format", "json").out()).startsWith("{\"schema\":1,");
    }

    @Test
    void aReportCanBeWrittenToAFileAndBeOfOneAgent() throws IOException {
        Path file = folder.resolve("report.html");
        Result result = shell.run("report", "--agent", "Agent-1", "--format", "html", "--output", file.toString());

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEmpty();
        assertThat(Files.readString(file)).startsWith("<!doctype html>").contains("<h1>Agent-1</h1>");
    }

    @Test
    void theLastReportIsRememberedUnlessItWasOfOneAgentOrOfAnEarlierTime() {
        assertThat(shell.run("report", "--since", "last").exitCode()).isEqualTo(2);
        shell.run("report", "--agent", "Agent-1");
        shell.run("report", "--until", "now");
        assertThat(shell.run("report", "--since", "last").err()).contains("no last report");

        shell.run("report");
        shell.write("Agent-1", "{\"status\":\"ERROR\",\"points_earned\":60}");
        shell.run("sync", "--all");
        Result since = shell.run("report", "--since", "last");

        assertThat(since.exitCode()).isZero();
        assertThat(since.out()).contains("IDLE \u2192 ERROR").doesNotContain("+50 points");
        assertThat(shell.run("report", "--since", "last").out()).doesNotContain("IDLE \u2192 ERROR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--since soon", "--until 2025-13-01", "--since now --until yesterday", "--format pdf"})
    void wrongUsageEndsWithTwoAndOneSentence(String options) {
        Result result = shell.run(("report " + options).split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("error: ").contains("hint: ");
        assertThat(result.err().lines()).hasSize(2);
    }

    @Test
    void whoIsStaleInTheListNeedsAttentionInTheReport() {
        shell.write("Agent-3", "{\"status\":\"ACTIVE\",\"last_updated\":\"2024-10-15T12:00:00Z\"}");
        shell.run("sync", "--all");
        assertThat(shell.run("list", "--freshness", "STALE", "--json").out())
                .contains("\"agent_id\":\"Agent-3\"")
                .doesNotContain("Agent-1");

        assertThat(shell.run("report").out()).contains("Needs attention (2)", "Agent-3             STALE");
        assertThat(shell.run("report", "--json").out())
                .contains(
                        "\"agent_id\":\"Agent-3\",\"attention\":\"stale\"",
                        "\"agent_id\":\"Agent-1\",\"attention\":\"none\"");

        // Nothing has changed but who looks: the file is ahead, and the report says so as top does.
        shell.write("Agent-1", "{\"status\":\"IDLE\",\"cycle_count\":1}");
        shell.run("sync", "--all");
        shell.write("Agent-1", "{\"status\":\"IDLE\",\"cycle_count\":9}");
        assertThat(shell.run("report").out()).contains("Agent-1             LAGGING");
    }

    @Test
    void aYoungRollIsReportedFromItsFirstVersion() {
        String first = Stream.of("Agent-1", "Agent-2")
                .map(agent -> shell.run("history", agent, "--json").out())
                .map(history -> history.replaceAll("(?s).*?\"observed_at\":\"([^\"]*)\".*", "$1"))
                .min(Comparator.comparing(Instant::parse))
                .orElseThrow();
        assertThat(shell.run("report", "--json").out())
                .contains("\"from\":\"" + first + "\"", "\"recorded\":", "\"points_trend\":null");

        String week = shell.run("report", "--since", "7d").out();
        assertThat(week).contains("of the recorded time at work (<1% of the window)", "trend: none");
    }

    @Test
    void aWindowIsNamedByRevisionsAsOtherLooksBackAre() {
        assertThat(shell.run("report", "--since", "r1", "--until", "r3", "--json")
                        .out())
                .contains("\"points\":50", "\"condition\":\"idle\"");
        assertThat(shell.run("report", "--agent", "Agent-1", "--since", "r1", "--until", "r1", "--json")
                        .out())
                .contains("\"points\":0", "\"condition\":\"active\"");
        assertThat(shell.run("report", "--since", "r99").exitCode()).isEqualTo(1);
        assertThat(shell.run("report", "--until", "2999-01-01").exitCode()).isZero();
        assertThat(shell.run("report", "--help").out()).contains("T is 2025-10-15");
    }

    @Test
    void aFileThatCanNotBeWrittenEndsWithFourAndSaysWhyInWords() {
        Result missing = shell.run("report", "--output", "/nowhere/at/all/x.html");
        assertThat(missing.exitCode()).isEqualTo(4);
        assertThat(missing.err())
                .contains("the folder /nowhere/at/all does not exist")
                .doesNotContain("Exception");
        assertThat(missing.err().lines()).hasSize(2);

        Result taken = shell.run("report", "--output", folder.toString());
        assertThat(taken.exitCode()).isEqualTo(4);
        assertThat(taken.err()).contains("is a folder");
    }

    @Test
    void anUnknownAgentEndsWithOneAndAnEmptyRollIsReportedAsOne() {
        assertThat(shell.run("report", "--agent", "Agent-9").exitCode()).isEqualTo(1);

        Shell empty = new Shell(folder.resolve("empty"));
        Result result = empty.run("report");
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("0 agents", "nobody");
        assertThat(empty.folder.resolve(".rollcall")).doesNotExist();
    }

    @Test
    void everyFigureIsDefinedOnThePage() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "analytics.md"));
        for (Figure figure : Figure.values()) {
            assertThat(page).contains("## " + figure.label());
            assertThat(page.substring(page.indexOf("## " + figure.label())).toLowerCase(Locale.ROOT))
                    .contains("**unit:** " + figure.unit());
        }
    }
}
