package dev.rollcall.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.StatusCommit.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GitStatusCommitTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final String MESSAGE = "status: Agent-7 cycle 3 complete";

    @TempDir
    private Path repository;

    private Path root;
    private Path file;
    private GitStatusCommit commit;

    @BeforeEach
    void makeRepository() throws Exception {
        root = Files.createDirectories(repository.resolve("agent_workspaces"));
        file = Files.createDirectory(root.resolve("Agent-7")).resolve("status.json");
        Files.writeString(file, "{\"cycle_count\": 3}\n");
        git("init", "-q");
        git("config", "user.name", "Keeper");
        git("config", "user.email", "keeper@lighthouse.example");
        commit = new GitStatusCommit(root);
    }

    @Test
    void theFileIsCommittedUnderTheMessage() throws Exception {
        assertThat(commit.commit(SEVEN, MESSAGE)).isEqualTo(new Outcome.Committed());

        assertThat(git("log", "--format=%s", "--name-only"))
                .containsExactly(MESSAGE, "", "agent_workspaces/Agent-7/status.json");
    }

    @Test
    void nothingElseIsCommittedAndWhatIsStagedStaysStaged() throws Exception {
        Files.writeString(repository.resolve("staged.txt"), "not yet");
        Files.writeString(file.resolveSibling("notes.md"), "mine");
        git("add", "staged.txt");

        assertThat(commit.commit(SEVEN, MESSAGE)).isEqualTo(new Outcome.Committed());

        assertThat(git("show", "--format=", "--name-only")).containsExactly("agent_workspaces/Agent-7/status.json");
        assertThat(git("status", "--porcelain"))
                .containsExactly("A  staged.txt", "?? agent_workspaces/Agent-7/notes.md");
    }

    @Test
    void aSecondCommitOfTheSameFileFails() {
        commit.commit(SEVEN, MESSAGE);

        assertThat(commit.commit(SEVEN, MESSAGE)).isInstanceOf(Outcome.Failed.class);
    }

    @Test
    void aMissingFileAndAMissingRepositoryAreFailuresWithACause() throws Exception {
        assertThat(commit.commit(new AgentId("Agent-8"), MESSAGE)).isInstanceOf(Outcome.Failed.class);
        Files.move(repository.resolve(".git"), repository.resolve("no-longer-git"));

        assertThat(commit.commit(SEVEN, MESSAGE))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).contains("git repository"));
        assertThat(file).hasContent("{\"cycle_count\": 3}");
    }

    @Test
    void whatAHookSaysIsToldOnOneSafeLine() throws Exception {
        hook("echo 'not today'; printf '\\033[31mred\\033[0m\\n' >&2; exit 1");

        assertThat(commit.commit(SEVEN, MESSAGE))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause())
                                .contains("not today", "\\u001b[31mred")
                                .doesNotContain("\n", "\u001b"));
        assertThat(file).hasContent("{\"cycle_count\": 3}");
    }

    @Test
    void aHookThatHangsIsStopped() throws Exception {
        hook("sleep 600");

        Outcome outcome = new GitStatusCommit(root, Duration.ofMillis(1500)).commit(SEVEN, MESSAGE);

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).contains("did not end"));
    }

    @Test
    void anotherCommitInProgressIsWaitedFor() throws Exception {
        Path lock = Files.createFile(repository.resolve(".git/index.lock"));
        assertThat(new GitStatusCommit(root, Duration.ofSeconds(3)).commit(SEVEN, MESSAGE))
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.cause()).contains("index.lock"));

        CompletableFuture<Outcome> waiting = CompletableFuture.supplyAsync(() -> commit.commit(SEVEN, MESSAGE));
        Set<Long> tries = new HashSet<>();
        while (tries.size() < 2 && !waiting.isDone()) {
            ProcessHandle.current().children().forEach(git -> tries.add(git.pid()));
        }
        Files.delete(lock);

        assertThat(waiting.get()).isEqualTo(new Outcome.Committed());
    }

    @Test
    void aLinksTargetIsWhatIsCommitted() throws Exception {
        Path alias = Files.createDirectory(root.resolve("Agent-8"));
        Files.createSymbolicLink(alias.resolve("status.json"), Path.of("../Agent-7/status.json"));

        assertThat(commit.commit(new AgentId("Agent-8"), MESSAGE)).isEqualTo(new Outcome.Committed());

        assertThat(git("show", "--format=", "--name-only")).containsExactly("agent_workspaces/Agent-7/status.json");
    }

    private void hook(String script) throws IOException {
        Path hook = Files.createDirectories(repository.resolve(".git/hooks")).resolve("pre-commit");
        Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private List<String> git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
