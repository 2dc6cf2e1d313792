package dev.rollcall.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.app.Scope;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What the record hears of a write, whatever becomes of it. */
class WriteAttemptTest {
    private final List<String> heard = new ArrayList<>();

    private String attempt(Function<Consumer<String>, String> work) {
        ToolCaller caller = new ToolCaller(
                new Scope.Agent(new AgentId("Agent-7")),
                (verb, agent, outcome) -> heard.add(verb + " " + agent + " " + outcome));
        return new WriteAttempt(caller, "add-task", Map.of()).answer(work);
    }

    @Test
    void aBugHasItsOutcomeToo() {
        for (Throwable bug : List.of(new IllegalStateException("a bug"), new StackOverflowError())) {
            heard.clear();
            assertThatThrownBy(() -> attempt(written -> {
                        throw thrown(bug);
                    }))
                    .isSameAs(bug);
            assertThat(heard).containsExactly("add-task Agent-7 asked", "add-task Agent-7 bug");
        }
    }

    private static RuntimeException thrown(Throwable bug) {
        if (bug instanceof Error error) {
            throw error;
        }
        return (RuntimeException) bug;
    }

    @Test
    void whatFailsAfterItIsWrittenIsWritten() {
        assertThatThrownBy(() -> attempt(written -> {
                    written.accept("written as revision 3");
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");
        assertThat(heard).containsExactly("add-task Agent-7 asked", "add-task Agent-7 written as revision 3");
    }

    @Test
    void whatCanNotBeLoggedIsNotBegun() {
        ToolCaller caller = new ToolCaller(new Scope.Captain(), (verb, agent, outcome) -> {
            throw new ProblemException(ProblemCode.WORKSPACE_UNREADABLE, "no line", "");
        });
        assertThatThrownBy(() -> new WriteAttempt(caller, "add-task", Map.of()).answer(written -> {
                    heard.add("begun");
                    return "";
                }))
                .hasMessageContaining("no line");
        assertThat(heard).isEmpty();
    }
}
