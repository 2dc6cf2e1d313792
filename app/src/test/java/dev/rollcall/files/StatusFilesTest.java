package dev.rollcall.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StatusFilesTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");

    @TempDir
    private Path folder;

    private Workspaces workspaces;
    private StatusFiles files;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
        files = new StatusFiles(workspaces.root(), WorkspacesFolder.DEFAULT_MAX_BYTES);
    }

    @Test
    void rollcallsOwnFolderIsPrivateAndIgnoresItselfInGit() throws IOException {
        replace("{}");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspaces.state())))
                .isEqualTo("rwx------");
        assertThat(workspaces.state().resolve(".gitignore")).hasContent("*");
        assertThat(workspaces.state().resolve("tmp")).isEmptyDirectory();
    }

    @Test
    void aFolderThatOthersMayEnterIsClosedToThem() throws IOException {
        Files.createDirectory(workspaces.state());
        Files.setPosixFilePermissions(workspaces.state(), PosixFilePermissions.fromString("rwxr-xr-x"));

        replace("{}");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspaces.state())))
                .isEqualTo("rwx------");
    }

    @Test
    void theFolderIsBesideTheRealPlaceOfALinkedRoot() throws IOException {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("agents"), workspaces.root());

        assertThat(new StateFolder(link).resolve("x"))
                .isEqualTo(folder.toRealPath().resolve(".rollcall/x"));
        assertThat(new StateFolder(elsewhere.resolve("not-yet")).resolve("x"))
                .isEqualTo(elsewhere.resolve(".rollcall/x"));
    }

    @Test
    void somethingElseInItsPlaceIsAProblem() throws IOException {
        Files.writeString(workspaces.state(), "a file");

        assertProblem(ProblemCode.WORKSPACE_UNREADABLE, ".rollcall");
        assertThat(workspaces.folder(SEVEN)).doesNotExist();
    }

    @Test
    void nothingButTheFileIsEverLeftInAnAgentsFolder() throws IOException {
        replace("{\"a\":1}");
        replace("{\"a\":2}");

        assertThat(workspaces.content(SEVEN)).containsExactly("status.json");
    }

    @Test
    void aNewFileGetsTheModeOfAnyNewFile() throws IOException {
        Path usual = Files.createFile(folder.resolve("usual"));

        replace("{}");

        assertThat(Files.getPosixFilePermissions(workspaces.file(SEVEN)))
                .isEqualTo(Files.getPosixFilePermissions(usual));
    }

    @Test
    void anotherFileSystemForTemporaryFilesIsNoObstacle() throws IOException {
        Path other = Path.of("/dev/shm");
        assumeTrue(
                Files.isWritable(other) && !Files.getFileStore(other).equals(Files.getFileStore(folder)),
                "a second file system is needed");
        Path far = Files.createTempDirectory(other, "rollcall-test");
        try {
            Files.createSymbolicLink(workspaces.state(), far);
            workspaces.write(SEVEN, "{\"old\":true}");
            Files.setPosixFilePermissions(workspaces.file(SEVEN), PosixFilePermissions.fromString("rw-r-----"));

            replace("{\"new\":true}");

            assertThat(workspaces.text(SEVEN)).isEqualTo("{\"new\":true}");
            assertThat(workspaces.content(SEVEN)).containsExactly("status.json");
            assertThat(far.resolve("tmp")).isEmptyDirectory();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(workspaces.file(SEVEN))))
                    .isEqualTo("rw-r-----");
        } finally {
            Workspaces.removeTree(far);
        }
    }

    @Test
    void temporaryFilesOfKilledWritersAreRemovedAfterAnHour() throws IOException {
        replace("{}");
        Path old = Files.writeString(workspaces.state().resolve("tmp/status.1-1.tmp"), "{");
        Path recent = Files.writeString(workspaces.state().resolve("tmp/status.1-2.tmp"), "{");
        Instant now = Files.getLastModifiedTime(recent).toInstant();
        Files.setLastModifiedTime(old, FileTime.from(now.minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(recent, FileTime.from(now.minus(Duration.ofMinutes(59))));

        replace("{}");

        assertThat(old).doesNotExist();
        assertThat(recent).exists();
    }

    @Test
    void aDocumentOverTheLimitIsNeitherReadNorWritten() throws IOException {
        files = new StatusFiles(workspaces.root(), 10);
        workspaces.write(SEVEN, "0123456789");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> replace("0123456789+"))
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.DOCUMENT_NOT_EDITABLE));
        assertThat(workspaces.text(SEVEN)).isEqualTo("0123456789");
        workspaces.write(SEVEN, "0123456789+");
        assertProblem(ProblemCode.WORKSPACE_UNREADABLE, "at most 10 bytes");
    }

    @Test
    void aFolderThatIsAFileOrLeadsOutsideIsRefused() throws IOException {
        Files.writeString(workspaces.folder(SEVEN), "a file");
        assertProblem(ProblemCode.WORKSPACE_UNREADABLE, "no folder");
        Files.delete(workspaces.folder(SEVEN));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createSymbolicLink(workspaces.folder(SEVEN), outside);

        assertProblem(ProblemCode.WORKSPACE_UNREADABLE, "out of the workspaces root");
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void anotherProcessIsWaitedForAndALockThatIsNeverFreeIsNamed() throws Exception {
        Process other = ChildJvm.start(Holder.class, workspaces.root().toString());
        try (BufferedReader says = other.inputReader()) {
            assertThat(says.readLine()).isEqualTo("held");
            files = new StatusFiles(
                    new WorkspacesFolder(workspaces.root()), WriteSteps.UNDISTURBED, Duration.ofMillis(200));
            assertProblem(ProblemCode.WORKSPACE_UNREADABLE, ".lock was not free for 200 ms");

            files = new StatusFiles(workspaces.root(), WorkspacesFolder.DEFAULT_MAX_BYTES);
            other.getOutputStream().write('\n');
            other.getOutputStream().flush();
            replace("{\"mine\":true}");

            assertThat(says.readLine()).isEqualTo("wrote");
            assertThat(workspaces.text(SEVEN)).isEqualTo("{\"mine\":true}");
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void theLockOfAKilledProcessIsFree() throws Exception {
        Process other = ChildJvm.start(Holder.class, workspaces.root().toString());
        try (BufferedReader says = other.inputReader()) {
            assertThat(says.readLine()).isEqualTo("held");
            other.destroyForcibly().waitFor();

            replace("{\"mine\":true}");

            assertThat(workspaces.text(SEVEN)).isEqualTo("{\"mine\":true}");
        }
    }

    @Test
    void holdingTwiceInOneThreadIsABug() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> files.hold(SEVEN, one -> files.hold(SEVEN, other -> "never")));
        replace("{}");
        assertThat(workspaces.file(SEVEN)).hasContent("{}");
    }

    private void replace(String text) {
        files.hold(SEVEN, held -> {
            held.replace(text.getBytes(UTF_8));
            return text;
        });
    }

    private void assertProblem(ProblemCode code, String part) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> files.hold(SEVEN, held -> {
                    held.read();
                    held.replace("{}".getBytes(UTF_8));
                    return "";
                }))
                .withMessageContaining(part)
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(code));
    }

    /** Holds the lock until it is told to write. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) {
            new StatusFiles(Path.of(arguments[0]), WorkspacesFolder.DEFAULT_MAX_BYTES).hold(SEVEN, held -> {
                System.out.println("held");
                try {
                    System.in.read();
                } catch (IOException failure) {
                    throw new IllegalStateException(failure);
                }
                held.replace("{\"theirs\":true}".getBytes(UTF_8));
                System.out.println("wrote");
                return "";
            });
        }
    }
}
