package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentIdTest {
    @Test
    void idsAreOrderedAsPeopleCount() {
        List<String> ordered = List.of("Agent-1", "Agent-1a", "Agent-2", "Agent-10", "Agent-10b", "Agent-SQA-2", "zz");

        assertThat(ordered.reversed().stream().map(AgentId::new).sorted().map(AgentId::value))
                .isEqualTo(ordered);
    }

    @Test
    void theOrderIsTotalAndAgreesWithEquality() {
        long seed = 20_251_015;
        Random random = new Random(seed);
        List<AgentId> ids = Stream.generate(() -> random(random)).limit(300).toList();
        for (AgentId a : ids) {
            for (AgentId b : ids) {
                assertThat(Integer.signum(a.compareTo(b)))
                        .as("%s and %s, seed %s", a, b, seed)
                        .isEqualTo(-Integer.signum(b.compareTo(a)));
                assertThat(a.compareTo(b) == 0)
                        .as("%s and %s, seed %s", a, b, seed)
                        .isEqualTo(a.equals(b));
            }
        }
        List<AgentId> sorted = ids.stream().sorted().toList();
        assertThat(sorted).as("seed " + seed).isSortedAccordingTo(Comparator.naturalOrder());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Agent-7", "agent_5", "1", "Æsir 3", "代理", "-x", "a.b", "console", "com10"})
    void theseAreIds(String value) {
        assertThat(new AgentId(value).value()).isEqualTo(value);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ".",
                "..",
                "a/b",
                "a\\b",
                "a\u0000b",
                "a\u200bb",
                "\u202ea",
                " a",
                "a ",
                "CON",
                "nul.json",
                ".git",
                ".rollcall"
            })
    void theseAreNot(String value) {
        assertThatThrownBy(() -> new AgentId(value))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.INVALID_AGENT_ID));
    }

    private static AgentId random(Random random) {
        String alphabet = "01a-";
        StringBuilder id = new StringBuilder("x");
        for (int i = random.nextInt(6); i > 0; i--) {
            id.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return new AgentId(id.toString());
    }
}
