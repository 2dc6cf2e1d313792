package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusViewTest {
    private static final AgentId BAKER = new AgentId("Baker-1");
    private static final Instant MODIFIED = Instant.parse("2031-05-06T07:08:09Z");
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    @Test
    void aDocumentThatSaysEverythingPlainlyHasNoFindings() {
        StatusColumns columns = read("""
                {"agent_id":"Baker-1","agent_name":"Master Baker","status":" ACTIVE ","last_updated":"2031-05-06T07:00:00Z",
                 "current_focus":"rye","cycle_count":41,"points_earned":350.50,"current_mission":"Bread for all",
                 "current_phase":"kneading","mission_priority":"HIGH","fsm_state":"active","blockers":["no flour"]}""");
        assertThat(columns)
                .isEqualTo(StatusColumns.of(Map.ofEntries(
                        Map.entry(StatusField.STATUS, " ACTIVE "),
                        Map.entry(StatusField.LAST_UPDATED, "2031-05-06T07:00:00Z"),
                        Map.entry(StatusField.LAST_UPDATED_RAW, "2031-05-06T07:00:00Z"),
                        Map.entry(StatusField.CURRENT_FOCUS, "rye"),
                        Map.entry(StatusField.CYCLE_COUNT, "41"),
                        Map.entry(StatusField.POINTS_EARNED, "350.5"),
                        Map.entry(StatusField.CURRENT_MISSION, "Bread for all"),
                        Map.entry(StatusField.STATE, "ACTIVE"),
                        Map.entry(StatusField.AGENT_NAME, "Master Baker"),
                        Map.entry(StatusField.CURRENT_PHASE, "kneading"),
                        Map.entry(StatusField.MISSION_PRIORITY, "HIGH"),
                        Map.entry(StatusField.FSM_STATE, "active"),
                        Map.entry(StatusField.BLOCKERS, "[\"no flour\"]"),
                        Map.entry(StatusField.FINDINGS, "[]"))));
    }

    @Test
    void anEmptyDocumentSaysNothingAndIsNamedForIt() {
        StatusColumns columns = read("{}");
        assertThat(codes(columns)).containsExactly("missing_agent_id", "missing_status", "time_missing");
        assertThat(columns.state()).isEqualTo(State.UNKNOWN);
        for (StatusField field : StatusField.values()) {
            boolean derived = field == StatusField.STATE || field == StatusField.FINDINGS;
            assertThat(columns.text(field).isPresent()).as(field.column()).isEqualTo(derived);
        }
    }

    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = """
                    STATUS          | {"state":"IDLE"}                                     | IDLE     | from_state
                    STATUS          | {"status":"","fsm_state":"IDLE"}                     | IDLE     | from_fsm_state
                    STATUS          | {"status":null,"fsm_state":{"current_state":"IDLE"}} | IDLE     | from_fsm_state
                    STATUS          | {"work_status":{"status":"IDLE"}}                    | IDLE     | from_work_status
                    STATUS          | {"status":7,"state":"IDLE"}                          | IDLE     | wrong_type from_state
                    CURRENT_FOCUS   | {"current_phase":"rye"}                              | rye      | from_current_phase
                    CURRENT_FOCUS   | {"current_task":{"name":"rye"}}                      | rye      | from_current_task
                    CURRENT_FOCUS   | {"current_tasks":["rye","oat"]}                      | rye      | from_current_tasks
                    CURRENT_FOCUS   | {"current_tasks":[null,{"title":" ","task":"rye"}]}  | rye      | from_current_tasks
                    CURRENT_FOCUS   | {"current_tasks":[]}                                 |          |
                    CURRENT_FOCUS   | {"current_tasks":[7]}                                |          | wrong_type
                    CURRENT_MISSION | {"current_mission":{"id":1,"title":"rye"}}           | rye      |
                    CURRENT_MISSION | {"current_mission":{"name":"rye"}}                   | rye      |
                    CURRENT_MISSION | {"current_mission":{"id":1},"mission":"rye"}         | rye      | wrong_type from_mission
                    CURRENT_MISSION | {"current_contract":{"title":"rye"}}                 | rye      | from_current_contract
                    CURRENT_MISSION | {"current_contract":"rye","mission_description":"oat"} | oat    | wrong_type from_mission_description
                    CYCLE_COUNT     | {"cycle_count":3.0}                                  | 3        |
                    CYCLE_COUNT     | {"cycle_count":"3"}                                  |          | wrong_type
                    CYCLE_COUNT     | {"cycle_count":3.5,"cycle":4}                        | 4        | wrong_type from_cycle
                    CYCLE_COUNT     | {"cycle_count":1e400,"completed_cycles":4}           | 4        | wrong_type from_completed_cycles
                    CYCLE_COUNT     | {"cycles_completed":4}                               | 4        | from_cycles_completed
                    POINTS_EARNED   | {"points_earned":"350"}                              | 350      |
                    POINTS_EARNED   | {"points_earned":"1,330","points_total":12.50}       | 12.5     | wrong_type from_points_total
                    POINTS_EARNED   | {"points_earned":{"rye":5},"total_points":9}         | 9        | wrong_type from_total_points
                    POINTS_EARNED   | {"total_points_earned":9}                            | 9        | from_total_points_earned
                    POINTS_EARNED   | {"points":9,"contract_points":8}                     |          |
                    AGENT_NAME      | {"role":"Baker"}                                     | Baker    | from_role
                    AGENT_NAME      | {"agent_name":false,"specialty":"rye"}               | rye      | wrong_type from_specialty
                    FSM_STATE       | {"fsm_state":{"current_state":"idle"}}               | idle     | from_fsm_state
                    MISSION_PRIORITY | {"mission_priority":1}                              |          | wrong_type
                    """)
    void theFirstUsableCandidateIsShown(StatusField field, String json, String expected, String findings) {
        StatusColumns columns = read(json);
        assertThat(columns.text(field)).isEqualTo(Optional.ofNullable(expected));
        List<String> always = List.of("missing_agent_id", "missing_status", "time_missing");
        assertThat(codes(columns).stream().filter(code -> !always.contains(code)))
                .containsExactlyElementsOf(findings == null ? List.of() : List.of(findings.split(" ")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = """
                    {"blockers":[]}                                        | []                      |
                    {"blockers":["a"," ",null,"None","b"]}                 | ["a","b"]               |
                    {"blockers":[{"title":"a"},{"id":1, "x":[ "y z" ]},7]} | ["a","{\\"id\\":1,\\"x\\":[\\"y z\\"]}","7"] |
                    {"blockers":"no flour"}                                | ["no flour"]            |
                    {"blockers":"NONE"}                                    | []                      |
                    {"blockers":" n/a "}                                   | []                      |
                    {"blockers":"None - full steam"}                       | []                      |
                    {"blockers":"none – all sold"}                         | []                      |
                    {"blockers":"No blockers."}                            | []                      |
                    {"blockers":"None of the ovens heat"}                  | ["None of the ovens heat"] |
                    {"blockers":"nonexistent flour"}                       | ["nonexistent flour"]   |
                    {"blockers":{"current_blockers":["a"],"resolved":["b"]}} | ["a"]                 |
                    {"blockers":{"resolved":["b"]},"blocker":"c"}          | ["c"]                   | wrong_type from_blocker
                    {"blockers":3}                                         | []                      | wrong_type
                    {"blockers":3,"current_blockers":["a"]}                | ["a"]                   | wrong_type from_current_blockers
                    {"blockers":true}                                      |                         | wrong_type
                    {"blockers":null}                                      |                         |
                    {"blockers":"","blocker":"a"}                          | ["a"]                   | from_blocker
                    """)
    void blockersAreAListWhateverTheirShape(String json, String expected, String findings) {
        StatusColumns columns = read(json);
        assertThat(columns.text(StatusField.BLOCKERS)).isEqualTo(Optional.ofNullable(expected));
        assertThat(columns.findings().stream()
                        .filter(finding -> finding.member().contains("block"))
                        .map(Finding::code))
                .containsExactlyElementsOf(findings == null ? List.of() : List.of(findings.split(" ")));
    }

    @Test
    void aBareNumberOfBlockersIsKeptAsAFinding() {
        assertThat(read("{\"blockers\":3}").findings())
                .filteredOn(finding -> finding.member().equals("blockers"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).contains("the number 3"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = """
                    {"last_updated":"2031-05-06T09:00:00+02:00"}          | 2031-05-06T07:00:00Z | 2031-05-06T09:00:00+02:00 |
                    {"last_updated":"2031-05-06 07:00:00"}                | 2031-05-06T07:00:00Z | 2031-05-06 07:00:00 | time_without_zone
                    {"last_updated":"2031-05-06 (This Shift)"}            |                      | 2031-05-06 (This Shift) | time_unreadable
                    {"last_updated":"soon","timestamp":"2031-05-06T07:00Z"} | 2031-05-06T07:00:00Z | 2031-05-06T07:00Z | time_unreadable from_timestamp
                    {"last_updated":"soon","last_seen":"later"}           |                      | soon                | time_unreadable time_unreadable
                    {"lastUpdated":1935817200}                            | 2031-05-06T07:00:00Z | 1935817200          | from_lastUpdated
                    {"last_updated":{"at":1},"updated_at":"2031-05-06Z"}  |                      | 2031-05-06Z         | wrong_type time_unreadable
                    {"last_updated":[],"last_cycle":27}                   |                      | 27                  | wrong_type time_unreadable
                    {"last_updated":true}                                 |                      |                     | wrong_type time_missing
                    {"last_updated":" "}                                  |                      |                     | time_missing
                    {"last_updated":"2031-05-06T07:13:09Z"}               | 2031-05-06T07:13:09Z | 2031-05-06T07:13:09Z |
                    {"last_updated":"2031-05-06T07:13:10Z"}               | 2031-05-06T07:13:10Z | 2031-05-06T07:13:10Z | time_in_future
                    """)
    void theTimeIsTheFirstReadableOne(String json, String time, String raw, String findings) {
        StatusColumns columns = read(json);
        assertThat(columns.text(StatusField.LAST_UPDATED)).isEqualTo(Optional.ofNullable(time));
        assertThat(columns.text(StatusField.LAST_UPDATED_RAW)).isEqualTo(Optional.ofNullable(raw));
        assertThat(codes(columns).stream().filter(code -> !code.startsWith("missing_")))
                .containsExactlyElementsOf(findings == null ? List.of() : List.of(findings.split(" ")));
    }

    @Test
    void aTimeWithoutZoneIsThatOfTheConfiguredZone() {
        ReadingRules chicago = new ReadingRules(ZoneId.of("America/Chicago"), StateVocabulary.standard());
        StatusColumns columns =
                StatusView.columns(document("{\"last_updated\":\"2031-05-06 07:00:00\"}"), BAKER, chicago, MODIFIED);
        assertThat(columns.lastUpdated()).contains(Instant.parse("2031-05-06T12:00:00Z"));
        assertThat(columns.findings())
                .anySatisfy(finding -> assertThat(finding.message()).contains("America/Chicago"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = """
                    {"agent_id":"Baker-1"}     |
                    {"agent_id":"BAKER-1"}     | agent_id_differs
                    {"agent_id":"baker_1"}     | agent_id_differs
                    {"agent_id":1}             | agent_id_differs
                    {"agent_id":"Baker-1B"}    | agent_id_differs
                    {"agent_id":""}            | missing_agent_id
                    {"agent_id":null}          | missing_agent_id
                    {"agent_id":["Baker-1"]}   | wrong_type
                    """)
    void anIdThatIsNotTheFoldersNameIsAFinding(String json, String finding) {
        assertThat(codes(read(json)).stream()
                        .filter(code ->
                                !List.of("missing_status", "time_missing").contains(code)))
                .containsExactlyElementsOf(finding == null ? List.of() : List.of(finding));
    }

    @Test
    void aStatusThatNoRuleKnowsIsCountedButKept() {
        StatusColumns columns = read("{\"status\":\"PERKY\"}");
        assertThat(columns.text(StatusField.STATUS)).contains("PERKY");
        assertThat(columns.state()).isEqualTo(State.UNKNOWN);
        assertThat(codes(columns)).contains("unknown_status");
    }

    @Test
    void ofRepeatedMembersTheLastIsShownAndEachNameIsNamedOnce() {
        StatusColumns columns =
                read("{\"status\":\"IDLE\",\"a\":{\"b\":1,\"b\":2},\"status\":\"BUSY\",\"status\":\"DONE\"}");
        assertThat(columns.text(StatusField.STATUS)).contains("DONE");
        assertThat(columns.findings().stream()
                        .filter(finding -> finding.code().equals("duplicate_key"))
                        .map(Finding::member))
                .containsExactlyInAnyOrder("a.b", "status");
    }

    @Test
    void aByteOrderMarkIsAFinding() {
        assertThat(codes(read("\ufeff{}"))).contains("byte_order_mark");
    }

    @Test
    void whatNoDatabaseCanKeepIsReplaced() {
        StatusColumns columns = read("{\"status\":\"a\\u0000b\\ud83dc\\ud83d\\ude00\\udc00\"}");
        assertThat(columns.text(StatusField.STATUS)).contains("a\ufffdb\ufffdc\ud83d\ude00\ufffd");
    }

    @Test
    void findingsAreFiftyAtMostAndWhatTheColumnsSayComesFirst() {
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 100; i++) {
            json.append("\"k").append(i).append("\":1,\"k").append(i).append("\":2,");
        }
        List<Finding> findings = read(json + "\"cycle\":7}").findings();
        assertThat(findings).hasSize(50);
        assertThat(findings.stream().map(Finding::code).limit(4))
                .containsExactly("missing_agent_id", "missing_status", "time_missing", "from_cycle");
    }

    @Test
    void aFindingNeverHoldsAMegabyteOfSomebodysText() {
        String huge = "x".repeat(1_000_000);
        StatusColumns columns = read("{\"agent_id\":\"" + huge + "\",\"" + huge + "\":1,\"" + huge
                + "\":2,\"status\":\"" + huge + "\",\"cycle_count\":" + "9".repeat(1_000_000) + "}");
        assertThat(columns.text(StatusField.FINDINGS).orElseThrow()).hasSizeLessThan(3_000);
        assertThat(codes(columns)).contains("agent_id_differs", "duplicate_key", "unknown_status", "wrong_type");
    }

    @Test
    void aCounterTellsWhichMemberItShows() {
        StatusDocument document =
                document("{\"points_earned\":{},\"points_total\":5,\"cycle_count\":2,\"cycle_count\":3}");
        assertThat(StatusView.memberBehind(document, StatusField.POINTS_EARNED))
                .get()
                .extracting(JsonValue.Member::name)
                .isEqualTo("points_total");
        assertThat(StatusView.memberBehind(document, StatusField.CYCLE_COUNT))
                .get()
                .isSameAs(document.root().members().getLast());
        assertThat(StatusView.memberBehind(document, StatusField.CURRENT_MISSION))
                .isEmpty();
        assertThat(StatusView.memberBehind(
                        document("{\"current_contract\":{\"title\":\"rye\"}}"), StatusField.CURRENT_MISSION))
                .isEmpty();
        assertThatThrownBy(() -> StatusView.memberBehind(document, StatusField.FINDINGS))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void columnsThatAHandEditedReadAsAbsentWhereTheyAreUnusable() {
        StatusColumns edited = StatusColumns.of(Map.of(
                StatusField.CYCLE_COUNT,
                "many",
                StatusField.POINTS_EARNED,
                "1e999",
                StatusField.LAST_UPDATED,
                "soon",
                StatusField.STATE,
                "DIZZY",
                StatusField.BLOCKERS,
                "[",
                StatusField.FINDINGS,
                "7"));
        assertThat(edited.cycleCount()).isEmpty();
        assertThat(edited.pointsEarned()).isEmpty();
        assertThat(edited.lastUpdated()).isEmpty();
        assertThat(edited.state()).isEqualTo(State.UNKNOWN);
        assertThat(edited.blockers()).isEmpty();
        assertThat(edited.findings()).isEmpty();
    }

    private static List<String> codes(StatusColumns columns) {
        return columns.findings().stream().map(Finding::code).toList();
    }

    private static StatusColumns read(String json) {
        return StatusView.columns(document(json), BAKER, RULES, MODIFIED);
    }

    private static StatusDocument document(String json) {
        return Fixtures.accepted(json.getBytes(StandardCharsets.UTF_8));
    }
}
