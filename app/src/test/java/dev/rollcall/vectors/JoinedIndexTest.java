package dev.rollcall.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.search.JoinedIndex;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndexContract;
import java.util.List;
import org.junit.jupiter.api.Test;

class JoinedIndexTest extends PassageIndexContract {
    private final ExactIndex settled = new ExactIndex(DIMENSION);

    @Override
    protected PassageIndex index() {
        return new JoinedIndex(settled, new ExactIndex(DIMENSION));
    }

    @Test
    void whatBothHaveIsToldOnceAndTakesNobodysPlace() {
        try (PassageIndex index = index()) {
            settled.add(List.of(numbered(1, WEST), numbered(2, NORTH)));
            index.add(List.of(numbered(3, EAST), numbered(4, NORTH_EAST)));
            settled.add(List.of(numbered(3, EAST)));

            assertThat(numbers(index.nearest(EAST, 3))).containsExactly(3L, 4L, 2L);
        }
    }
}
