package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.Overlaps.Found;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who does the same, among many who say much the same. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class OverlapsTest {
    private static final int MANY = 2_500;

    private final LettersEmbedder embedder = new LettersEmbedder();
    private final Map<AgentId, List<FoundPassage>> texts = new TreeMap<>();

    @AfterEach
    void close() {
        embedder.close();
    }

    private void add(String agent, String... tasks) {
        AgentId id = new AgentId(agent);
        for (String task : tasks) {
            texts.computeIfAbsent(id, one -> new ArrayList<>())
                    .add(new FoundPassage(
                            1, id, "current_task", task, 1, Instant.EPOCH, When.NOW, embedder.embed(task)));
        }
    }

    private Found found() {
        RollPassages passages = (RollPassages) Proxy.newProxyInstance(
                RollPassages.class.getClassLoader(),
                new Class<?>[] {RollPassages.class},
                (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("of");
                    return Objects.requireNonNull(texts.get((AgentId) arguments[0]));
                });
        return new Overlaps(passages).among(texts.keySet());
    }

    private static List<String> agents(Found found) {
        return found.pairs().stream()
                .map(pair -> pair.first().agent() + " " + pair.second().agent())
                .toList();
    }

    /** A word of letters that no other number has. */
    private static String word(int number) {
        return Integer.toString(number, 36).replaceAll("\\d", "x") + "q".repeat(1 + number % 7) + letters(number);
    }

    private static String letters(int number) {
        return number == 0 ? "" : letters(number / 26) + (char) ('a' + number % 26);
    }

    @Test
    void whatManySayButForANumberIsNoWork() {
        for (int i = 0; i < MANY; i++) {
            add("Agent-" + i, "Process shard " + i + " of the nightly data set", "Tick 2031-05-0" + i % 10 + "T10:00Z");
        }
        add("Ada", "Mend the north gate");
        add("Bo", "Mending the north gate");

        Found found = found();

        assertThat(agents(found)).containsExactly("Ada Bo");
        assertThat(found.more()).isZero();
    }

    @Test
    void ofVeryManyPairsTheLikestAreKeptAndTheOthersCounted() {
        for (int i = 0; i < MANY; i++) {
            add("Agent-" + i, "Process the shard " + word(i) + " of the nightly data set in the warehouse");
        }
        add("Ada", "Mend the north gate by the mill");
        add("Bo", "Mend the north gate by the mill");

        Found found = found();

        assertThat(found.pairs()).hasSize(Overlaps.MOST);
        assertThat(agents(found)).contains("Ada Bo").doesNotHaveDuplicates();
        assertThat(found.pairs())
                .isSortedAccordingTo(
                        Comparator.comparingDouble(Overlaps.Pair::score).reversed());
        assertThat(found.more()).isBetween(1_000_000L, MANY * (MANY - 1L) / 2 + 1 - Overlaps.MOST);
    }

    @Test
    void aTicketThatTwoNameIsWorkHoweverManyWorkOnTickets() {
        for (int i = 0; i < 10; i++) {
            add("Agent-" + i, "Work on LIFT-" + (400 + i));
        }
        add("Ada", "Work on LIFT-404");

        assertThat(agents(found())).containsExactly("Ada Agent-4");
    }

    @Test
    void threeMayShareATextAndItsNumbersAndFourMayNot() {
        add("A", "Sweep yard 1");
        add("B", "Sweep yard 2");
        add("C", "Sweep the yard 3");
        assertThat(found().pairs()).hasSize(3);

        add("D", "sweep YARD 4");
        add("E", "Sweep yard");
        assertThat(found().pairs()).isEmpty();
    }

    @Test
    void anAgentsLikestTextsMakeThePair() {
        add("A", "Mend the gate of the north wall", "Bake brown bread");
        add("B", "Mend the gates of the northern walls", "Bake the brown bread", "Bake brown bread");

        assertThat(found().pairs()).singleElement().satisfies(pair -> {
            assertThat(pair.first().text()).isEqualTo("Bake brown bread");
            assertThat(pair.second().text()).isEqualTo("Bake brown bread");
            assertThat(pair.score()).isEqualTo(1);
        });
    }
}
