package dev.rollcall.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.FileStamp;
import dev.rollcall.sync.StatusSource.Look;
import dev.rollcall.sync.StatusSource.Read;
import dev.rollcall.sync.StatusSource.Scan;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WorkspacesFolderTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final AgentId EIGHT = new AgentId("Agent-8");
    private static final int FOUR_MEBIBYTES = 4 * 1024 * 1024;

    @TempDir
    private Path folder;

    private Workspaces workspaces;
    private WorkspacesFolder source;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
        source = new WorkspacesFolder(workspaces.root());
    }

    @Test
    void aFifoIsListedButNeverOpened() throws IOException {
        Workspaces.fifo(workspaces.file(SEVEN));

        assertThat(source.scan().files()).containsOnlyKeys(SEVEN);
        assertThat(rejection(SEVEN)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
        assertThat(source.look(SEVEN)).isInstanceOf(Look.Present.class);
    }

    @Test
    void aFifoBehindALinkInsideTheRootIsNeverOpened() throws IOException {
        Workspaces.fifo(workspaces.root().resolve("pipes/pipe"));
        Files.createDirectory(workspaces.folder(SEVEN));
        Files.createSymbolicLink(workspaces.file(SEVEN), workspaces.root().resolve("pipes/pipe"));

        assertThat(rejection(SEVEN)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
    }

    @Test
    void aLinkedFileInsideTheRootIsReadAndItsStampFollowsTheTarget() throws IOException {
        workspaces.write(EIGHT, "{\"a\":1}");
        Files.createDirectory(workspaces.folder(SEVEN));
        Files.createSymbolicLink(workspaces.file(SEVEN), Path.of("../Agent-8/status.json"));

        assertThat(text(SEVEN)).isEqualTo("{\"a\":1}");
        String before = stamp(SEVEN).token();
        workspaces.write(EIGHT, "{\"a\":22}");
        assertThat(text(SEVEN)).isEqualTo("{\"a\":22}");
        assertThat(stamp(SEVEN).token()).isNotEqualTo(before);
        assertThat(source.scan().files().get(SEVEN)).isEqualTo(stamp(SEVEN));
    }

    @Test
    void aLinkedFolderInsideTheRootIsAnAgentOfItsOwn() throws IOException {
        workspaces.write(EIGHT, "{\"a\":1}");
        Files.createSymbolicLink(workspaces.folder(SEVEN), Path.of("Agent-8"));

        assertThat(source.scan().files()).containsOnlyKeys(SEVEN, EIGHT);
        assertThat(text(SEVEN)).isEqualTo("{\"a\":1}");
    }

    @Test
    void aRootThatIsItselfALinkCountsAsInside() throws IOException {
        workspaces.write(EIGHT, "{\"a\":1}");
        Files.createSymbolicLink(workspaces.folder(SEVEN), Path.of("Agent-8"));
        Path link = Files.createSymbolicLink(folder.resolve("linked-root"), workspaces.root());

        assertThat(new WorkspacesFolder(link).read(SEVEN)).isInstanceOf(Read.Content.class);
    }

    @Test
    void linksOutOfTheRootAreListedAndRefused() throws IOException {
        Path outside = Files.createDirectory(folder.resolve("agent_workspaces_elsewhere"));
        Files.writeString(outside.resolve("status.json"), "{}");
        Files.createSymbolicLink(workspaces.folder(SEVEN), outside);
        Files.createDirectory(workspaces.folder(EIGHT));
        Files.createSymbolicLink(workspaces.file(EIGHT), outside.resolve("status.json"));

        assertThat(source.scan().files()).containsOnlyKeys(SEVEN, EIGHT);
        assertThat(rejection(SEVEN)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
        assertThat(rejection(EIGHT)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
    }

    @Test
    void circularAndDanglingLinksAreRefused() throws IOException {
        Files.createDirectory(workspaces.folder(SEVEN));
        Files.createSymbolicLink(workspaces.file(SEVEN), Path.of("status.json"));
        Files.createDirectory(workspaces.folder(EIGHT));
        Files.createSymbolicLink(workspaces.file(EIGHT), Path.of("nowhere"));

        assertThat(source.scan().files()).containsOnlyKeys(SEVEN, EIGHT);
        assertThat(rejection(SEVEN)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
        assertThat(rejection(EIGHT)).isEqualTo(RejectionCode.NOT_REGULAR_FILE);
    }

    @Test
    void aFolderThatIsACircularOrDanglingLinkIsNoAgent() throws IOException {
        Files.createSymbolicLink(workspaces.folder(SEVEN), Path.of("Agent-7"));
        Files.createSymbolicLink(workspaces.folder(EIGHT), Path.of("nowhere"));

        assertThat(source.scan()).isEqualTo(new Scan(Map.of(), List.of()));
        assertThat(source.read(SEVEN)).isEqualTo(new Read.Absent());
    }

    @Test
    void plainFilesInTheRootAreNobody() throws IOException {
        Files.writeString(workspaces.root().resolve("README.md"), "who is who");
        Files.writeString(workspaces.root().resolve("status.json"), "{}");

        assertThat(source.scan()).isEqualTo(new Scan(Map.of(), List.of()));
        assertThat(source.look(new AgentId("README.md"))).isEqualTo(new Look.Absent());
    }

    @Test
    void agentsDeeperDownBelongToAnotherRoot() throws IOException {
        Files.createDirectories(workspaces.root().resolve("meeting/agent_workspaces/Agent-1"));
        Files.writeString(workspaces.root().resolve("meeting/agent_workspaces/Agent-1/status.json"), "{}");
        workspaces.write(SEVEN, "{}");
        Files.writeString(workspaces.folder(SEVEN).resolve("status_backup.json"), "{}");

        assertThat(source.scan().files()).containsOnlyKeys(SEVEN);
    }

    @Test
    void exactlyTheLimitIsReadAndOneByteMoreIsRefused() throws IOException {
        workspaces.write(SEVEN, new byte[FOUR_MEBIBYTES]);
        workspaces.write(EIGHT, new byte[FOUR_MEBIBYTES + 1]);

        assertThat(((Read.Content) source.read(SEVEN)).bytes()).hasSize(FOUR_MEBIBYTES);
        assertThat(rejection(EIGHT)).isEqualTo(RejectionCode.TOO_LARGE);
        assertThat(new WorkspacesFolder(workspaces.root(), 10).read(SEVEN)).isInstanceOf(Read.Unacceptable.class);
    }

    @Test
    @Timeout(5)
    void aFileOfTenGigabytesIsRefusedAtOnce() throws IOException {
        Files.createDirectory(workspaces.folder(SEVEN));
        try (RandomAccessFile sparse =
                new RandomAccessFile(workspaces.file(SEVEN).toFile(), "rw")) {
            sparse.setLength(10_000_000_000L);
        }

        assertThat(source.read(SEVEN)).isInstanceOfSatisfying(Read.Unacceptable.class, refused -> {
            assertThat(refused.rejection().code()).isEqualTo(RejectionCode.TOO_LARGE);
            assertThat(refused.rejection().message()).contains("10000000000").contains("4194304");
        });
    }

    @Test
    void foldersThatCanNotBeAgentsAreIgnoredAndNamedSafely() throws IOException {
        workspaces.write(SEVEN, "{}");
        for (String name : List.of("CON", " padded", "red\u001b[31m", "line\nbreak")) {
            Files.createDirectory(workspaces.root().resolve(name));
            Files.writeString(workspaces.root().resolve(name).resolve("status.json"), "{}");
        }
        Files.createDirectory(workspaces.root().resolve(" without a file"));

        Scan scan = source.scan();

        assertThat(scan.files()).containsOnlyKeys(SEVEN);
        assertThat(scan.ignored()).containsExactlyInAnyOrder("CON", " padded", "red\\u001b[31m", "line\\u000abreak");
    }

    @Test
    void aFolderNameThatIsNoTextIsIgnored() throws IOException {
        workspaces.write(SEVEN, "{}");
        Workspaces.run(
                "bash",
                "-c",
                "d=\"$0\"/$'Agent-\\xff' && mkdir \"$d\" && echo {} > \"$d\"/status.json",
                workspaces.root().toString());

        Scan scan = source.scan();

        assertThat(scan.files()).containsOnlyKeys(SEVEN);
        assertThat(scan.ignored()).singleElement().asString().startsWith("Agent-");
    }

    @Test
    void aRootThatIsAFileIsAProblemThatNamesIt() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new WorkspacesFolder(file).scan())
                .withMessageContaining(file.toString())
                .withMessageContaining("not a folder");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> new WorkspacesFolder(file).read(SEVEN))
                .withMessageContaining("not a folder");
    }

    @Test
    void whatMayNotBeReadIsUnreadableAndStaysPresent() throws Exception {
        workspaces.write(SEVEN, "{}");
        Files.setPosixFilePermissions(workspaces.file(SEVEN), PosixFilePermissions.fromString("---------"));
        workspaces.write(EIGHT, "{}");
        Files.setPosixFilePermissions(workspaces.folder(EIGHT), PosixFilePermissions.fromString("---------"));

        assertThat(asNobody("Agent-7", "Agent-8"))
                .containsExactly(
                        "scan Agent-7 Agent-8",
                        "Agent-7 UNREADABLE status.json can not be read: no permission",
                        "Agent-8 UNREADABLE status.json can not be read: no permission");
    }

    @Test
    void aRootThatMayNotBeEnteredIsAProblemAndNobodyHasLeft() throws Exception {
        workspaces.write(SEVEN, "{}");
        Files.setPosixFilePermissions(workspaces.root(), PosixFilePermissions.fromString("r--r--r--"));

        assertThat(asNobody("Agent-7")).containsExactly("problem WORKSPACE_UNREADABLE");
    }

    @Test
    void aFileSystemThatTellsLessIsGoodEnough() throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(folder.resolve("less.zip"), Map.of("create", "true"))) {
            Path file = Files.writeString(zip.getPath("/status.json"), "{}");

            FileFacts facts = FileFacts.of(file, LinkOption.NOFOLLOW_LINKS);

            assertThat(FileFacts.hasUnixAttributes(file)).isFalse();
            assertThat(facts.kind()).isEqualTo(FileFacts.Kind.REGULAR);
            assertThat(facts.size()).isEqualTo(2);
            assertThat(facts.stamp().modifiedAt()).isAfter(Instant.EPOCH);
            assertThat(FileFacts.of(zip.getPath("/")).kind()).isEqualTo(FileFacts.Kind.FOLDER);
        }
    }

    @Test
    void manyAgentsAreAllFound() throws IOException {
        for (int i = 0; i < 1200; i++) {
            workspaces.write(new AgentId("Agent-" + i), "{}");
        }

        Scan scan = source.scan();

        assertThat(scan.files()).hasSize(1200);
        assertThat(scan.files().get(SEVEN)).isEqualTo(stamp(SEVEN));
    }

    private RejectionCode rejection(AgentId agent) {
        return ((Read.Unacceptable) source.read(agent)).rejection().code();
    }

    private String text(AgentId agent) {
        return new String(((Read.Content) source.read(agent)).bytes(), UTF_8);
    }

    private FileStamp stamp(AgentId agent) {
        return ((Look.Present) source.look(agent)).stamp();
    }

    /** Root may read everything, so root lets somebody else look. */
    private List<String> asNobody(String... agents) throws Exception {
        List<String> through = List.of();
        if (System.getProperty("user.name").equals("root")) {
            assumeTrue(Files.isExecutable(Path.of("/usr/bin/setpriv")), "setpriv is needed to test as root");
            through = List.of("/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        String[] arguments = new String[agents.length + 1];
        arguments[0] = workspaces.root().toString();
        System.arraycopy(agents, 0, arguments, 1, agents.length);
        Process child = ChildJvm.start(through, Onlooker.class, arguments);
        List<String> said = child.inputReader().lines().toList();
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Scans and reads, and says what it saw. */
    static final class Onlooker {
        private Onlooker() {}

        public static void main(String[] arguments) {
            WorkspacesFolder source = new WorkspacesFolder(Path.of(arguments[0]));
            try {
                StringBuilder seen = new StringBuilder("scan");
                source.scan().files().keySet().stream()
                        .sorted()
                        .forEach(agent -> seen.append(' ').append(agent));
                System.out.println(seen);
                for (String agent : List.of(arguments).subList(1, arguments.length)) {
                    System.out.println(agent + " " + told(source.read(new AgentId(agent))));
                }
            } catch (ProblemException problem) {
                System.out.println("problem " + problem.problem().code());
            }
        }

        private static String told(Read read) {
            return read instanceof Read.Unacceptable(var rejection, var stamp)
                    ? rejection.code() + " " + rejection.message()
                    : read.toString();
        }
    }
}
