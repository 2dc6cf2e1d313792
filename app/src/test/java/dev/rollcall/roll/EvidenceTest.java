package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.State;
import dev.rollcall.document.StateVocabulary;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Instant NOON = Instant.parse("2031-05-06T12:00:00Z");

    private final List<Revision> versions = new ArrayList<>();
    private final Map<StatusField, String> row = new EnumMap<>(StatusField.class);
    private String origin = "sync";
    private @Nullable Long bytes = 1000L;
    private @Nullable Overwrite overwrite;
    private @Nullable Instant rejectedSince;

    @Test
    void anAgentOfWhichNothingIsKnownHasNoFinding() {
        assertThat(codes()).isEmpty();
        for (int i = 0; i < 5; i++) {
            versions.add(new Revision(i, NOON.plusSeconds(i), null, StatusColumns.NONE, "", "same", null, null));
        }
        assertThat(codes()).isEmpty();
    }

    @Test
    void aCycleCountThatStaysOverThreeChangesIsAFinding() {
        cycles(41, 41, 41);
        assertThat(codes()).isEmpty();
        cycles(41);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("cycle_count_unchanged");
            assertThat(finding.member()).isEqualTo("cycle_count");
            assertThat(finding.message()).contains("stayed at 41 over the latest 3 changes");
        });
    }

    @Test
    void aCycleCountThatMovedOrIsNotToldIsNone() {
        cycles(41, 41, 41, 42);
        assertThat(codes()).isEmpty();
        cycles(41, 41, 41);
        assertThat(codes()).isEmpty();
        versions.clear();
        for (int i = 0; i < 5; i++) {
            version(NOON, Map.of(StatusField.STATUS, "ACTIVE"));
        }
        assertThat(codes()).isEmpty();
    }

    @Test
    void theVerbsOfOneCycleAreNoFinding() {
        origin = "lifecycle";
        cycles(41);
        origin = "sync";
        cycles(41, 41, 41);
        assertThat(codes()).isEmpty();
        cycles(41);
        versions.removeFirst();
        assertThat(codes()).containsExactly("cycle_count_unchanged");
    }

    @Test
    void whoIsActiveWithBlockersContradictsItself() {
        row.put(StatusField.STATE, "ACTIVE");
        row.put(StatusField.BLOCKERS, "[]");
        assertThat(codes()).isEmpty();
        row.put(StatusField.BLOCKERS, "[\"no oil\",\"no lamp\"]");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("active_with_blockers");
            assertThat(finding.message()).contains("2 blockers");
        });
        row.put(StatusField.STATE, "BLOCKED");
        assertThat(codes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVE, blocked, true",
        "ACTIVE, complete, true",
        "ACTIVE, end, true",
        "ACTIVE, ERROR, true",
        "ACTIVE, offline, true",
        "BLOCKED, active, true",
        "COMPLETE, active, true",
        "ERROR, active, true",
        "OFFLINE, active, true",
        "BLOCKED, complete, true",
        "COMPLETE, blocked, true",
        "ACTIVE, active, false",
        "ACTIVE, process, false",
        "ACTIVE, start, false",
        "ACTIVE, frobnicating_zone, false",
        "UNKNOWN, active, false",
        "WAITING, blocked, false",
        "IDLE, complete, false",
        "ERROR, blocked, false",
        "COMPLETE, complete, false"
    })
    void aStatusContradictsAnFsmStateThatItCanNotGoWith(State state, String fsmState, boolean isFinding) {
        row.put(StatusField.STATE, state.name());
        assertThat(codes()).isEmpty();
        row.put(StatusField.FSM_STATE, fsmState);
        assertThat(codes()).isEqualTo(isFinding ? List.of("status_contradicts_fsm") : List.of());
    }

    @Test
    void ownWordsForStatesCountForTheFsmStateAsWell() {
        row.put(StatusField.STATE, "ACTIVE");
        row.put(StatusField.FSM_STATE, "ashore\u001b[31m");
        StateVocabulary own = StateVocabulary.with(Map.of("ashore\u001b[31m", State.OFFLINE));

        assertThat(Evidence.of(entry(), versions, own, NOON))
                .singleElement()
                .satisfies(finding ->
                        assertThat(finding.message()).contains("ashore").doesNotContain("\u001b"));
    }

    @Test
    void pointsThatFellWithinTheLatestVersionsAreAFindingUntilTheyAreRegained() {
        points("100", "350.5", "20");
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("points_fell");
            assertThat(finding.message()).contains("from 350.5 to 20");
        });
        points("350.50");
        assertThat(codes()).isEmpty();
        points("400");
        assertThat(codes()).isEmpty();
        row.remove(StatusField.POINTS_EARNED);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aDocumentOfATenthOfTheSizeIsAStub() {
        sizes(1000L, 101L);
        assertThat(codes()).isEmpty();
        sizes(1000L, 100L);
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("document_shrunk");
            assertThat(finding.message()).contains("from 1000 to 100 bytes");
        });
        sizes(120L);
        assertThat(codes()).isEmpty();
        sizes(null, 2L);
        assertThat(codes()).isEmpty();
        sizes(1000L, null);
        assertThat(codes()).isEmpty();
    }

    @Test
    void aRejectedFileIsAFindingSinceItIsOne() {
        rejectedSince = NOON.minus(Duration.ofHours(3));
        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("rejected_since");
            assertThat(finding.message())
                    .contains("2031-05-06T09:00:00Z", "3 hours")
                    .doesNotContain("last good");
        });
        version(NOON, Map.of());
        assertThat(findings().getFirst().message()).contains("last good version");
    }

    @Test
    void handEditedNonsenseIsNoFindingAndNoException() {
        row.put(StatusField.STATE, "BUSY");
        row.put(StatusField.BLOCKERS, "{");
        row.put(StatusField.FINDINGS, "[1]");
        row.put(StatusField.POINTS_EARNED, "many");
        row.put(StatusField.CYCLE_COUNT, "many");
        row.put(StatusField.LAST_UPDATED, "now");
        for (int i = 0; i < 3; i++) {
            versions.add(new Revision(
                    i,
                    Instant.MAX,
                    Instant.MIN,
                    StatusColumns.of(row),
                    "?",
                    "?",
                    i == 1 ? Long.MAX_VALUE : -1L,
                    new Overwrite(Long.MAX_VALUE, Long.MAX_VALUE)));
        }
        assertThat(codes()).doesNotContain("points_fell", "cycle_count_unchanged", "time_after_seen");
    }

    @Test
    void aVersionThatBeginsLikeTheNextAndEndsLikeTheOneBeforeMayBeAMixture() {
        bytes = 100L;
        version(NOON, Map.of());
        overwrite = new Overwrite(3, 60);
        version(NOON, Map.of());
        overwrite = new Overwrite(40, 60);
        version(NOON.plusSeconds(60), Map.of());

        assertThat(findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo("in_place_writer");
            assertThat(finding.message()).contains("revision 2 may hold a mixture", "rename");
        });
        overwrite = null;
        version(NOON.plusSeconds(61), Map.of());
        assertThat(codes()).containsExactly("in_place_writer");
    }

    @ParameterizedTest
    @CsvSource({
        "60, 39, 60, the middle came from neither",
        "60, 40, 61, more than a pause lay between",
        "60, 100, 60, the next one only adds to its end",
        "100, 40, 60, it says what the one before says",
    })
    void aVersionThatIsNoMixtureIsNone(long tail, long head, long seconds, String why) {
        bytes = 100L;
        version(NOON, Map.of());
        overwrite = new Overwrite(3, tail);
        version(NOON, Map.of());
        overwrite = new Overwrite(head, 0);
        version(NOON.plusSeconds(seconds), Map.of());

        assertThat(codes()).as(why).isEmpty();
    }

    @Test
    void whoReplacesItsFileIsNoInPlaceWriter() {
        for (int i = 0; i < 4; i++) {
            version(NOON.plusSeconds(i), Map.of());
        }
        assertThat(codes()).isEmpty();
        overwrite = new Overwrite(1000, 1000);
        version(NOON.plusSeconds(4), Map.of());
        overwrite = null;
        version(NOON.plusSeconds(5), Map.of());
        assertThat(codes()).isEmpty();
    }

    private void cycles(int... counts) {
        for (int count : counts) {
            version(NOON, Map.of(StatusField.CYCLE_COUNT, Integer.toString(count)));
        }
    }

    private void points(String... points) {
        for (String point : points) {
            version(NOON, Map.of(StatusField.POINTS_EARNED, point));
        }
    }

    private void sizes(@Nullable Long... sizes) {
        for (Long size : sizes) {
            bytes = size;
            version(NOON, Map.of());
        }
    }

    /** One more version, which the row shows then. */
    private void version(Instant at, Map<StatusField, String> columns) {
        row.putAll(columns);
        int number = versions.size() + 1;
        versions.add(
                new Revision(number, at, at, StatusColumns.of(columns), origin, "sha-" + number, bytes, overwrite));
    }

    private RollEntry entry() {
        return new RollEntry(AGENT, StatusColumns.of(row), versions.size(), Presence.PRESENT, NOON, rejectedSince);
    }

    private List<Finding> findings() {
        return Evidence.of(entry(), versions, StateVocabulary.standard(), NOON);
    }

    private List<String> codes() {
        return findings().stream().map(Finding::code).toList();
    }
}
