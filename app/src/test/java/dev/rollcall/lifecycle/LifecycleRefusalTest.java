package dev.rollcall.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.files.Workspaces;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a verb refuses, it refuses with a problem that names it, and leaves file and roll alone. */
class LifecycleRefusalTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final Instant NOW = Instant.parse("2025-10-15T12:00:00Z");

    @TempDir
    private Path folder;

    private final RollRecorder roll = new RollRecorder();
    private Workspaces workspaces;
    private AgentLifecycle lifecycle;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
        lifecycle = new AgentLifecycle(
                SEVEN,
                new StatusFiles(workspaces.root(), WorkspacesFolder.DEFAULT_MAX_BYTES),
                roll,
                InstantSource.fixed(NOW));
    }

    @AfterEach
    void theRollHeardNothing() {
        assertThat(roll.versions()).isEmpty();
    }

    @Test
    void addingToAnotherTypeFailsNamesItAndChangesNothing() throws IOException {
        refuses("{\"current_tasks\": {\"a\": 1}}", agent -> agent.addTask("x"), "current_tasks", "object");
        refuses("{\"completed_tasks\": 3}", agent -> agent.completeTask("x"), "completed_tasks", "number");
        refuses("{\"blockers\": \"fog\"}", agent -> agent.addBlocker("x"), "blockers", "text");
        refuses("{\"achievements\": null}", agent -> agent.addAchievement("x"), "achievements", "null");
        refuses("{\"points_earned\": []}", agent -> agent.completeTask("x", 5), "points_earned", "list");
        refuses("{\"points_earned\": \"many\"}", agent -> agent.completeTask("x", 5), "points_earned", "text");
        refuses("{\"cycle_count\": true}", AgentLifecycle::startCycle, "cycle_count", "boolean");
    }

    @Test
    void aNumberOfManyDigitsIsNotSpelledOut() throws IOException {
        refuses("{\"points_earned\": 1e300}", agent -> agent.completeTask("x", 5), "points_earned", "digits");
        refuses("{\"points_earned\": 1e999999999}", agent -> agent.completeTask("x", 5), "points_earned");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> lifecycle.completeTask("x", new BigDecimal("1e999999999")))
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WRONG_USAGE));
    }

    @Test
    void aCycleThatTheRollCouldNotCountIsRefused() throws IOException {
        refuses("{\"cycle_count\": 9223372036854775807}", AgentLifecycle::startCycle, "cycle_count", "exceed");
        refuses(
                "{\"cycles_completed\": 9223372036854775807}",
                AgentLifecycle::startCycle,
                "cycles_completed",
                "exceed");
    }

    @Test
    void aRejectedDocumentIsNeverEdited() throws IOException {
        refuses("{\"a\": 1,\n}", AgentLifecycle::startCycle, "trailing_comma", "line");
        refuses("", AgentLifecycle::startCycle, "empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "\t\n", "half \ud83d"})
    void textThatSaysNothingIsWrongUsageAndCreatesNothing(String text) {
        for (Consumer<AgentLifecycle> verb : List.<Consumer<AgentLifecycle>>of(
                agent -> agent.startMission(text),
                agent -> agent.updatePhase(text),
                agent -> agent.addTask(text),
                agent -> agent.completeTask(text),
                agent -> agent.addBlocker(text),
                agent -> agent.addAchievement(text),
                agent -> agent.setNextActions("fine", text))) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> verb.accept(lifecycle))
                    .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WRONG_USAGE));
        }
        assertThat(workspaces.folder(SEVEN)).doesNotExist();
    }

    @Test
    void noNextActionIsWrongUsage() {
        assertThatExceptionOfType(ProblemException.class).isThrownBy(lifecycle::setNextActions);
        assertThat(workspaces.folder(SEVEN)).doesNotExist();
    }

    @Test
    void prioritiesAreNamedInAnyCase() {
        assertThat(Priority.named("high")).isEqualTo(Priority.HIGH);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> Priority.named("hihg"))
                .satisfies(thrown -> {
                    assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WRONG_USAGE);
                    assertThat(thrown.problem().hint()).contains("HIGH");
                });
    }

    private void refuses(String document, Consumer<AgentLifecycle> verb, String... named) throws IOException {
        workspaces.write(SEVEN, document);
        assertThatExceptionOfType(ProblemException.class)
                .as(document)
                .isThrownBy(() -> verb.accept(lifecycle))
                .satisfies(thrown -> {
                    assertThat(thrown.problem().code()).isEqualTo(ProblemCode.DOCUMENT_NOT_EDITABLE);
                    assertThat(thrown.problem().message()).contains(named);
                });
        assertThat(workspaces.text(SEVEN)).isEqualTo(document);
    }
}
