package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Question.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A request on its way to a watch and out again. */
class SearchRequestTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "who is at the parser",
                "",
                " ",
                "\t",
                "a\tb\nc\r\nd",
                "\\",
                "\\\\",
                "\\t is no tab, \\n is no line",
                "ends with \\",
                "\\\t\\\n",
                "answer\tnotice",
                "\u001b[31mred\u0007",
                "\u0000",
                "\u6e05\u626b \ud83d\ude00 \u2028\u2029\u0085",
                "{\"json\":[1]}"
            })
    void everyTextComesOutAsItWentIn(String text) {
        for (Kind kind : Kind.values()) {
            SearchRequest request = new SearchRequest(kind, text, Scope.CURRENT, Wanted.ANYBODY, 5);

            assertThat(request.line()).doesNotContain("\n");
            assertThat(SearchRequest.of(request.line())).isEqualTo(request);
        }
    }

    @Test
    void everyWishComesOutAsItWentIn() {
        for (Scope scope : Scope.values()) {
            for (State state : State.values()) {
                for (Freshness freshness : Freshness.values()) {
                    SearchRequest request =
                            new SearchRequest(Kind.SEARCH, "x", scope, new Wanted(state, freshness), Integer.MAX_VALUE);
                    assertThat(SearchRequest.of(request.line())).isEqualTo(request);
                }
            }
        }
        SearchRequest half = new SearchRequest(Kind.SEARCH, "x", Scope.ALL, new Wanted(State.IDLE, null), 1);
        assertThat(SearchRequest.of(half.line())).isEqualTo(half);
    }

    @Test
    void aMegabyteComesOutAsItWentIn() {
        SearchRequest request =
                new SearchRequest(Kind.SEARCH, "\\\t\n\ud83d\ude00".repeat(200_000), Scope.ALL, Wanted.ANYBODY, 5);
        assertThat(SearchRequest.of(request.line())).isEqualTo(request);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "facts",
                "SEARCH\tALL\t\t\t5",
                "SEARCH\tALL\t\t\t5\tx\ty",
                "FIND\tALL\t\t\t5\tx",
                "SEARCH\tNEVER\t\t\t5\tx",
                "SEARCH\tALL\tASLEEP\t\t5\tx",
                "SEARCH\tALL\t\tROTTEN\t5\tx",
                "SEARCH\tALL\t\t\tmany\tx",
                "SEARCH\tALL\t\t\t99999999999\tx",
                "SEARCH\tALL\t\t\t0\tx"
            })
    void anythingElseIsNoRequest(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> SearchRequest.of(line));
    }
}
