package dev.rollcall.answers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody sees is escaped in every answer, and what can be seen is as it was. */
class JsonOutputTest {
    @ParameterizedTest
    @CsvSource({
        "plain,plain",
        "caf\u00e9 \uD83D\uDE00,caf\u00e9 \uD83D\uDE00",
        "\uD83D\uDE00\u202e\uD83D\uDE00,\uD83D\uDE00\\u202e\uD83D\uDE00",
        "a\uDB40\uDC41b,a\\udb40\\udc41b",
        "end \uD83D,end \\ud83d",
        "\uDE00\uD83D\uDE00,\\ude00\uD83D\uDE00",
        "del\u007f,del\\u007f"
    })
    void invisibleCharactersAreEscaped(String text, String written) {
        assertThat(JsonOutput.line(json -> json.text("a", text))).isEqualTo("{\"a\":\"" + written + "\"}");
    }
}
