package dev.rollcall.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndexContract;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class ExactIndexTest extends PassageIndexContract {
    @Override
    protected PassageIndex index() {
        return new ExactIndex(DIMENSION);
    }

    @Test
    void nothingIsLostWhereChunksMeet() {
        try (PassageIndex index = index()) {
            for (long[] stretch : new long[][] {{1, 4095}, {4096, 4096}, {4097, 9000}}) {
                index.add(LongStream.rangeClosed(stretch[0], stretch[1])
                        .mapToObj(number -> numbered(number, number % 1000 == 96 || number == 9000 ? EAST : NORTH))
                        .toList());
            }

            assertThat(numbers(index.nearest(EAST, 10)))
                    .containsExactly(96L, 1096L, 2096L, 3096L, 4096L, 5096L, 6096L, 7096L, 8096L, 9000L);
            assertThat(index.size()).isEqualTo(9000);
        }
    }
}
