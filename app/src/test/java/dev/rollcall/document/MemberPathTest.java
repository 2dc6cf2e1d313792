package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where in a document a value stands. */
class MemberPathTest {
    private static final JsonValue.Obj DOCUMENT =
            (JsonValue.Obj) JsonTree.whole("""
                    {"tasks": ["one", {"task": "two"}], "notes": {"log": [[1, 2]], "a.b": {"c]": 3}, "": 4, "x": 0},
                     "dotted.name": 5, "twice": 6, "twice": 7, "quo\\"te": 8}
                    """).orElseThrow();

    private static String at(String path) {
        return MemberPath.find(DOCUMENT, path).map(JsonText::of).orElse("nothing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "tasks[0] | \"one\"",
                "tasks[1].task | \"two\"",
                "notes.log[0][1] | 2",
                "notes[\"a.b\"][\"c]\"] | 3",
                "notes[\"\"] | 4",
                "[\"notes\"].x | 0",
                "dotted.name | 5",
                "twice | 7",
                "[\"quo\\\"te\"] | 8"
            })
    void aPathLeadsToItsValue(String path, String value) {
        assertThat(at(path)).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", ".", "tasks.", "tasks[", "tasks[]", "tasks[x]", "tasks[2]", "tasks[-1]", "tasks[99999999999]",
                "tasks.0", "notes[0]", "notes..x", "nobody", "notes[\"", "notes[\"x", "notes[\"x\\", "notes[1.5]", "]"
            })
    void whatIsNoPathOrLeadsNowhereIsNothing(String path) {
        assertThat(at(path)).isEqualTo("nothing");
    }

    @Test
    void aPathThatWasBuiltLeadsBack() {
        String notes = MemberPath.member(MemberPath.ROOT, "notes");

        assertThat(at(MemberPath.member(MemberPath.member(notes, "a.b"), "c]"))).isEqualTo("3");
        assertThat(at(MemberPath.member(notes, ""))).isEqualTo("4");
        assertThat(at(MemberPath.item(MemberPath.item(MemberPath.member(notes, "log"), 0), 1)))
                .isEqualTo("2");
        assertThat(at(MemberPath.member(MemberPath.ROOT, "quo\"te"))).isEqualTo("8");
        assertThat(MemberPath.member(notes, "x")).isEqualTo("notes.x");
    }
}
