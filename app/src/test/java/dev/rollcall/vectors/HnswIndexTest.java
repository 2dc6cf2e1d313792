package dev.rollcall.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndexContract;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HnswIndexTest extends PassageIndexContract {
    @TempDir
    Path folder;

    @Override
    protected PassageIndex index() {
        return HnswIndex.open(folder.resolve("index"), DIMENSION);
    }

    @Test
    void whatWasAddedIsThereAfterOpeningAgain() {
        try (PassageIndex index = index()) {
            index.add(List.of(numbered(3, EAST)));
            index.add(List.of(numbered(8, NORTH)));
        }
        try (PassageIndex index = index()) {
            assertThat(index.newest()).isEqualTo(8);
            index.add(List.of(numbered(9, WEST)));
            assertThat(numbers(index.nearest(EAST, 9))).containsExactly(3L, 8L, 9L);
        }
    }

    @Test
    void anotherOpenOneSeesWhatIsAddedAtItsNextCall() {
        try (PassageIndex adding = index();
                PassageIndex reading = index()) {
            adding.add(List.of(numbered(1, EAST)));
            assertThat(numbers(reading.nearest(EAST, 9))).containsExactly(1L);

            adding.add(List.of(numbered(2, NORTH)));
            assertThat(reading.newest()).isEqualTo(2);
            assertThat(reading.size()).isEqualTo(2);
        }
    }

    @Test
    void manySmallCallsLeaveFewFiles() {
        try (PassageIndex index = index()) {
            LongStream.rangeClosed(1, 200).forEach(number -> index.add(List.of(numbered(number, EAST))));
            assertThat(index.size()).isEqualTo(200);
        }
        assertThat(folder.resolve("index").toFile().list()).hasSizeLessThan(60);
    }
}
