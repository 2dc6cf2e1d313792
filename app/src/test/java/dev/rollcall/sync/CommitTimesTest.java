package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommitTimesTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static Commit commit(String id, int daysAgo, String... parents) {
        Instant at = NOW.minusSeconds(86_400L * daysAgo);
        return new Commit(id, List.of(parents), at, at);
    }

    private static List<String> order(CommitTimes times) {
        return times.inOrder().stream().map(Commit::id).toList();
    }

    @Test
    void commitsAreInOrderOfTimeAndParentsBeforeChildren() {
        CommitTimes times = new CommitTimes(
                List.of(
                        commit("root", 9),
                        commit("late", 1, "root"),
                        commit("early", 5, "root"),
                        commit("same", 5, "early")),
                NOW);

        assertThat(order(times)).containsExactly("root", "early", "same", "late");
        assertThat(times.adjusted()).isZero();
    }

    @Test
    void aCommitBeforeItsParentsCountsAsMadeWithTheLatestOfThem() {
        Commit child = commit("child", 99, "left", "right");
        CommitTimes times = new CommitTimes(List.of(commit("left", 8), commit("right", 6), child), NOW);

        assertThat(times.at(child)).isEqualTo(commit("", 6).at());
        assertThat(times.adjusted()).isEqualTo(1);
    }

    @Test
    void aCommitAfterNowCountsAsMadeWithItsParentsAndMovesNoChildOfIts() {
        Commit future = commit("future", -700, "root");
        Commit child = commit("child", 3, "future");
        CommitTimes times = new CommitTimes(List.of(commit("root", 9), future, child), NOW);

        assertThat(times.at(future)).isEqualTo(commit("", 9).at());
        assertThat(times.at(child)).isEqualTo(child.at());
        assertThat(times.adjusted()).isEqualTo(1);
        assertThat(order(times)).containsExactly("root", "future", "child");
    }

    @Test
    void aRootAfterNowCountsAsMadeWithTheEarliestCommitThatIsNot() {
        Commit root = commit("root", -1);
        CommitTimes times = new CommitTimes(List.of(root, commit("child", 3, "root")), NOW);

        assertThat(times.at(root)).isEqualTo(commit("", 3).at());
        assertThat(order(times)).containsExactly("root", "child");
        assertThat(new CommitTimes(List.of(root), NOW).at(root)).isEqualTo(NOW);
    }

    @Test
    void aParentThatIsNotThereIsNoParent() {
        Commit cut = commit("cut", 3, "beyond");

        assertThat(new CommitTimes(List.of(cut), NOW).at(cut)).isEqualTo(cut.at());
    }
}
