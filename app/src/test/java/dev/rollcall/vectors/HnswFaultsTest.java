package dev.rollcall.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.files.ChildJvm;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.PassageIndex.Numbered;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder that something happened to. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HnswFaultsTest {
    private static final int DIMENSION = 380;
    private static final int SIZE = 2_500;
    private static final List<Numbered> VECTORS = AddingProcess.vectors(DIMENSION, 1, SIZE);
    private static final Embedding ASKED = VECTORS.get(1_000).embedding();

    /** The folder of an index with all the vectors, to be copied: it takes long to fill one. */
    @TempDir
    private static Path sound;

    @TempDir
    Path parent;

    private Path folder;

    @BeforeAll
    static void fillOne() {
        try (HnswIndex index = HnswIndex.open(sound, DIMENSION)) {
            index.add(VECTORS);
        }
    }

    @BeforeEach
    void name() {
        folder = parent.resolve("index");
    }

    @FunctionalInterface
    private interface Damage {
        void to(Path file) throws IOException;
    }

    @Test
    void aMissingFolderIsAnEmptyIndexThatCanBeFilled() {
        try (HnswIndex index = open()) {
            assertThat(index.nearest(ASKED, 5)).isEmpty();
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    @Test
    void aFolderThatCanNotBeMadeIsAProblem() throws IOException {
        Files.writeString(folder, "a file");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(this::open)
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));
    }

    @Test
    void aFolderThatIsDeletedUnderTheIndexIsAnEmptyOneThatCanBeFilledAnew() throws IOException {
        try (HnswIndex index = open()) {
            index.add(VECTORS.subList(0, 2_000));
            deleteFolder();

            assertThat(index.nearest(ASKED, 5)).isEmpty();
            assertThat(index.newest()).isZero();
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    @Test
    void whoAddsWithoutAskingIsToldThatTheFolderWasDeletedAndLeavesNoGap() throws IOException {
        try (HnswIndex index = open()) {
            index.add(VECTORS.subList(0, 2_000));
            deleteFolder();

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> index.add(VECTORS.subList(2_000, SIZE)))
                    .satisfies(
                            thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));
            assertThat(index.newest()).isZero();
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    @Test
    void aReaderSurvivesTheDeletionAndSeesWhatIsFilledAnew() throws IOException {
        try (HnswIndex reading = open()) {
            try (HnswIndex adding = open()) {
                adding.add(VECTORS.subList(0, 10));
                assertThat(reading.size()).isEqualTo(10);
            }
            deleteFolder();
            assertThat(reading.nearest(ASKED, 5)).isEmpty();
            try (HnswIndex adding = open()) {
                adding.add(VECTORS);
                assertIsRight(reading);
            }
        }
    }

    @Test
    void anyFileCutShortMakesAnEmptyIndexOrIsNotNeeded() throws IOException {
        afterEach(file -> {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.setLength(bytes.length() / 2);
            }
        });
    }

    @Test
    void garbageInAnyFileMakesAnEmptyIndexOrIsNotNeeded() throws IOException {
        afterEach(file -> {
            try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                bytes.seek(bytes.length() / 2);
                bytes.write("garbage".getBytes(StandardCharsets.UTF_8));
            }
        });
    }

    @Test
    void aSingleMissingFileMakesAnEmptyIndexOrIsNotNeeded() throws IOException {
        afterEach(Files::delete);
    }

    @Test
    void filesCutShortUnderAnOpenIndexNeverReachTheSearcher() throws IOException {
        try (HnswIndex index = open()) {
            index.add(VECTORS);
            // The commit and its list of segments stay, so that only the search finds out.
            for (Path file : files(folder)) {
                if (file.toString().endsWith(".cfs")) {
                    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
                        bytes.setLength(0);
                    }
                }
            }

            assertThat(index.nearest(ASKED, SIZE)).isEmpty();
            assertThat(index.newest()).isZero();
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    @Test
    void theFolderOfAnotherDimensionIsAnEmptyIndex() {
        try (HnswIndex index = open()) {
            index.add(VECTORS);
        }
        Embedding other = Embedding.of(new float[] {1, 2, 3});
        try (HnswIndex index = HnswIndex.open(folder, 3)) {
            assertThat(index.nearest(other, 5)).isEmpty();
            assertThat(index.newest()).isZero();
            index.add(List.of(new Numbered(4, other)));
            assertThat(index.nearest(other, 5)).containsExactly(new Near(4, other.cosine(other)));
        }
        try (HnswIndex index = open()) {
            assertThat(index.size()).isZero();
        }
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("segments_1"), "garbage");

        try (HnswIndex index = open()) {
            index.add(VECTORS);
            assertIsRight(index);
        }

        assertThat(folder.resolve("notes.txt")).hasContent("mine");
    }

    @Test
    void whileAnotherProcessAddsThisOneReadsAndAddsOnceThatOneHasEnded() throws Exception {
        Process other = ChildJvm.start(AddingProcess.class, folder.toString(), "" + DIMENSION);
        try (HnswIndex index = open();
                BufferedReader said = other.inputReader()) {
            tell(other, "10");
            assertThat(said.readLine()).isEqualTo("10");
            assertThat(index.newest()).isEqualTo(10);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> index.add(VECTORS))
                    .satisfies(
                            thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));

            tell(other, "2100");
            assertThat(said.readLine()).isEqualTo("2100");
            assertThat(index.nearest(ASKED, 1)).containsExactly(new Near(1_001, ASKED.cosine(ASKED)));

            other.destroyForcibly().waitFor();
            index.add(VECTORS);
            assertIsRight(index);
        } finally {
            other.destroyForcibly();
        }
    }

    @Test
    void aFolderThatAnotherProcessFilledAnewBelongsToThatOne() throws Exception {
        try (HnswIndex index = open()) {
            index.add(VECTORS.subList(0, 10));
            deleteFolder();
            Process other = ChildJvm.start(AddingProcess.class, folder.toString(), "" + DIMENSION);
            try (BufferedReader said = other.inputReader()) {
                tell(other, "2100");
                assertThat(said.readLine()).isEqualTo("2100");

                assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> index.add(VECTORS));
                assertThat(index.nearest(ASKED, 1)).containsExactly(new Near(1_001, ASKED.cosine(ASKED)));
                tell(other, "2200");
                assertThat(said.readLine()).isEqualTo("2200");
                assertThat(index.newest()).isEqualTo(2_200);
            } finally {
                other.destroyForcibly().waitFor();
            }
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    @Test
    void whatAKilledProcessHadAddedIsThereWithoutAGap() throws Exception {
        Process other = ChildJvm.start(AddingProcess.class, folder.toString(), "" + DIMENSION);
        long said = 0;
        try (BufferedReader lines = other.inputReader()) {
            tell(other, "on");
            for (int i = 0; i < 12; i++) {
                said = Long.parseLong(lines.readLine());
            }
        } finally {
            other.destroyForcibly().waitFor();
        }
        try (HnswIndex index = open()) {
            long newest = index.newest();
            assertThat(newest).isGreaterThanOrEqualTo(said);
            assertThat(index.nearest(ASKED, SIZE).stream().map(Near::number))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, newest).boxed().toList());
            index.add(VECTORS);
            assertIsRight(index);
        }
    }

    private HnswIndex open() {
        return HnswIndex.open(folder, DIMENSION);
    }

    private static void tell(Process process, String line) throws IOException {
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
    }

    /** Each file of an index in turn: afterwards the index is as it was or empty, and can be filled. */
    private void afterEach(Damage damage) throws IOException {
        List<Near> all = VECTORS.stream()
                .map(vector -> new Near(vector.number(), ASKED.cosine(vector.embedding())))
                .sorted(Comparator.comparingDouble(Near::cosine).reversed().thenComparingLong(Near::number))
                .toList();
        int damaged = 0;
        for (Path file : files(sound)) {
            String name = file.getFileName().toString();
            copySound();
            if (Files.size(folder.resolve(name)) == 0) {
                continue;
            }
            damage.to(folder.resolve(name));
            damaged++;
            try (HnswIndex index = open()) {
                assertThat(index.newest()).as(name).isIn(0L, (long) SIZE);
                assertThat(index.nearest(ASKED, SIZE)).as(name).isIn(List.of(), all);
                index.add(VECTORS);
                assertIsRight(index);
            }
        }
        assertThat(damaged).isGreaterThan(2);
    }

    private void copySound() throws IOException {
        if (Files.exists(folder)) {
            deleteFolder();
        }
        Files.createDirectory(folder);
        for (Path file : files(sound)) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.toString().endsWith(".lock")).toList();
        }
    }

    private void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void assertIsRight(HnswIndex index) {
        assertThat(index.newest()).isEqualTo(SIZE);
        assertThat(index.size()).isEqualTo(SIZE);
        assertThat(index.nearest(ASKED, 1)).containsExactly(new Near(1_001, ASKED.cosine(ASKED)));
    }
}
