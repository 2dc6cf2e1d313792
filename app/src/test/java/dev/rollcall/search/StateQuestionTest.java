package dev.rollcall.search;

import static dev.rollcall.document.State.ACTIVE;
import static dev.rollcall.document.State.BLOCKED;
import static dev.rollcall.document.State.COMPLETE;
import static dev.rollcall.document.State.ERROR;
import static dev.rollcall.document.State.IDLE;
import static dev.rollcall.document.State.WAITING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.State;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StateQuestionTest {
    @ParameterizedTest
    @CsvSource({
        "is anyone blocked, BLOCKED",
        "who's stuck?, BLOCKED",
        "are there any blockers right now, BLOCKED",
        "Who is idle?, IDLE",
        "which agents are free, IDLE COMPLETE",
        "who could take on something new today, IDLE COMPLETE",
        "who can start another task immediately, IDLE COMPLETE",
        "who is idle or finished, IDLE COMPLETE",
        "whose mission is complete, COMPLETE",
        "who is waiting for approval, WAITING",
        "who reports an error, ERROR",
        "who is in error, ERROR",
        "which agents have errors, ERROR",
        "list agents with blockers, BLOCKED",
        "does anybody report a blocker, BLOCKED",
        "blocked agents, BLOCKED",
        "idle, IDLE",
        "who is on hold, WAITING",
        "who is free for a new mission, IDLE COMPLETE",
        "who could start on a new job, IDLE COMPLETE",
        "has anyone failed, ERROR",
        "what agents are offline, OFFLINE",
        "Tell me who is stuck, BLOCKED",
        "show me everyone who is busy, ACTIVE"
    })
    void whatTheColumnsAnswerIsRecognised(String question, String states) {
        List<State> expected =
                Arrays.stream(states.split(" ")).map(State::valueOf).toList();
        StateQuestion recognised = StateQuestion.in(question).orElseThrow();
        assertThat(State.values())
                .allSatisfy(state ->
                        assertThat(recognised.isAnsweredBy(state, List.of())).isEqualTo(expected.contains(state)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "who",
                "who is blocked by the API key",
                "who is not blocked",
                "is nobody idle",
                "who is working on the parser",
                "who finished the migration",
                "who is waiting for the signing key",
                "who reviews and approves",
                "who fixes broken builds",
                "who can start the cluster",
                "who takes on-call",
                "free disk space on the runners",
                "who shut down the mainframe",
                "error reporting",
                "Write error reporting for the crane",
                "who is working on errors",
                "who is working on the status report",
                "who is working on something new",
                "show errors",
                "error",
                "blockers",
                "who fixes errors",
                "who reports on errors",
                "who is busy with errors",
                "who is blocked by an error",
                "who is in error reporting",
                "Pending review",
                "task completed",
                "mission status",
                "who completed the reporting task",
                "who finished another task",
                "who is running the new job",
                "who stops errors",
                "who knows what is broken",
                "is it done",
                "is the swarm down",
                "who was blocked",
                "who is waiting for errors",
                "who is available for code review",
                "new task",
                "hold"
            })
    void whatATextAnswersIsLeftToTheTexts(String question) {
        assertThat(StateQuestion.in(question)).isEmpty();
    }

    @Test
    void anAgentWithBlockersIsBlockedWhateverItsState() {
        StateQuestion blocked = StateQuestion.in("who is blocked").orElseThrow();
        assertThat(blocked.isAnsweredBy(ACTIVE, List.of("no key"))).isTrue();
        assertThat(blocked.isAnsweredBy(BLOCKED, List.of())).isTrue();
        assertThat(blocked.isAnsweredBy(ACTIVE, List.of())).isFalse();
    }

    @Test
    void activeAndBlockedAsksForBoth() {
        StateQuestion both =
                StateQuestion.in("who is active and still reports a blocker").orElseThrow();
        assertThat(both.isAnsweredBy(ACTIVE, List.of("no key"))).isTrue();
        assertThat(both.isAnsweredBy(ACTIVE, List.of())).isFalse();
        assertThat(both.isAnsweredBy(BLOCKED, List.of("no key"))).isFalse();
        assertThat(StateQuestion.in("who is active or blocked").orElseThrow().isAnsweredBy(ACTIVE, List.of()))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "who is blocked, Nobody is BLOCKED and nobody reports a blocker",
        "who is idle, Nobody is IDLE",
        "who is free, Nobody is IDLE or COMPLETE",
        "who is active and still reports a blocker, Nobody is ACTIVE and BLOCKED"
    })
    void nobodyIsAnAnswerAboutStates(String question, String answer) {
        assertThat(StateQuestion.in(question).orElseThrow().isNobody()).isEqualTo(answer);
    }

    @Test
    void severalStatesAskForAnyOfThem() {
        StateQuestion several =
                StateQuestion.in("who is idle, waiting or failed").orElseThrow();
        assertThat(several.isAnsweredBy(IDLE, List.of())).isTrue();
        assertThat(several.isAnsweredBy(WAITING, List.of())).isTrue();
        assertThat(several.isAnsweredBy(ERROR, List.of())).isTrue();
        assertThat(several.isAnsweredBy(COMPLETE, List.of())).isFalse();
    }
}
