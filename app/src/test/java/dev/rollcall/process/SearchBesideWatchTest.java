package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watch makes agents findable and answers for the commands. Where these run there is no model, so that what they know of
 * meaning is the watch's.
 */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SearchBesideWatchTest {
    private static final String MODELS = "rollcall.models";
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration PROMISED = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    private Swarm swarm;
    private Process watch;
    private @Nullable String before;

    @BeforeEach
    void start() throws Exception {
        swarm = new Swarm(folder);
        swarm.write("Ada", document("ACTIVE", "Repair the broken login of the web shop"));
        swarm.write("Bo", document("ACTIVE", "Water the tomatoes"));
        watch = swarm.start("watch");
        before = System.setProperty(MODELS, folder.resolve("nothing").toString());
        eventually(SOON, () -> assertThat(swarm.runHere("doctor").out()).contains("2 folders watched"));
    }

    @AfterEach
    void end() {
        watch.destroyForcibly();
        withModel();
    }

    private void withModel() {
        if (before == null) {
            System.clearProperty(MODELS);
        } else {
            System.setProperty(MODELS, before);
        }
    }

    private static String document(String status, String task) {
        return "{\"status\":\"" + status + "\",\"current_tasks\":[\"" + task + "\"]}";
    }

    private List<FoundPassage> passages(String agent) {
        try (SqlStore store = swarm.store()) {
            return store.passages().of(new AgentId(agent));
        }
    }

    @Test
    void theWatchMakesChangesFindableAnswersForTheCommandsAndIsNotNeeded() throws Exception {
        eventually(SOON, () -> {
            Shell.Result found = swarm.runHere("search", "who fixes signing in");
            assertThat(found.err()).isEmpty();
            assertThat(found.exitCode()).as(found.toString()).isZero();
            assertThat(found.out()).startsWith("Ada ");
        });

        Manner.REPLACE.write(swarm.file("Bo"), document("ACTIVE", "Move the customer tables to PostgreSQL"));
        eventually(
                PROMISED,
                () -> assertThat(passages("Bo"))
                        .as("without anybody asking")
                        .anyMatch(passage ->
                                passage.text().startsWith("Move the customer") && passage.embedding() != null));
        Shell.Result changed = swarm.runHere("search", "--json", "who migrates databases");
        assertThat(changed.err()).isEmpty();
        assertThat(changed.out()).contains("\"hits\":[{\"agent_id\":\"Bo\",").doesNotContain("\"similarity\":0.000");
        assertThat(swarm.runHere("similar", "Bo", "--json").out()).contains("\"agent_id\":\"Ada\"");
        Shell.Result unknown = swarm.runHere("similar", "Boo");
        assertThat(unknown.exitCode()).isEqualTo(1);
        assertThat(unknown.err()).contains("Bo");

        swarm.write("Cleo", document("IDLE", "Rest"));
        assertThat(swarm.runHere("start-mission", "--agent", "Cleo", "Fix the login of our web shop, it is broken")
                        .err())
                .contains("warning: Ada is ACTIVE at the same work: Repair the broken login of the web shop;");

        // SIGKILL: what the watch held open or leaves behind must not keep the commands from their answer.
        watch.destroyForcibly().waitFor();

        assertThat(swarm.runHere("search", "who migrates databases").err()).contains("searched by words alone");
        withModel();
        Shell.Result alone = swarm.runHere("search", "who migrates databases");
        assertThat(alone.err()).isEmpty();
        assertThat(alone.out()).startsWith("Bo ");
    }
}
