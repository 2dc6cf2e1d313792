package dev.rollcall.git;

import static dev.rollcall.git.CommittedRepository.Change.delete;
import static dev.rollcall.git.CommittedRepository.Change.write;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.Commit;
import dev.rollcall.sync.CommittedVersions.Changed;
import dev.rollcall.sync.CommittedVersions.ChangedFile;
import dev.rollcall.sync.CommittedVersions.Content;
import dev.rollcall.sync.CommittedVersions.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GitHistoryTest {
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    private static final String SEVEN = "agent_workspaces/Agent-7/status.json";
    private static final int LIMIT = 1000;

    @TempDir
    private Path folder;

    private CommittedRepository repository;
    private GitHistory history;

    @BeforeEach
    void makeRepository() {
        repository = new CommittedRepository(folder.resolve("ship"));
    }

    @AfterEach
    void close() {
        if (history != null) {
            history.close();
        }
    }

    private GitHistory history() {
        return history(repository.folder);
    }

    private GitHistory history(Path of) {
        close();
        history = new GitHistory(of, LIMIT);
        return history;
    }

    private List<String> told() {
        return history().changes(history.commits()).files().stream()
                .map(file -> file.path() + " " + text(file))
                .toList();
    }

    private String text(ChangedFile file) {
        return switch (file.state()) {
            case State.Gone gone -> "gone";
            case State.Odd odd -> "odd";
            case State.Held held ->
                history.content(held.content()) instanceof Content.Bytes content
                        ? new String(content.bytes(), UTF_8)
                        : "?";
        };
    }

    @Test
    void commitsOfAllBranchesAreListedParentsBeforeChildren() {
        int root = repository.commit("main", NOON, write(SEVEN, "1"));
        int left = repository.commit("left", NOON.plusSeconds(1), write(SEVEN, "2"), root);
        int right = repository.commit("right", NOON.plusSeconds(2), write(SEVEN, "3"), root);
        int merge = repository.commit("right", NOON.plusSeconds(3), write(SEVEN, "4"), right, left);
        repository.done();

        List<Commit> commits = history().commits();

        assertThat(commits).hasSize(4);
        assertThat(commits.getFirst()).isEqualTo(new Commit(repository.id(root), List.of(), NOON, NOON));
        assertThat(commits.getLast())
                .isEqualTo(new Commit(
                        repository.id(merge),
                        List.of(repository.id(right), repository.id(left)),
                        NOON.plusSeconds(3),
                        NOON.plusSeconds(3)));
    }

    @Test
    void theAuthorsTimeStandsBesideTheCommitters() {
        repository.commit("main", NOON, write(SEVEN, "1").writtenAt(NOON.minusSeconds(77)));
        repository.done();

        assertThat(history().commits().getFirst().writtenAt()).isEqualTo(NOON.minusSeconds(77));
    }

    @Test
    void theHeadIsTheCommitThatIsCheckedOutIfAnyIs() {
        repository.commit("side", NOON, write(SEVEN, "1"));
        repository.done();
        assertThat(history().head()).isEmpty();

        int main = repository.commit("main", NOON, write(SEVEN, "2"));
        repository.done();
        assertThat(history().head()).contains(repository.id(main));
    }

    @Test
    void aDetachedHeadIsAmongThemAndAStashIsNot() {
        repository.commit("main", NOON, write(SEVEN, "1"));
        repository.done();
        repository.git("config", "user.name", "Keeper");
        repository.git("config", "user.email", "keeper@lighthouse.example");
        repository.git("checkout", "-q", "-f", "main");
        repository.git("checkout", "-q", "--detach");
        repository.git("commit", "-q", "--allow-empty", "-m", "adrift");
        repository.git("checkout", "-q", "--detach", "HEAD");
        writeFile(repository.folder.resolve(SEVEN), "taken back");
        repository.git("stash", "-q");

        assertThat(history().commits()).hasSize(2);
    }

    @Test
    void aMergeTellsWhatItChangedAgainstItsFirstParent() {
        int root = repository.commit(NOON, write(SEVEN, "1").and("agent_workspaces/Agent-8/status.json", "8"));
        int left = repository.commit(NOON.plusSeconds(1), write(SEVEN, "2"), root);
        int right = repository.commit(NOON.plusSeconds(2), write("agent_workspaces/Agent-8/status.json", "88"), root);
        int merge = repository.commit(NOON.plusSeconds(3), write(SEVEN, "2"), right, left);
        repository.done();

        Commit last = history().commits().getLast();

        assertThat(last.id()).isEqualTo(repository.id(merge));
        assertThat(history.changes(List.of(last)).files())
                .extracting(ChangedFile::path)
                .containsExactly(SEVEN);
    }

    @Test
    void filesOfEveryFolderAreToldWithWhatBecameOfThem() {
        int first = repository.commit(
                NOON, write(SEVEN, "one").and("status.json", "nobody's").and("notes.txt", "x"));
        int second = repository.commit(NOON.plusSeconds(1), write("old/Æ 8/status.json", "two"), first);
        repository.commit(NOON.plusSeconds(2), delete(SEVEN), second);
        repository.done();

        assertThat(told())
                .containsExactlyInAnyOrder(
                        SEVEN + " one", "status.json nobody's", "old/Æ 8/status.json two", SEVEN + " gone");
    }

    @Test
    void aLinkIsOdd() throws IOException {
        repository.git("config", "user.name", "Keeper");
        repository.git("config", "user.email", "keeper@lighthouse.example");
        Path agent = Files.createDirectories(repository.folder.resolve("agent_workspaces/Agent-7"));
        Files.createSymbolicLink(agent.resolve("status.json"), Path.of("elsewhere"));
        repository.git("add", "-A");
        repository.git("commit", "-q", "-m", "link");

        assertThat(told()).containsExactly(SEVEN + " odd");
    }

    @Test
    void contentOverTheLimitIsNotRead() {
        repository.commit(NOON, write(SEVEN, "x".repeat(LIMIT + 1)));
        repository.commit(NOON, write(SEVEN, "x".repeat(LIMIT)));
        repository.done();

        assertThat(history().changes(history.commits()).files())
                .extracting(file -> history.content(((State.Held) file.state()).content()))
                .hasAtLeastOneElementOfType(Content.Bytes.class)
                .contains(new Content.TooLarge(LIMIT + 1, LIMIT));
    }

    @Test
    void whatTheRepositoryDoesNotHaveIsMissingAndTheRestIsTold() throws IOException {
        int first = repository.commit(NOON, write(SEVEN, "one"));
        int second = repository.commit(NOON.plusSeconds(1), write(SEVEN, "two"), first);
        int third = repository.commit(NOON.plusSeconds(2), write(SEVEN, "three"), second);
        repository.done().unpack();
        Files.delete(repository.looseObject(
                repository.git("rev-parse", repository.id(second) + ":" + SEVEN).getFirst()));

        assertThat(told()).containsExactly(SEVEN + " one", SEVEN + " ?", SEVEN + " three");

        Files.delete(repository.looseObject(repository
                .git("rev-parse", repository.id(third) + ":agent_workspaces")
                .getFirst()));
        Changed changed = history().changes(history.commits());
        assertThat(changed.files()).hasSize(2);
        assertThat(changed.unreadable()).containsExactly(repository.id(third));
    }

    @Test
    void contentThatIsDamagedIsMissingAndTheNextIsRead() throws IOException {
        int first = repository.commit(NOON, write(SEVEN, "one"));
        repository.commit(NOON.plusSeconds(1), write(SEVEN, "two"), first);
        repository.done().unpack();
        Path damaged = repository.looseObject(
                repository.git("rev-parse", repository.id(first) + ":" + SEVEN).getFirst());
        Files.setPosixFilePermissions(damaged, PosixFilePermissions.fromString("rw-------"));
        Files.writeString(damaged, "rust");

        assertThat(told()).containsExactly(SEVEN + " ?", SEVEN + " two");
    }

    @Test
    void aMissingCommitIsToldBeforeAnythingElse() throws IOException {
        int first = repository.commit(NOON, write(SEVEN, "one"));
        repository.commit(NOON.plusSeconds(1), write(SEVEN, "two"), first);
        repository.done().unpack();
        repository.git("update-ref", "-d", "refs/heads/number-1");
        Files.delete(repository.looseObject(repository.id(first)));

        assertThatThrownBy(() -> history().commits())
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(repository.id(first));
    }

    @Test
    void aShallowCloneTellsWhereItIsCut() {
        int first = repository.commit("main", NOON, write(SEVEN, "one"));
        repository.commit("main", NOON.plusSeconds(1), write(SEVEN, "two"), first);
        repository.done();
        Path clone = folder.resolve("clone");
        repository.git("clone", "-q", "--depth", "1", "file://" + repository.folder, clone.toString());

        assertThat(history().cuts()).isZero();
        assertThat(history(clone).cuts()).isEqualTo(1);
        assertThat(history.commits())
                .singleElement()
                .satisfies(commit -> assertThat(commit.parents()).isEmpty());
        assertThat(told()).isNotEmpty();
    }

    @Test
    void nothingIsFetchedIntoAPartialClone() {
        int first = repository.commit("main", NOON, write(SEVEN, "one"));
        repository.commit("main", NOON.plusSeconds(1), write(SEVEN, "two"), first);
        repository.done();
        repository.git("config", "uploadpack.allowFilter", "true");
        Path clone = folder.resolve("clone");
        repository.git(
                "clone", "-q", "--no-checkout", "--filter=blob:none", "file://" + repository.folder, clone.toString());

        GitHistory partial = history(clone);

        assertThat(partial.changes(partial.commits()).files())
                .hasSize(2)
                .allMatch(file -> partial.content(((State.Held) file.state()).content()) instanceof Content.Missing);
    }

    @Test
    void whatAHostileRepositoryWouldHaveGitRunIsNotRun() throws IOException {
        repository.commit("main", NOON, write(SEVEN, "one").and(".gitattributes", "*.json diff=evil filter=evil"));
        repository.done();
        Path trace = folder.resolve("was-run");
        Path evil = folder.resolve("evil.sh");
        Files.writeString(evil, "#!/bin/sh\ntouch " + trace + "\n");
        Files.setPosixFilePermissions(evil, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (String key : List.of(
                "core.fsmonitor",
                "core.pager",
                "core.sshCommand",
                "diff.external",
                "diff.evil.command",
                "diff.evil.textconv",
                "filter.evil.smudge",
                "gpg.program",
                "uploadpack.packObjectsHook")) {
            repository.git("config", key, evil.toString());
        }
        repository.git("config", "log.showSignature", "true");

        assertThat(told()).containsExactly(SEVEN + " one");
        assertThat(trace).doesNotExist();
    }

    @Test
    void aFoldersPathInTheRepositoryIsKnownWhetherOrNotItIsStillThere() throws IOException {
        Files.createSymbolicLink(folder.resolve("alias"), repository.folder);

        assertThat(history().pathOf(repository.folder)).contains("");
        assertThat(history.pathOf(repository.folder.resolve("no/longer"))).contains("no/longer");
        assertThat(history.pathOf(folder.resolve("alias/crew"))).contains("crew");
        assertThat(history.pathOf(folder.resolve("elsewhere"))).isEmpty();
    }

    @Test
    void aFolderThatIsNoRepositoryIsRefused() throws IOException {
        Path plain = Files.createDirectory(folder.resolve("plain"));

        assertThatThrownBy(() -> history(plain)).hasMessageContaining("not in a git repository");
        assertThatThrownBy(() -> history(folder.resolve("nowhere"))).hasMessageContaining("there is no folder");
    }

    private static void writeFile(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }
}
