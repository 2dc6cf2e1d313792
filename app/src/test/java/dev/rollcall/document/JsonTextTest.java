package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values as one line of text, and when two of them say the same. */
class JsonTextTest {
    private static JsonValue value(String json) {
        return JsonTree.whole(json).orElseThrow();
    }

    @Test
    void aValueStandsOnOneLineAsItWasSpelled() {
        assertThat(JsonText.of(value("{ \"b\" : [ 1.50 , true , null ],\n \"a\" : \"x\\ny\" }")))
                .isEqualTo("{\"b\":[1.50,true,null],\"a\":\"x\\ny\"}");
    }

    @Test
    void ofARepeatedMemberTheLastOneCounts() {
        assertThat(JsonText.of(value("{\"a\":1,\"b\":2,\"a\":3}"))).isEqualTo("{\"a\":3,\"b\":2}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | 1.0",
                "100 | 1e2",
                "0 | -0.00",
                "1.50 | 1.5",
                "{\"a\":1,\"b\":[2]} | {\"b\":[2.0],\"a\":1}",
                "\"\\u0041\" | \"A\"",
                "{\"a\":1,\"a\":2} | {\"a\":2}"
            })
    void valuesThatSayTheSameShareTheirCanonicalText(String one, String other) {
        assertThat(JsonText.canonical(value(one))).isEqualTo(JsonText.canonical(value(other)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1 | \"1\"",
                "1 | 1.0000000000000000000000001",
                "null | \"null\"",
                "[1,2] | [2,1]",
                "[] | {}",
                "1e99999999999999 | 1e99999999999998",
                "{\"a\":null} | {}"
            })
    void valuesThatSaySomethingElseDoNot(String one, String other) {
        assertThat(JsonText.canonical(value(one))).isNotEqualTo(JsonText.canonical(value(other)));
    }

    @Test
    void numbersThatNobodyCanReckonWithTakeNoTime() {
        String huge = "1".repeat(1_000_000);

        assertThat(JsonText.canonical(value(huge))).isEqualTo(huge);
        assertThat(JsonText.canonical(value("1e2147483647"))).isNotEmpty();
    }
}
