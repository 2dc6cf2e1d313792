package dev.rollcall.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.sync.FileChanges.Coverage;
import dev.rollcall.sync.FileChanges.Hints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@link dev.rollcall.sync.FileChanges} promises, of the system's own events over a real folder. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FolderEventsTest {
    private static final AgentId ADA = new AgentId("Ada");
    private static final AgentId BOB = new AgentId("Bob");
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    private Path root;
    private FolderEvents events;

    @BeforeEach
    void watchAda() throws IOException {
        root = Files.createDirectory(folder.resolve("agent_workspaces"));
        write(ADA, "1");
        events = new FolderEvents(new WorkspacesFolder(root));
        events.watch(List.of(ADA));
    }

    @AfterEach
    void close() {
        events.close();
    }

    @Test
    void writingReplacingAndRemovingAStatusIsHintedAt() throws Exception {
        write(ADA, "2");
        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);

        Path next = Files.writeString(folder.resolve("next"), "3");
        Files.move(next, file(ADA), StandardCopyOption.ATOMIC_MOVE);
        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);

        Files.delete(file(ADA));
        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);
    }

    @Test
    void otherFilesBesideAStatusAreNoHint() throws Exception {
        Files.writeString(file(ADA).resolveSibling("notes.md"), "mine");
        Files.writeString(file(ADA).resolveSibling("status_backup.json"), "{}");

        assertThat(events.next(Duration.ofMillis(200))).isEqualTo(Hints.NONE);
        write(ADA, "2");
        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);
    }

    @Test
    void aNewFolderIsHintedAtAndWatchedFromThenOn() throws Exception {
        write(BOB, "1");
        hintsUntil(BOB);
        drain();

        write(BOB, "2");

        assertThat(hintsUntil(BOB).agents()).containsExactly(BOB);
        assertThat(events.coverage()).isEqualTo(new Coverage(2, 0, 0, null));
    }

    @Test
    void aFolderThatIsMovedAwayAndReplacedIsWatchedAgain() throws Exception {
        Files.move(root.resolve("Ada"), folder.resolve("away"));
        write(ADA, "new");
        hintsUntil(ADA);
        drain();

        write(ADA, "newer");

        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);
    }

    @Test
    void aRootInWhosePlaceAnotherOneCameIsWatchedAfterTheNextCall() throws Exception {
        Files.move(root, folder.resolve("away"));
        Files.createDirectory(root);
        write(BOB, "1");
        events.watch(List.of(BOB));
        drain();

        AgentId eve = new AgentId("Eve");
        write(eve, "1");
        hintsUntil(eve);
        write(BOB, "2");
        hintsUntil(BOB);

        assertThat(events.coverage().isComplete()).isTrue();
    }

    @Test
    void aFolderThatCanNotBeWatchedIsToldAndTheOthersAreWatched() throws Exception {
        Files.createSymbolicLink(root.resolve("Loop"), Path.of("Loop"));

        events.watch(List.of(ADA, new AgentId("Loop")));

        Coverage coverage = events.coverage();
        assertThat(coverage.isComplete()).isFalse();
        assertThat(coverage.unwatched()).isEqualTo(1);
        assertThat(coverage.reason()).contains("1 folders can not be watched");
        write(ADA, "2");
        hintsUntil(ADA);
    }

    @Test
    void afterTheRootWasExchangedTheSameAgentsAreWatchedInTheNewOne() throws Exception {
        Files.move(root, folder.resolve("away"));
        write(ADA, "other");
        events.watch(List.of(ADA));
        drain();

        write(ADA, "2");

        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);
    }

    @Test
    void aFolderBehindALinkIsToldToBeUnwatched() throws Exception {
        Files.createSymbolicLink(root.resolve("Bob"), root.resolve("Ada"));

        events.watch(List.of(ADA, BOB));

        assertThat(events.coverage().unwatched()).isEqualTo(1);
        assertThat(events.coverage().reason()).contains("behind a link");
        drain();
        write(ADA, "2");
        assertThat(hintsUntil(ADA).agents()).containsExactly(ADA);
    }

    @Test
    void moreChangesThanTheSystemKeepsLoseNoAgent() throws Exception {
        List<AgentId> many =
                IntStream.range(0, 40).mapToObj(i -> new AgentId("Agent-" + i)).toList();
        for (AgentId agent : many) {
            write(agent, "0");
        }
        events.watch(many);
        drain();
        for (int version = 1; version <= 600; version++) {
            for (AgentId agent : many) {
                write(agent, String.valueOf(version));
            }
        }

        Set<AgentId> hinted = new HashSet<>();
        boolean isEverywhere = false;
        for (Hints hints = events.next(PATIENCE);
                !hints.equals(Hints.NONE);
                hints = events.next(Duration.ofMillis(200))) {
            hinted.addAll(hints.agents());
            isEverywhere |= hints.isEverywhere();
        }

        assertThat(isEverywhere || hinted.containsAll(many)).isTrue();
    }

    private Path file(AgentId agent) {
        return root.resolve(agent.value()).resolve("status.json");
    }

    private void write(AgentId agent, String text) throws IOException {
        Files.createDirectories(file(agent).getParent());
        Files.writeString(file(agent), text);
    }

    private Hints hintsUntil(AgentId agent) {
        Hints hints = events.next(PATIENCE);
        while (!hints.agents().contains(agent)) {
            assertThat(hints).as("no hint at " + agent).isNotEqualTo(Hints.NONE);
            hints = events.next(PATIENCE);
        }
        return hints;
    }

    private void drain() {
        while (!events.next(Duration.ofMillis(200)).equals(Hints.NONE)) {
            assertThat(events.coverage()).isNotNull();
        }
    }
}
