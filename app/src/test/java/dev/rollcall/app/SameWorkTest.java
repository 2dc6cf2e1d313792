package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Freshness;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lookup asks, and of whom. */
class SameWorkTest {
    private static final String WORK = "mend the north gate";

    @TempDir
    private Path folder;

    private Shell shell;
    private final AtomicInteger asked = new AtomicInteger();

    @BeforeEach
    void layOut() {
        shell = new Shell(folder);
        shell.write("Bo", "{\"status\":\"ACTIVE\",\"current_mission\":\"Mend the north gate\"}");
        shell.write("Ida", "{\"status\":\"IDLE\",\"current_mission\":\"Mend the north gate\"}");
        shell.run("sync", "--all");
    }

    private List<Answer> whoIsAt(Rollcall rollcall) {
        return rollcall.searching().whoIsAt(WORK, new AgentId("Bo"));
    }

    /** Stands where a watch would. */
    private ControlSocket watch(Rollcall rollcall) {
        return ControlSocket.open(rollcall.watchPlaces().socket(), request -> {
            asked.incrementAndGet();
            return AnswerLines.write(SearchAnswers.ofTexts(List.of(), List.of()));
        });
    }

    @Test
    void aWatchIsNotAskedWhereNobodyElseIsAtWork() {
        try (Rollcall rollcall = Rollcall.open(shell.root);
                ControlSocket watch = watch(rollcall)) {
            assertThat(watch).isNotNull();
            assertThat(whoIsAt(rollcall)).isEmpty();
            assertThat(asked).hasValue(0);

            shell.run("start-mission", "--agent", "Ada", "North gate mending");
            asked.set(0);
            whoIsAt(rollcall);
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void whoIsFoundIsToldWithHowItIsNow() {
        shell.write("Ada", "{\"status\":\"BLOCKED\",\"current_mission\":\"mend the North_Gate!\"}");
        shell.run("sync", "--all");
        try (Rollcall rollcall = Rollcall.open(shell.root)) {
            assertThat(whoIsAt(rollcall)).singleElement().satisfies(answer -> {
                assertThat(answer.hit().agent()).isEqualTo(new AgentId("Ada"));
                assertThat(answer.state()).hasToString("BLOCKED");
                assertThat(answer.freshness()).isEqualTo(Freshness.LIVE);
            });
        }
    }
}
