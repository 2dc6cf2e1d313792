package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "ROLLCALL_REAL_STATUS",
        matches = ".+",
        disabledReason = "needs the folder of real status files")
class RealStatusReadingTest {
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    @Test
    void everyRealTimeIsReadExceptThoseThatNameNone() {
        List<String> unreadable = new ArrayList<>();
        int readable = 0;
        for (StatusColumns columns : all()) {
            if (columns.lastUpdated().isPresent()) {
                readable++;
            } else {
                columns.text(StatusField.LAST_UPDATED_RAW).ifPresent(unreadable::add);
            }
        }
        assertThat(readable).isGreaterThan(450);
        assertThat(unreadable)
                .allSatisfy(raw -> assertThat(raw).containsPattern("Current Session|:73:"))
                .hasSizeLessThan(10);
    }

    @Test
    void everyRealDocumentGivesColumnsThatReadBackTheSame() {
        assertThat(all()).hasSizeGreaterThan(450).allSatisfy(columns -> {
            assertThat(columns.findings()).hasSizeLessThanOrEqualTo(Findings.MAX_FINDINGS);
            assertThat(columns.cycleCount().map(String::valueOf)).isEqualTo(columns.text(StatusField.CYCLE_COUNT));
            assertThat(columns.pointsEarned().map(points -> points.toPlainString()))
                    .isEqualTo(columns.text(StatusField.POINTS_EARNED));
            assertThat(columns.lastUpdated().map(Instant::toString)).isEqualTo(columns.text(StatusField.LAST_UPDATED));
        });
    }

    private static List<StatusColumns> all() {
        List<StatusColumns> all = new ArrayList<>();
        for (String folder : List.of("history", "tricky", "agent_workspaces")) {
            for (Path file : Fixtures.real(folder, ".json")) {
                if (StatusParser.parse(Fixtures.read(file)) instanceof ParseResult.Parsed(StatusDocument document)) {
                    all.add(StatusView.columns(
                            document, new AgentId("Agent-1"), RULES, Instant.parse("2026-01-01T00:00:00Z")));
                }
            }
        }
        return all;
    }
}
