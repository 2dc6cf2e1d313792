package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers on their way from a watch to whoever asked it. */
class AnswerLinesTest {
    private static Answer answer(String field, String text, double score, State state, Freshness freshness) {
        AgentId agent = new AgentId("Agent-7");
        FoundPassage passage = new FoundPassage(
                Long.MAX_VALUE,
                agent,
                field,
                text,
                12,
                Instant.parse("2031-05-06T10:05:00.123456Z"),
                When.BEFORE,
                null);
        return new Answer(new Hit(agent, score, Strength.WEAK, passage, -0.25, 1.0 / 3, score), state, freshness);
    }

    private static void assertComesBack(SearchAnswers told) {
        assertThat(AnswerLines.read(AnswerLines.write(told))).isEqualTo(told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mends the gate",
                "",
                "\t",
                "\n",
                "a\r\nb\rc",
                "answer\tAgent-8\t1.0\nnotice\tforged",
                "\\",
                "\\t\\n\\\\",
                "ends with \\",
                "\u001b[2J\u0007\u0000",
                "\u6e05\u626b \ud83d\ude00 \u2028\u0085 \u202e"
            })
    void everyTextFieldAndNoticeComesOutAsItWentIn(String text) {
        Answer answer = answer(text, text, 0.5, State.ACTIVE, Freshness.LIVE);
        assertComesBack(new SearchAnswers(List.of(answer, answer), List.of(text, text), Source.TEXTS, 0));
    }

    @Test
    void everyStateAndFigureComesOutAsItWentIn() {
        for (State state : State.values()) {
            for (Freshness freshness : Freshness.values()) {
                assertComesBack(new SearchAnswers(
                        List.of(answer("mission", "x", 0.1 + 0.2, state, freshness)), List.of(), Source.TEXTS, 0));
            }
        }
        for (double figure : new double[] {0, -0.0, 1e-300, Double.MAX_VALUE, Double.NaN}) {
            assertComesBack(new SearchAnswers(
                    List.of(answer("role", "x", figure, State.IDLE, Freshness.LEFT)), List.of("n"), Source.TEXTS, 0));
        }
    }

    @Test
    void nobodyIsAnAnswerToo() {
        assertComesBack(new SearchAnswers(List.of(), List.of("searched by words alone"), Source.COLUMNS, 3));
    }

    @Test
    void whatTellsNoSourceIsOfTexts() {
        assertThat(AnswerLines.read("notice\ta\n"))
                .isEqualTo(new SearchAnswers(List.of(), List.of("a"), Source.TEXTS, 0));
        assertThat(AnswerLines.write(new SearchAnswers(List.of(), List.of("a"), Source.TEXTS, 0)))
                .isEqualTo("notice\ta\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pid\t7",
                "source",
                "source\tRUMOUR",
                "source\tTEXTS\tx",
                "notice",
                "notice\ta\tb",
                "answer",
                "answer\tAgent-7",
                "answer\tA\tx\tWEAK\t0\t0\t0\tIDLE\tLIVE\t1\tf\tt\t1\t2031-05-06T10:05:00Z\tNOW",
                "answer\tA\t1\tSOME\t0\t0\t0\tIDLE\tLIVE\t1\tf\tt\t1\t2031-05-06T10:05:00Z\tNOW"
            })
    void linesThatNoWatchWroteAreRefused(String lines) {
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerLines.read(lines));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "answer\tA\t1\tWEAK\t0\t0\t0\tIDLE\tLIVE\t1\tf\tt\t1\tnoon\tNOW",
                "answer\tno/id\t1\tWEAK\t0\t0\t0\tIDLE\tLIVE\t1\tf\tt\t1\t2031-05-06T10:05:00Z\tNOW"
            })
    void timesAndIdsThatAreNoneAreRefusedTheSameWay(String lines) {
        assertThatIllegalArgumentException().isThrownBy(() -> AnswerLines.read(lines));
    }
}
