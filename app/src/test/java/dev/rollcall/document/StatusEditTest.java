package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusEditTest {
    @Test
    void aNewDocumentHasItsMembersInTheOrderTheyAreSet() {
        byte[] bytes = StatusEdit.create()
                .setText("agent_id", "Lantern-1")
                .setNumber("cycle_count", BigDecimal.ZERO)
                .setTexts("current_tasks", List.of())
                .setTexts("next_actions", List.of("Await mission assignment", "Drink \"tea\""))
                .append("blockers", "rain")
                .bytes();

        assertThat(new String(bytes, UTF_8)).isEqualTo("""
            {
              "agent_id": "Lantern-1",
              "cycle_count": 0,
              "current_tasks": [],
              "next_actions": [
                "Await mission assignment",
                "Drink \\"tea\\""
              ],
              "blockers": [
                "rain"
              ]
            }
            """);
    }

    @Test
    void onlyTheValueOfASetMemberChanges() {
        assertThat(edit("{ \"a\" :1.50e0,\"b\":  \"\\u0041\" , \"c\":null }").setNumber("a", new BigDecimal("1E+3")))
                .satisfies(is("{ \"a\" :1000,\"b\":  \"\\u0041\" , \"c\":null }"));
        assertThat(edit("{ \"a\" :1.50e0,\"b\":  \"\\u0041\" , \"c\":null }").setText("c", "x"))
                .satisfies(is("{ \"a\" :1.50e0,\"b\":  \"\\u0041\" , \"c\":\"x\" }"));
    }

    @Test
    void aValueThatIsAlreadyThereKeepsItsSpelling() {
        String json = "{\"a\": \"\\u0041\", \"n\": 41, \"l\": [ \"x\",\"\\u0079\" ], \"e\": [ ]}";
        assertThat(edit(json)
                        .setText("a", "A")
                        .setNumber("n", new BigDecimal(41))
                        .setTexts("l", List.of("x", "y"))
                        .setTexts("e", List.of()))
                .satisfies(is(json));
    }

    @Test
    void anotherTypeIsReplacedWhole() {
        assertThat(edit("{\"a\": {\"b\": [1, 2]}, \"c\": [\"x\"]}")
                        .setText("a", "t")
                        .setNumber("c", BigDecimal.TEN))
                .satisfies(is("{\"a\": \"t\", \"c\": 10}"));
        assertThat(edit("{\"a\": {\"b\": [1, 2]}}").setTexts("a", List.of("p", "q")))
                .satisfies(is("{\"a\": [\"p\", \"q\"]}"));
    }

    @Test
    void ofRepeatedMembersTheLastIsEdited() {
        assertThat(edit("{\"s\":1,\"s\":2,\"t\":[],\"t\":[]}").setText("s", "x").append("t", "y"))
                .satisfies(is("{\"s\":1,\"s\":\"x\",\"t\":[],\"t\":[\"y\"]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}                        | {\"a\":1,\"b\":\"x\",\"l\":[\"y\"]}",
                "{\"a\": 1}                       | {\"a\": 1, \"b\": \"x\", \"l\": [\"y\"]}",
                "{ \"a\" : 1, \"z\" : [ 2 ] }     | { \"a\" : 1, \"z\" : [ 2 ], \"b\" : \"x\", \"l\" : [\"y\"] }",
                "{~  \"a\": 1~}~                  | {~  \"a\": 1,~  \"b\": \"x\",~  \"l\": [~    \"y\"~  ]~}~",
                "{~\t\"a\": [1],~\t\"c\": []~}    | {~\t\"a\": [1],~\t\"c\": [],~\t\"b\": \"x\",~\t\"l\": [\"y\"]~}",
                "{^    \"a\": 1,^    \"c\": 2^}^  | {^    \"a\": 1,^    \"c\": 2,^    \"b\": \"x\",^    \"l\": [^     "
                        + "   \"y\"^    ]^}^",
                "{}                               | {~  \"b\": \"x\",~  \"l\": [~    \"y\"~  ]~}",
                "{^^}^                            | {^  \"b\": \"x\",^  \"l\": [^    \"y\"^  ]^}^",
                "{~\"a\": 1,~\"c\": 2~}           | {~\"a\": 1,~\"c\": 2,~\"b\": \"x\",~\"l\": [~\"y\"~]~}",
            })
    void whatIsAddedLooksLikeWhatIsThere(String before, String after) {
        assertThat(edit(lines(before)).setText("b", "x").append("l", "y")).satisfies(is(lines(after)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"a\"]                        | [\"a\", \"y\"]",
                "[\"a\",\"b\"]                  | [\"a\",\"b\",\"y\"]",
                "[ \"a\",  \"b\" ]              | [ \"a\",  \"b\",  \"y\" ]",
                "[~    \"a\"~  ]                | [~    \"a\",~    \"y\"~  ]",
                "[~    \"a\" ,~    \"b\"~  ]    | [~    \"a\" ,~    \"b\",~    \"y\"~  ]",
                "[{\"t\": 1}, null]             | [{\"t\": 1}, null, \"y\"]",
                "[]                             | [\"y\"]",
                "[~  ]                          | [\"y\"]",
            })
    void appendingFollowsTheListsOwnStyle(String before, String after) {
        assertThat(edit("{\"k\": 0, \"l\": " + lines(before) + "}").append("l", "y"))
                .satisfies(is("{\"k\": 0, \"l\": " + lines(after) + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[\"y\"]                           | []",
                "[~    \"y\"~  ]                   | []",
                "[\"y\", \"b\"]                    | [\"b\"]",
                "[ \"a\", \"y\" ]                  | [ \"a\" ]",
                "[\"a\" , \"y\" , \"c\"]           | [\"a\" , \"c\"]",
                "[~  \"a\",~  \"y\",~  \"c\"~]     | [~  \"a\",~  \"c\"~]",
                "[~  \"a\",~  \"\\u0079\"~]        | [~  \"a\"~]",
                "[~  \"y\",~  \"y\"~]              | [~  \"y\"~]",
                "[\"a\"]                           | [\"a\"]",
                "{\"y\": \"y\"}                    | {\"y\": \"y\"}",
                "\"y\"                             | \"y\"",
            })
    void removingTakesOneItemAndOneComma(String before, String after) {
        assertThat(edit("{\"l\": " + lines(before) + ", \"m\": \"y\"}")
                        .remove("l", "y")
                        .remove("absent", "y"))
                .satisfies(is("{\"l\": " + lines(after) + ", \"m\": \"y\"}"));
    }

    @Test
    void aReplacedListKeepsItsLayout() {
        assertThat(edit("{\n  \"l\": [\n    \"a\",\n    \"b\"\n  ]\n}").setTexts("l", List.of("c", "d", "e")))
                .satisfies(is("{\n  \"l\": [\n    \"c\",\n    \"d\",\n    \"e\"\n  ]\n}"));
        assertThat(edit("{\n  \"l\": [ \"a\",\"b\" ]\n}").setTexts("l", List.of("c", "d")))
                .satisfies(is("{\n  \"l\": [ \"c\",\"d\" ]\n}"));
        assertThat(edit("{\n  \"l\": [\n    \"a\"\n  ]\n}").setTexts("l", List.of()))
                .satisfies(is("{\n  \"l\": []\n}"));
    }

    @Test
    void textsAreEscapedOnlyWhereTheyMustBe() {
        assertThat(edit("{}").setText("k\"", "\"\\/\b\f\n\r\t\u0001\u007fé東🔥\u2028\u2029\ud83d"))
                .satisfies(is("{\n  \"k\\\"\": \"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\u007fé東🔥\\u2028\\u2029\\ud83d\"\n}"));
    }

    @Test
    void numbersAreWrittenPlainlyUnlessThatWouldBeVeryLong() {
        assertThat(edit("{\"a\":0,\"b\":0,\"c\":0}")
                        .setNumber("a", new BigDecimal("1.250E+5"))
                        .setNumber("b", new BigDecimal("-0.50"))
                        .setNumber("c", new BigDecimal("1e999999999")))
                .satisfies(is("{\"a\":125000,\"b\":-0.50,\"c\":1E+999999999}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"3 | number", "null | null", "\"none\" | text", "{\"a\": []} | object", "true | boolean"})
    void appendingToSomethingElseIsRefusedNamingMemberAndType(String value, String type) {
        StatusEdit edit = edit("{\"blockers\": " + value + "}");

        assertThatThrownBy(() -> edit.append("blockers", "x")).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo(ProblemCode.DOCUMENT_NOT_EDITABLE);
            assertThat(e.problem().message()).contains("blockers", type);
        });
    }

    @Test
    void aMemberCanNotBeEditedTwiceAtOnce() {
        StatusEdit edit = edit("{}").setText("a", "b");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> edit.append("a", "c"))
                .withMessageContaining("member a");
    }

    @ParameterizedTest
    @CsvSource({"encoding__utf8_mark", "encoding__utf16_big_endian", "encoding__utf16_little_endian"})
    void theEncodingStays(String name) {
        StatusDocument document = Fixtures.document("tricky/" + name + ".json");
        String old = ((JsonValue.Text)
                        document.root().member("agent_id").orElseThrow().value())
                .value();

        StatusDocument edited = Fixtures.accepted(StatusEdit.of(document)
                .setText("agent_id", "🔥é")
                .append("current_tasks", "雨")
                .bytes());
        StatusDocument undone = Fixtures.accepted(StatusEdit.of(edited)
                .setText("agent_id", old)
                .remove("current_tasks", "雨")
                .bytes());

        assertThat(edited.encoding()).isEqualTo(document.encoding());
        assertThat(edited.text()).contains("\"🔥é\"", "\"雨\"");
        assertThat(undone.bytes()).isEqualTo(document.bytes());
    }

    @Test
    void withoutAnyChangeTheBytesAreTheSame() {
        for (String name : Fixtures.acceptable()) {
            assertThat(StatusEdit.of(Fixtures.document(name)).bytes()).as(name).isEqualTo(Fixtures.bytes(name));
        }
    }

    private static StatusEdit edit(String json) {
        return StatusEdit.of(Fixtures.accepted(json.getBytes(UTF_8)));
    }

    /** ~ stands for LF, ^ for CR LF. */
    private static String lines(String text) {
        return text.replace("~", "\n").replace("^", "\r\n");
    }

    private static java.util.function.Consumer<StatusEdit> is(String json) {
        return edit -> assertThat(new String(edit.bytes(), UTF_8)).isEqualTo(json);
    }
}
