package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StatusParserTest {
    static List<String> acceptable() {
        return Fixtures.acceptable();
    }

    @ParameterizedTest
    @MethodSource("acceptable")
    void anAcceptableFixtureIsAcceptedAndItsSpansTile(String name) {
        StatusDocument document = Fixtures.document(name);

        assertThat(document.bytes()).isEqualTo(Fixtures.bytes(name));
        SpanAssert.assertThatSpansTile(document);
    }

    @Test
    void spansPointExactlyAtNamesAndValues() {
        StatusDocument document =
                parsed(" {\"añ\\u0041\" : 12 ,\"bé\\\"\":\"x\\ny🔥\",\"c\":[1e5,{}, -0.5],\"d\" : true\n}\n");

        assertThat(document.root().members().stream().map(m -> m.name() + "=" + raw(document, m.value())))
                .containsExactly("añA=12", "bé\"=\"x\\ny🔥\"", "c=[1e5,{}, -0.5]", "d=true");
        assertThat(document.root().members().stream().map(m -> document.utf8()[m.nameStart()]))
                .containsOnly((byte) '"');
        assertThat(document.root().members().get(1).value())
                .isInstanceOfSatisfying(
                        JsonValue.Text.class, text -> assertThat(text.value()).isEqualTo("x\ny🔥"));
    }

    @Test
    void escapesAreReadAndHalvesOfPairsSurvive() {
        StatusDocument document = Fixtures.document("tricky/escapes__lone_surrogates.json");

        assertThat(document.root().member("status").orElseThrow().value())
                .isInstanceOfSatisfying(
                        JsonValue.Text.class, text -> assertThat(text.value()).isEqualTo("ACTIVE \ud83d"));
    }

    @Test
    void halvesOfPairsSurviveInNamesToo() {
        assertThat(parsed("{\"a\\udd25\":1,\"\\uD83Db\":2,\"\\\\ud83d\":3,\"\\ud83d\\udd25\":4}")
                        .root()
                        .members())
                .extracting(JsonValue.Member::name)
                .containsExactly("a\udd25", "\ud83db", "\\ud83d", "\ud83d\udd25");
    }

    @Test
    void everyEscapeIsReadAsTheCharacterItStandsFor() {
        StatusDocument document = Fixtures.document("tricky/escapes__every_kind.json");

        assertThat(document.root().members().stream().map(JsonValue.Member::name))
                .containsExactly("agent_id", "status", "last_updated", "path", "café", "", "current_tasks");
        assertThat(textOf(document, "path")).isEqualTo("C:\\tide/gauge\b\f\n\r\t\"\u0000\u001b[31m\u202e");
        assertThat(textOf(document, "status")).isEqualTo("ACTIVE");
        assertThat(textOf(document, "café")).isEqualTo("éé");
    }

    @Test
    void ofRepeatedMembersTheLastIsFound() {
        assertThat(textOf(Fixtures.document("tricky/duplicate_key__status_twice.json"), "status"))
                .isEqualTo("ACTIVE");
    }

    @Test
    void repeatedMembersAreNamedByPathOnceInTheOrderOfTheDocument() {
        assertThat(Fixtures.document("tricky/duplicate_key__nested_and_thrice.json")
                        .duplicateKeys())
                .containsExactly("current_tasks[0].priority", "last_updated", "metrics.rounds", "metrics.alarms.a");
        assertThat(Fixtures.document("plain/archive_keeper.json").duplicateKeys())
                .isEmpty();
    }

    @Test
    void ofVeryManyRepeatedMembersOnlyTheFirstHundredAreNamed() {
        StringBuilder json = new StringBuilder("{\"x\":0");
        for (int i = 0; i < 500; i++) {
            json.append(",\"k").append(i).append("\":0,\"k").append(i).append("\":1");
        }
        assertThat(parsed(json.append('}').toString()).duplicateKeys())
                .hasSize(100)
                .startsWith("k0", "k1")
                .endsWith("k99");
    }

    @ParameterizedTest
    @CsvSource({
        "tricky/encoding__utf8_mark.json, UTF_8_WITH_MARK",
        "tricky/encoding__utf16_big_endian.json, UTF_16_BIG_ENDIAN",
        "tricky/encoding__utf16_little_endian.json, UTF_16_LITTLE_ENDIAN",
        "plain/gallery_guard.json, UTF_8"
    })
    void theEncodingIsToldByTheMark(String name, StatusDocument.Encoding encoding) {
        StatusDocument document = Fixtures.document(name);

        assertThat(document.encoding()).isEqualTo(encoding);
        assertThat(document.text().stripLeading()).startsWith("{");
        assertThat(SourceText.encoded(document.utf8(), encoding)).isEqualTo(document.bytes());
    }

    @Test
    void aSecondByteOrderMarkIsText() {
        assertThat(StatusParser.parse("\ufeff\ufeff{}".getBytes(UTF_8)))
                .isEqualTo(new ParseResult.Rejected(
                        RejectionCode.BARE_TEXT,
                        "expected '{', found text that begins with U+FEFF",
                        new Position(1, 1, 3)));
    }

    @Test
    void aNumberKeepsItsSpelling() {
        StatusDocument document = Fixtures.document("tricky/numbers__huge.json");

        assertThat(document.root().member("exponent").orElseThrow().value())
                .isInstanceOfSatisfying(
                        JsonValue.Num.class,
                        number -> assertThat(number.literal()).isEqualTo("1E+999999999999"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\": 1, \"tasks\": [\"x\", \"y | the file ends inside the value of tasks",
                "{\"a\": 1, \"tasks\": [\"x\"]  | the file ends after the value of tasks",
                "{\"a\": 1, \"ta              | the file ends after the value of a",
                "{\"a                         | the file ends before its first member",
                "{\"a\\u202eb\": 01}          | expected a comma or '}', found '1', at member a\\u202eb",
                "{\"a\": 1 \"b\": 2}          | expected a comma or '}', found '\"', at member a",
            })
    void theMessageNamesTheMemberThatIsBroken(String json, String message) {
        assertThat(StatusParser.parse(json.getBytes(UTF_8)))
                .isInstanceOfSatisfying(
                        ParseResult.Rejected.class,
                        rejected -> assertThat(rejected.message()).isEqualTo(message));
    }

    @Test
    void aLineLikeAConflictMarkerInsideATextIsNoConflict() {
        assertThat(StatusParser.parse("{\"a\": \"\\n<<<<<<< HEAD\\n=======\"}".getBytes(UTF_8)))
                .isInstanceOf(ParseResult.Parsed.class);
    }

    @Test
    void parsingLeavesTheBytesAlone() {
        byte[] bytes = Fixtures.bytes("tricky/encoding__utf16_little_endian.json");
        byte[] copy = Arrays.copyOf(bytes, bytes.length);

        StatusParser.parse(bytes);

        assertThat(bytes).isEqualTo(copy);
    }

    private static StatusDocument parsed(String json) {
        return Fixtures.accepted(json.getBytes(UTF_8));
    }

    private static String raw(StatusDocument document, JsonValue value) {
        return new String(document.utf8(), value.start(), value.end() - value.start(), UTF_8);
    }

    private static String textOf(StatusDocument document, String member) {
        return ((JsonValue.Text) document.root().member(member).orElseThrow().value()).value();
    }
}
