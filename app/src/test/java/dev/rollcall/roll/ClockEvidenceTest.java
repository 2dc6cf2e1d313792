package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.JsonLists;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClockEvidenceTest {
    private static final Instant NOON = Instant.parse("2031-05-06T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final List<Revision> versions = new ArrayList<>();
    private final Map<StatusField, String> row = new EnumMap<>(StatusField.class);

    @Test
    void aClaimThatStaysOverThreeChangesWrittenMoreThanAMinuteApartIsAFinding() {
        series(NOON, 20);
        assertThat(codes()).isEmpty();
        versions.clear();
        series(NOON, 21);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("time_unchanged");
            assertThat(finding.member()).isEqualTo("last_updated");
            assertThat(finding.message()).contains("stayed at 2031-05-06T12:00:00Z over the latest 3 changes");
        });
    }

    @Test
    void threeVersionsAreTooFewForAClaimToStandStill() {
        series(NOON, 60);
        versions.removeFirst();
        assertThat(codes()).isEmpty();
    }

    @Test
    void anAgentThatTellsOnlyTheDayMayWriteAllDay() {
        row.put(StatusField.LAST_UPDATED_RAW, "2031-05-06");
        series(Instant.parse("2031-05-06T00:00:00Z"), 28_800);
        assertThat(codes()).doesNotContain("time_unchanged");
        versions.clear();
        series(Instant.parse("2031-05-06T00:00:00Z"), 28_801);
        assertThat(codes()).contains("time_unchanged");
    }

    @Test
    void withoutFileTimesNothingStandsStill() {
        for (int i = 0; i < 4; i++) {
            version(NOON, null, NOON.plusSeconds(100L * i));
        }
        assertThat(codes()).isEmpty();
    }

    @Test
    void aClaimOfMoreThanFiveMinutesAfterItWasSeenIsAFinding() {
        Duration five = Duration.ofMinutes(5);
        version(NOON.plus(five), NOON, NOON);
        assertThat(codes()).isEmpty();
        version(NOON.plus(five).plusSeconds(1), NOON, NOON);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("time_after_seen");
            assertThat(finding.message()).contains("2031-05-06T12:05:01Z", "2031-05-06T12:00:00Z", "5 minutes");
        });
    }

    @Test
    void whatTheDocumentsOwnFindingSaysIsNotSaidTwice() {
        row.put(
                StatusField.FINDINGS,
                JsonLists.ofFindings(List.of(new Finding("time_in_future", "last_updated", "later than the file"))));
        version(NOON.plus(Duration.ofMinutes(20)), NOON, NOON);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aFileTimeOfMoreThanAnHourAfterItWasSeenIsAFindingThatNamesAllThree() {
        version(NOON.minusSeconds(1), NOON.plus(HOUR), NOON);
        assertThat(codes()).isEmpty();
        version(NOON.minusSeconds(1), NOON.plus(HOUR).plusSeconds(1), NOON.plusNanos(1000));
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("clocks_apart");
            assertThat(finding.message())
                    .contains(
                            "claimed 2031-05-06T11:59:59Z",
                            "file time 2031-05-06T13:00:01Z",
                            "seen 2031-05-06T12:00:00.000001Z",
                            "before at 2031-05-06T12:00:00Z");
        });
    }

    @Test
    void aTimeOfMoreThanAnHourBeforeTheVersionBeforeWasSeenIsAFinding() {
        version(NOON, NOON, NOON);
        version(NOON.minus(HOUR), NOON.minus(HOUR), NOON.plus(HOUR));
        assertThat(codes()).isEmpty();
        versions.removeLast();
        version(NOON.minus(HOUR).minusSeconds(1), NOON, NOON.plus(HOUR));
        assertThat(codes()).containsExactly("clocks_apart");
        versions.removeLast();
        version(NOON, NOON.minus(HOUR).minusSeconds(1), NOON.plus(HOUR));
        assertThat(codes()).containsExactly("clocks_apart");
    }

    @Test
    void whoTellsOnlyTheDayMayBeADayEarlier() {
        row.put(StatusField.LAST_UPDATED_RAW, "2031-05-06");
        version(NOON, NOON, NOON);
        version(NOON.minus(Duration.ofHours(25)), NOON, NOON);
        assertThat(codes()).isEmpty();
        version(NOON.minus(Duration.ofHours(25)).minusSeconds(1), NOON, NOON);
        assertThat(codes()).containsExactly("clocks_apart");
    }

    @Test
    void aVersionThatIsSeenLongAfterItWasWrittenIsNone() {
        version(NOON.minus(Duration.ofDays(400)), NOON.minus(Duration.ofDays(30)), NOON);
        assertThat(codes()).isEmpty();
        version(NOON.plus(HOUR), NOON.plus(HOUR.multipliedBy(5)), NOON.plus(Duration.ofDays(9)));
        assertThat(codes()).isEmpty();
    }

    private void series(Instant claim, int secondsApart) {
        for (int i = 0; i < 4; i++) {
            Instant written = NOON.plusSeconds((long) secondsApart * i);
            version(claim, written, written);
        }
    }

    private void version(Instant claim, @Nullable Instant file, Instant seen) {
        row.put(StatusField.LAST_UPDATED, claim.toString());
        int number = versions.size() + 1;
        versions.add(new Revision(number, seen, file, StatusColumns.of(row), "sync", "sha-" + number, null, null));
    }

    private List<Finding> findings() {
        RollEntry entry = new RollEntry(
                new AgentId("Agent-7"), StatusColumns.of(row), versions.size(), Presence.PRESENT, NOON, null);
        return new ClockEvidence(entry, versions).findings();
    }

    private List<String> codes() {
        return findings().stream().map(Finding::code).toList();
    }
}
