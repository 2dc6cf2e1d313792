package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonListsTest {
    private static final List<String> TEXTS = List.of(
            "plain", "", "a \"quoted\" \\ path", "line\nbreak\ttab", "\u001b[31m\u0000", "naïve 東京 🔥", "\u2028\u2029");

    @Test
    void textsAreWrittenCompactlyWithOnlyTheEscapesThatAreNeeded() {
        assertThat(JsonLists.ofTexts(TEXTS))
                .isEqualTo("[\"plain\",\"\",\"a \\\"quoted\\\" \\\\ path\",\"line\\nbreak\\ttab\","
                        + "\"\\u001b[31m\\u0000\",\"naïve 東京 🔥\",\"\\u2028\\u2029\"]");
        assertThat(JsonLists.ofTexts(List.of())).isEqualTo("[]");
    }

    @Test
    void textsComeBackAsTheyWere() {
        assertThat(JsonLists.texts(JsonLists.ofTexts(TEXTS))).isEqualTo(TEXTS);
        assertThat(JsonLists.texts(JsonLists.ofTexts(List.of("half \ud83d")))).containsExactly("half \ud83d");
    }

    @Test
    void findingsComeBackAsTheyWere() {
        List<Finding> findings = List.of(
                new Finding("duplicate_key", "current_tasks[0].priority", "\"priority\" occurs twice"),
                new Finding("byte_order_mark", "", "the file begins with a byte-order mark"));

        assertThat(JsonLists.ofFindings(findings))
                .startsWith(
                        "[{\"code\":\"duplicate_key\",\"member\":\"current_tasks[0].priority\",\"message\":\"\\\"pri")
                .doesNotContain(": ", "}, ");
        assertThat(JsonLists.findings(JsonLists.ofFindings(findings))).isEqualTo(findings);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "none",
                "{}",
                "\"a\"",
                "[\"a\", 1]",
                "[\"a\"",
                "[\"a\"] ]",
                "[null]",
                "[[\"a\"]]",
                "\u0000",
                "NULL"
            })
    void whatIsNoListOfTextsReadsAsNone(String json) {
        assertThat(JsonLists.texts(json)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[\"a\"]",
                "[{}]",
                "[{\"code\":\"a\",\"member\":\"b\"}]",
                "[{\"code\":\"a\",\"member\":\"b\",\"message\":3}]",
                "[{\"code\":\"a\",\"member\":\"b\",\"message\":\"c\"},7]"
            })
    void whatIsNoListOfFindingsReadsAsNone(String json) {
        assertThat(JsonLists.findings(json)).isEmpty();
    }
}
