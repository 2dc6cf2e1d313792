package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTextTest {
    private static final List<FieldChange> CHANGES = List.of(
            new FieldChange(StatusField.STATUS, null, "a \"b\" \\ \n \u2028 \ud83d\ude80"),
            new FieldChange(StatusField.CYCLE_COUNT, "41", "42"),
            new FieldChange(StatusField.POINTS_EARNED, "0.1", "9007199254740993.5"),
            new FieldChange(StatusField.BLOCKERS, "[]", "[\"no oil\"]"));

    @Test
    void changesComeBackAsTheyWere() {
        String json = EventText.ofChanges(CHANGES);

        assertThat(json)
                .contains("\"cycle_count\":{\"before\":41,\"after\":42}")
                .contains("\"blockers\":{\"before\":[],\"after\":[\"no oil\"]}")
                .contains("\"points_earned\":{\"before\":0.1,\"after\":\"9007199254740993.5\"}");
        assertThat(EventText.changes(json)).contains(CHANGES);
        assertThat(EventText.changes(EventText.ofChanges(List.of()))).contains(List.of());
    }

    @Test
    void aRejectionComesBackAsItWasWithAndWithoutAPlace() {
        for (Position place : new Position[] {new Position(3, 7, 40), null}) {
            var rejection = new ParseResult.Rejected(RejectionCode.SYNTAX, "\"x\" is odd", place);
            assertThat(EventText.rejection(EventText.ofRejection(rejection))).contains(rejection);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "x",
                "[]",
                "{",
                "{} {}",
                "{\"state\":1}",
                "{\"state\":{}}",
                "{\"state\":{\"before\":null}}",
                "{\"no_such_field\":{\"before\":null,\"after\":null}}",
                "{\"blockers\":{\"before\":[1],\"after\":[]}}",
                "{\"state\":{\"before\":{},\"after\":true}}"
            })
    void textThatIsNoListOfChangesIsNone(String text) {
        assertThat(EventText.changes(text)).isEmpty();
        assertThat(EventText.rejection(text)).isEmpty();
    }

    @Test
    void onlyWhatDiffersIsAChange() {
        StatusColumns before = StatusColumns.of(java.util.Map.of(StatusField.STATUS, "a", StatusField.STATE, "IDLE"));
        StatusColumns after = StatusColumns.of(java.util.Map.of(StatusField.STATUS, "b", StatusField.STATE, "IDLE"));

        assertThat(FieldChange.between(before, after, List.of(StatusField.values())))
                .containsExactly(new FieldChange(StatusField.STATUS, "a", "b"));
        assertThat(FieldChange.between(before, after, List.of(StatusField.STATE)))
                .isEmpty();
    }
}
