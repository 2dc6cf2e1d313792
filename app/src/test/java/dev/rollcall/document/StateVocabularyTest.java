package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateVocabularyTest {

    private static final String STATUSES = """
                    ACTIVE   | ACTIVE
                    ACTIVE   | active
                    ACTIVE   | 🟢 ACTIVE
                    ACTIVE   | **Active**
                    ACTIVE   | [ACTIVE] polishing the docs
                    ACTIVE   | Active: doing the rounds
                    ACTIVE   | ACTIVE - contract COMPLETE
                    ACTIVE   | ACTIVE, contract complete
                    ACTIVE   | Status: active
                    ACTIVE   | NIGHT_SHIFT_BAKING_ACTIVE
                    ACTIVE   | STANDBY_CREW_RELIEF_ACTIVE
                    ACTIVE   | OPERATIONAL
                    ACTIVE   | All systems operational
                    ACTIVE   | in progress
                    ACTIVE   | in-progress
                    ACTIVE   | inProgress
                    ACTIVE   | IN_PROGRESS
                    ACTIVE   | working
                    ACTIVE   | Working on failed tests
                    ACTIVE   | Fixing error in the parser
                    ACTIVE   | fixing a build error
                    ACTIVE   | busy
                    ACTIVE   | up and running
                    ACTIVE   | running
                    ACTIVE   | Thinking...
                    ACTIVE   | coding
                    ACTIVE   | refactoring the oven
                    ACTIVE   | Implementing login flow
                    ACTIVE   | ERROR_HANDLING_IMPLEMENTATION
                    ACTIVE   | ERROR_RECOVERY_ACTIVE
                    ACTIVE   | COMPLETING
                    ACTIVE   | 75% complete
                    ACTIVE   | almost done
                    ACTIVE   | Phase 3 complete, working on phase 4
                    ACTIVE   | idle → active
                    ACTIVE   | OVEN_CLEANED_COMPLETED + BREAD_SALE_ACTIVE + FLOUR_ORDERED
                    ACTIVE   | ACTIVE_NO_IDLENESS
                    IDLE     | idle
                    IDLE     | Idle - nothing to do
                    IDLE     | READY
                    IDLE     | online
                    IDLE     | LIVE
                    IDLE     | healthy
                    IDLE     | available
                    IDLE     | connected
                    IDLE     | responsive
                    IDLE     | up
                    IDLE     | ok
                    IDLE     | standby
                    IDLE     | Standing by
                    IDLE     | AWAITING_ASSIGNMENT
                    IDLE     | waiting for new tasks
                    IDLE     | ONBOARDED
                    IDLE     | ONBOARDING_COMPLETE
                    IDLE     | inactive
                    IDLE     | not active
                    IDLE     | NOT_BUSY
                    IDLE     | no task assigned
                    IDLE     | ACTIVE_AVAILABLE
                    IDLE     | SHIFT_COMPLETE_STANDING_BY
                    WAITING  | WAITING
                    WAITING  | starting
                    WAITING  | Restarting
                    WAITING  | initializing...
                    WAITING  | booting
                    WAITING  | PAUSED
                    WAITING  | suspended
                    WAITING  | pending
                    WAITING  | queued
                    WAITING  | on hold
                    WAITING  | awaiting approval
                    WAITING  | AWAITING_USER_INPUT
                    WAITING  | input-required
                    WAITING  | in review
                    WAITING  | waiting for human
                    WAITING  | waiting for task approval
                    WAITING  | Waiting on CI
                    WAITING  | Restarting after failed deploy
                    WAITING  | ready for review
                    WAITING  | ONBOARDING_IN_PROGRESS
                    WAITING  | SHIFT_COMPLETE_AWAITING_CAPTAIN
                    BLOCKED  | BLOCKED
                    BLOCKED  | 🔴 blocked: no flour
                    BLOCKED  | stuck
                    BLOCKED  | Blocked by failed build
                    BLOCKED  | Working on X, blocked by Y
                    COMPLETE | complete
                    COMPLETE | ✅ complete
                    COMPLETE | Done!
                    COMPLETE | finished
                    COMPLETE | MISSION_ACCOMPLISHED
                    COMPLETE | succeeded
                    COMPLETE | ROUND_4_COMPLETED_ROUND_5_READY
                    COMPLETE | MISSION COMPLETE - 12 loaves out, ready to sell
                    COMPLETE | REFACTORING_COMPLETED
                    COMPLETE | testing complete
                    COMPLETE | done coding
                    COMPLETE | DONE -> COMPLETE
                    ERROR    | error
                    ERROR    | Error: connection refused
                    ERROR    | failed
                    ERROR    | FAILURE
                    ERROR    | crashed
                    ERROR    | Testing failed
                    ERROR    | PROCESSING_ERROR
                    ERROR    | timed out
                    ERROR    | EMERGENCY
                    ERROR    | UNRESPONSIVE
                    ERROR    | not responding
                    ERROR    | unhealthy
                    OFFLINE  | OFFLINE
                    OFFLINE  | stopped
                    OFFLINE  | Shutting down
                    OFFLINE  | shutdown
                    OFFLINE  | terminated
                    OFFLINE  | disconnected
                    OFFLINE  | dead
                    OFFLINE  | left
                    OFFLINE  | unavailable
                    OFFLINE  | stopped working
                    OFFLINE  | not running
                    UNKNOWN  | NO_IDLENESS
                    UNKNOWN  | not idle
                    UNKNOWN  | not complete
                    UNKNOWN  | incomplete
                    UNKNOWN  | no errors
                    UNKNOWN  | unknown
                    UNKNOWN  | AUTONOMOUS_BAKER
                    UNKNOWN  | RECIPES_UPDATED
                    UNKNOWN  | nothing
                    UNKNOWN  | good morning
                    UNKNOWN  | PROACTIVENESS
                    UNKNOWN  | 🟢
                    UNKNOWN  | 42
                    """;

    @ParameterizedTest(name = "{1} is {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = STATUSES)
    void aReportedStatusMeans(State state, String status) {
        assertThat(StateVocabulary.standard().stateOf(status)).isEqualTo(state);
    }

    @Test
    void nothingAndBlankAreUnknown() {
        assertThat(StateVocabulary.standard().stateOf(null)).isEqualTo(State.UNKNOWN);
        assertThat(StateVocabulary.standard().stateOf("")).isEqualTo(State.UNKNOWN);
        assertThat(StateVocabulary.standard().stateOf(" \t- : ")).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aUsersMappingOverrulesTheRulesForTheWholeTextOnly() {
        StateVocabulary own = StateVocabulary.with(Map.of(" Kneading Dough", State.ACTIVE, "READY", State.WAITING));
        assertThat(own.stateOf("kneading dough ")).isEqualTo(State.ACTIVE);
        assertThat(own.stateOf("Ready")).isEqualTo(State.WAITING);
        assertThat(own.stateOf("ready now")).isEqualTo(State.IDLE);
        assertThat(own.stateOf("Idle")).isEqualTo(State.IDLE);
    }

    @Test
    void theFingerprintTellsVocabulariesApartAndDoesNotDependOnOrder() {
        int one =
                StateVocabulary.with(Map.of("a", State.ACTIVE, "b", State.IDLE)).fingerprint();
        assertThat(StateVocabulary.with(Map.of("B", State.IDLE, "A", State.ACTIVE))
                        .fingerprint())
                .isEqualTo(one);
        assertThat(StateVocabulary.with(Map.of("a", State.ACTIVE, "b", State.ERROR))
                        .fingerprint())
                .isNotEqualTo(one);
        assertThat(StateVocabulary.standard().fingerprint()).isNotEqualTo(one);
    }

    @Test
    void aStatusAsLongAsAReportIsReadByItsBeginning() {
        assertThat(StateVocabulary.standard().stateOf("IDLE " + "word ".repeat(1_000_000)))
                .isEqualTo(State.IDLE);
    }

    @Test
    @EnabledIfEnvironmentVariable(
            named = "ROLLCALL_REAL_STATUS",
            matches = ".+",
            disabledReason = "needs the folder of real status files")
    void realStatusesMeanWhatACarefulReaderSays() throws IOException {
        Path file = Path.of(System.getenv("ROLLCALL_REAL_STATUS"), "status_vocabulary.tsv");
        List<String> wrong = new ArrayList<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t");
            State state = StateVocabulary.standard().stateOf(cells[0].equals("<missing>") ? null : cells[0]);
            if (!state.name().equals(cells[2])) {
                wrong.add(cells[0] + " is " + state + ", not " + cells[2]);
            }
        }
        assertThat(lines).hasSizeGreaterThan(100);
        assertThat(wrong).isEmpty();
    }
}
