package dev.rollcall.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.WriteSteps.Step;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A write that fails or dies at any step leaves the old or the new version, nothing beside it, and a lock that works. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WriteFaultsTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final String OLD = "{\"version\":\"old\"}";
    private static final String NEW = "{\"version\":\"new, and longer than the old one\"}";

    @TempDir
    private Path folder;

    private Workspaces workspaces;

    @BeforeEach
    void makeRoot() {
        workspaces = Workspaces.in(folder);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CREATE_FOLDER")
    void aFailureLeavesAnExistingFileOldOrNew(Step step) throws IOException {
        workspaces.write(SEVEN, OLD);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> write(workspaces.root(), failingAt(step), NEW))
                .withMessageContaining("disk trouble")
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));

        assertThat(workspaces.text(SEVEN)).isEqualTo(step == Step.SYNC_FOLDER ? NEW : OLD);
        assertNothingIsLeftBehindAndWritingWorks();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COPY_MODE")
    void aFailureLeavesANewAgentWithoutAFolderOrComplete(Step step) throws IOException {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> write(workspaces.root(), failingAt(step), NEW))
                .withMessageContaining("disk trouble");

        if (step == Step.SYNC_FOLDER) {
            assertThat(workspaces.text(SEVEN)).isEqualTo(NEW);
        } else {
            assertThat(workspaces.folder(SEVEN)).doesNotExist();
        }
        assertNothingIsLeftBehindAndWritingWorks();
    }

    @Test
    void whenRenamingAcrossFoldersIsImpossibleTheTemporaryFileIsBesideTheTarget() throws IOException {
        workspaces.write(SEVEN, OLD);
        List<List<String>> seen = new ArrayList<>();
        WriteSteps once = step -> {
            if (step == Step.RENAME) {
                seen.add(workspaces.content(SEVEN));
                if (seen.size() == 1) {
                    throw new AtomicMoveNotSupportedException("here", "there", "cross-device link");
                }
            }
        };

        write(workspaces.root(), once, NEW);

        assertThat(workspaces.text(SEVEN)).isEqualTo(NEW);
        assertThat(seen).hasSize(2);
        assertThat(seen.getFirst()).containsExactly("status.json");
        assertThat(seen.getLast())
                .hasSize(2)
                .first()
                .asString()
                .startsWith(".status.json.")
                .endsWith(".tmp");
        assertNothingIsLeftBehindAndWritingWorks();
    }

    @Test
    void whatAnAgentWritesRightBeforeARemovalIsLeft() throws IOException {
        workspaces.write(SEVEN, OLD);

        assertThat(isRemoved(step -> {
                    if (step == Step.RENAME) {
                        workspaces.write(SEVEN, NEW);
                    }
                }))
                .isFalse();

        assertThat(workspaces.text(SEVEN)).isEqualTo(NEW);
        assertNothingIsLeftBehindAndWritingWorks();
    }

    @ParameterizedTest
    @EnumSource(names = {"RENAME", "SYNC_FOLDER"})
    void aFailureLeavesTheFileOrRemovesIt(Step step) throws IOException {
        workspaces.write(SEVEN, OLD);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> isRemoved(failingAt(step)))
                .withMessageContaining("disk trouble");

        assertThat(Files.exists(workspaces.file(SEVEN))).isEqualTo(step == Step.RENAME);
        assertThat(workspaces.state().resolve("tmp")).isEmptyDirectory();
        assertThat(isRemoved(WriteSteps.UNDISTURBED)).isTrue();
    }

    private boolean isRemoved(WriteSteps steps) {
        return new StatusFiles(new WorkspacesFolder(workspaces.root()), steps, Duration.ofSeconds(30))
                .hold(SEVEN, held -> held.remove(OLD.getBytes(UTF_8)));
    }

    @Test
    void aFailureBesideTheTargetLeavesNothingThereEither() throws IOException {
        workspaces.write(SEVEN, OLD);
        WriteSteps neverRenames = step -> {
            if (step == Step.RENAME) {
                throw new AtomicMoveNotSupportedException("here", "there", "disk trouble");
            }
        };

        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> write(workspaces.root(), neverRenames, NEW));

        assertThat(workspaces.text(SEVEN)).isEqualTo(OLD);
        assertNothingIsLeftBehindAndWritingWorks();
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatDiesLeavesOldOrNewOrNothing(Step step) throws Exception {
        boolean isNew = step == Step.CREATE_FOLDER;
        if (!isNew) {
            workspaces.write(SEVEN, OLD);
        }

        Process child = ChildJvm.start(Mortal.class, workspaces.root().toString(), step.name());
        assertThat(child.waitFor()).isEqualTo(Mortal.EXIT);

        if (isNew) {
            assertThat(workspaces.file(SEVEN)).doesNotExist();
        } else {
            assertThat(workspaces.text(SEVEN)).isEqualTo(step == Step.SYNC_FOLDER ? NEW : OLD);
            assertThat(workspaces.content(SEVEN)).containsExactly("status.json");
        }
        write(workspaces.root(), WriteSteps.UNDISTURBED, "{}");
        assertThat(workspaces.text(SEVEN)).isEqualTo("{}");
    }

    @Test
    void aWriterKilledAtAnyMomentIsNeverSeenHalf() throws Exception {
        long seed = 20251015;
        Random random = new Random(seed);
        workspaces.write(SEVEN, Tireless.document(0));
        for (int round = 0; round < 8; round++) {
            Process child = ChildJvm.start(Tireless.class, workspaces.root().toString());
            assertThat(child.inputReader().readLine()).isEqualTo("writing");
            long end =
                    System.nanoTime() + random.nextLong(Duration.ofMillis(200).toNanos());
            int readings = 0;
            do {
                if (System.nanoTime() - end > 0) {
                    child.destroyForcibly();
                }
                assertThat(workspaces.text(SEVEN))
                        .as("round %s of seed %s, reading %s", round, seed, readings++)
                        .satisfiesAnyOf(
                                text -> assertThat(text).isEqualTo(Tireless.document(0)),
                                text -> assertThat(text).isEqualTo(Tireless.document(1)));
            } while (child.isAlive());
            assertThat(workspaces.content(SEVEN)).containsExactly("status.json");
        }
        write(workspaces.root(), WriteSteps.UNDISTURBED, NEW);
        assertThat(workspaces.text(SEVEN)).isEqualTo(NEW);
    }

    private static void write(Path root, WriteSteps steps, String text) {
        new StatusFiles(new WorkspacesFolder(root), steps, Duration.ofSeconds(30)).hold(SEVEN, held -> {
            held.replace(text.getBytes(UTF_8));
            return text;
        });
    }

    private static WriteSteps failingAt(Step failing) {
        return step -> {
            if (step == failing) {
                throw new IOException("disk trouble at " + step);
            }
        };
    }

    private void assertNothingIsLeftBehindAndWritingWorks() throws IOException {
        if (Files.exists(workspaces.folder(SEVEN))) {
            assertThat(workspaces.content(SEVEN)).containsExactly("status.json");
        }
        assertThat(workspaces.state().resolve("tmp")).isEmptyDirectory();
        write(workspaces.root(), WriteSteps.UNDISTURBED, "{}");
        assertThat(workspaces.text(SEVEN)).isEqualTo("{}");
    }

    /** Dies right before a step, as by SIGKILL: nothing is cleaned up. */
    static final class Mortal {
        static final int EXIT = 99;

        private Mortal() {}

        public static void main(String[] arguments) {
            Step last = Step.valueOf(arguments[1]);
            write(
                    Path.of(arguments[0]),
                    step -> {
                        if (step == last) {
                            Runtime.getRuntime().halt(EXIT);
                        }
                    },
                    NEW);
        }
    }

    /** Writes until it is killed. */
    static final class Tireless {
        private Tireless() {}

        static String document(int kind) {
            return kind == 0 ? "a".repeat(6_000) : "b".repeat(100_000);
        }

        public static void main(String[] arguments) {
            System.out.println("writing");
            for (int i = 0; ; i++) {
                write(Path.of(arguments[0]), WriteSteps.UNDISTURBED, document(i % 2));
            }
        }
    }
}
