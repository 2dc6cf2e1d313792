package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.report.RecordedLives;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code history}, {@code diff} and {@code blame} tell of versions that {@code prune} has taken away. */
class PrunedStretchesTest extends LookingBackSetup {
    private static final String FIRST =
            "{\"from\":\"2025-10-15T12:10:00Z\",\"until\":\"2025-10-15T12:30:00Z\",\"versions\":2}";
    private static final String SECOND =
            "{\"from\":\"2025-10-16T12:00:00Z\",\"until\":\"2025-10-16T12:10:00Z\",\"versions\":1}";
    private static final int DAY = 24 * 60;

    /** Of six versions on two days 2, 3 and 5 are gone. */
    @BeforeEach
    void prune() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(0), "{\"status\":\"ACTIVE\",\"x\":1}");
            lives.version("Agent-7", minute(10), "{\"status\":\"BLOCKED\",\"x\":2}");
            lives.version("Agent-7", minute(20), "{\"status\":\"BLOCKED\",\"x\":3}");
            lives.version("Agent-7", minute(30), "{\"status\":\"BLOCKED\",\"x\":4}");
            lives.version("Agent-7", minute(DAY), "{\"status\":\"IDLE\",\"x\":4}");
            lives.version("Agent-7", minute(DAY + 10), "{\"status\":\"IDLE\",\"x\":5}");
            lives.version("Agent-8", minute(0), "{\"status\":\"ACTIVE\"}");
            lives.version("Agent-8", minute(10), "{\"status\":\"IDLE\"}");
        }
        assertThat(shell.run("prune", "--keep", "0s").out()).startsWith("deleted: 3 versions");
    }

    @Test
    void historyHasALineWhereVersionsAreMissing() {
        assertThat(shell.run("history", "Agent-7").out()).isEqualTo("""
                REVISION  OBSERVED              STATE    CYCLE  POINTS  ORIGIN  MISSION
                       1  2025-10-15T12:00:00Z  ACTIVE       -       -  sync    -
                       -  2025-10-15T12:10:00Z  PRUNED       -       -  -       2 versions
                       4  2025-10-15T12:30:00Z  BLOCKED      -       -  sync    -
                       -  2025-10-16T12:00:00Z  PRUNED       -       -  -       1 version
                       6  2025-10-16T12:10:00Z  IDLE         -       -  sync    -
                """);
        assertThat(shell.run("history", "Agent-7", "--field", "status").out()).isEqualTo("""
                REVISION  OBSERVED              ORIGIN  VALUE
                       1  2025-10-15T12:00:00Z  sync    "ACTIVE"
                       -  2025-10-15T12:10:00Z  -       2 versions were pruned
                       4  2025-10-15T12:30:00Z  sync    "BLOCKED"
                       -  2025-10-16T12:00:00Z  -       1 version was pruned
                       6  2025-10-16T12:10:00Z  sync    "IDLE"
                """);
        assertThat(shell.run("history", "Agent-8").out()).doesNotContain("PRUNED");
    }

    @ParameterizedTest
    @CsvSource({
        "--limit=3, both",
        "--limit=2, second",
        "--limit=1, none",
        "--limit=0, none",
        "--since=2025-10-15T12:29:59Z, both",
        "--since=2025-10-15T12:30:00Z, second",
        "--since=r6, none",
        "--until=2025-10-15T12:09:59Z, none",
        "--until=2025-10-15T12:10:00Z, first",
        "--until=r4, first",
        "--until=r6, both"
    })
    void historyOfAStretchTellsWhatIsMissingInIt(String option, String which) {
        String wanted = switch (which) {
            case "both" -> "[" + FIRST + "," + SECOND + "]";
            case "first" -> "[" + FIRST + "]";
            case "second" -> "[" + SECOND + "]";
            default -> "[]";
        };
        assertThat(json("pruned", "history", "Agent-7", option, "--json")).isEqualTo(wanted);
        assertThat(json("pruned", "history", "Agent-7", "--field", "status", option, "--json"))
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({
        "--from=r1 --to=r4, first",
        "--from=r4 --to=r1, first",
        "--from=r4 --to=r6, second",
        "--from=r1 --to=2025-10-15T12:15:00Z, first",
        "--from=2025-10-16T12:05:00Z --to=r6, second",
        "--from=r1 --to=r1, none",
        "--from=r4 --to=2025-10-16T11:59:59Z, none",
        "--to=r6, second",
        "--from=r1, both"
    })
    void diffTellsWhatIsMissingBetweenItsVersions(String options, String which) {
        String[] command = ("diff Agent-7 --json " + options).split(" ");

        assertThat(json("pruned", command))
                .isEqualTo(
                        switch (which) {
                            case "both" -> "[" + FIRST + "," + SECOND + "]";
                            case "first" -> "[" + FIRST + "]";
                            case "second" -> "[" + SECOND + "]";
                            default -> "[]";
                        });
    }

    @Test
    void diffSaysThatVersionsInBetweenWerePruned() {
        assertThat(shell.run("diff", "Agent-7", "--from", "r1").out())
                .endsWith("! 3 versions in between were pruned: rollcall history tells when\n");
        assertThat(shell.run("diff", "Agent-7").out())
                .endsWith("! 1 version in between was pruned: rollcall history tells when\n");
        assertThat(shell.run("diff", "Agent-8").out()).doesNotContain("pruned");
    }

    @Test
    void blameSaysThatAPrunedVersionMayHaveSetAValue() {
        assertThat(shell.run("blame", "Agent-7", "status").out())
                .endsWith(
                        "! 3 versions of that time were pruned, and may have said it first: rollcall history tells when\n");
        assertThat(json("pruned", "blame", "Agent-7", "status", "--json")).isEqualTo("[" + FIRST + "," + SECOND + "]");
        assertThat(json("pruned", "blame", "Agent-7", "status", "-n", "0", "--json"))
                .isEqualTo("[" + SECOND + "]");
        assertThat(json("pruned", "blame", "Agent-8", "status", "--json")).isEqualTo("[]");
        assertThat(shell.run("blame", "Agent-8", "status").out()).doesNotContain("pruned");
    }
}
