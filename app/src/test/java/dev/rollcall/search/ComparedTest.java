package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparedTest {
    @ParameterizedTest
    @CsvSource({
        "who tests like Agent-8, Agent-8",
        "who tests like agent-8?, Agent-8",
        "who besides Agent-SRE-1 cut the costs, Agent-SRE-1",
        "who works on the same thing as Agent_3, Agent-3"
    })
    void whoStandsForAComparisonIsNoAnswer(String question, AgentId agent) {
        assertThat(Compared.in(question)).accepts(agent);
    }

    @ParameterizedTest
    @CsvSource({
        "who tests like Agent-8, Agent-7",
        "who tests like Agent-81, Agent-8",
        "who tests like Agent-SRE-1, Agent-1",
        "is Agent-8 at work on the login, Agent-8",
        "whatever looks like a leak, Agent-8"
    })
    void whoeverElseIsNamedMayBeOne(String question, AgentId agent) {
        assertThat(Compared.in(question)).rejects(agent);
    }
}
