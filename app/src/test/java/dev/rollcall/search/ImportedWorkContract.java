package dev.rollcall.search;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.Origin;
import dev.rollcall.roll.PastVersion;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What {@link RollArchive#keepWork} promises, sentence by sentence. A backend only subclasses this. */
public abstract class ImportedWorkContract extends PassageSetup {
    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    /** Of the commit whose number is the minute, and the tasks it tells. */
    private static PastVersion version(int minute, String... tasks) {
        return new PastVersion(
                AGENT,
                minute(minute),
                document(minute, tasks).content(),
                columns(minute),
                Origin.commit("%040x".formatted(minute)),
                null,
                new PastVersion.Writing(minute(minute), 0));
    }

    private static PastVersion beside(PastVersion version) {
        return new PastVersion(
                version.agent(),
                version.at(),
                version.content(),
                version.columns(),
                version.origin().besideLine(),
                version.follows(),
                version.writing());
    }

    private void archive(PastVersion... versions) {
        backend.archiveOf(store).archive(List.of(versions), List.of(), Durability.AT_ONCE);
    }

    private void keepWork() {
        backend.archiveOf(store).keepWork(List.of(AGENT));
    }

    /** Each text of past work with the minute of the version it came from and the minute it was gone. */
    private List<String> past(String... current) {
        take(AGENT, current);
        assertThat(stored().past()).allMatch(StoredAgent.PastRow::isAsItLeft);
        return passages.of(AGENT).stream()
                .filter(passage -> passage.when() == When.BEFORE)
                .map(passage -> passage.text() + " " + minuteOf(passage.revision()) + "-" + minuteOf(passage.at()))
                .sorted()
                .toList();
    }

    private StoredAgent stored() {
        return store.stored(AGENT).orElseThrow();
    }

    private static long minuteOf(Instant time) {
        return Duration.between(NOON, time).toMinutes();
    }

    private long minuteOf(long revision) {
        return backend.queryOf(store).history(AGENT).stream()
                .filter(version -> version.revision() == revision)
                .map(version -> minuteOf(version.observedAt()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void textsOfImportedVersionsArePastWorkWithTheLastRevisionThatHadThem() {
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy"), version(20, "tidy", "sweep"), version(30, "sweep"));
        assertThat(queue.size()).isZero();

        keepWork();

        assertThat(queue.queued(null, 9)).containsExactly(AGENT);
        assertThat(past("mend")).containsExactly("sweep 30-60", "tidy 20-30");
        FoundPassage tidy = found(AGENT, "tidy");
        assertThat(tidy.embedding()).isEqualTo(vectorOf("tidy"));
        assertThat(tidy.at()).isEqualTo(minute(30));
        assertThat(byWords("sweep")).containsExactly("sweep");
    }

    @Test
    void whatStandsInTheDocumentIsNoPastWorkAndTextsThatOnlyALookGaveAreLeftAlone() {
        record(AGENT, minute(40), "mend", "knit");
        recordAndTake(AGENT, minute(60), "mend", "tidy");
        backend.sql("DELETE FROM past_passages");
        archive(version(10, "tidy"), version(20, "sweep", "mend"));

        keepWork();

        assertThat(past("mend", "tidy")).containsExactly("sweep 20-40");
    }

    @Test
    void aSecondCallAddsNothingAndQueuesNobody() {
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy"), version(20, "sweep"));
        keepWork();
        take(AGENT, "mend");
        StoredAgent before = stored();

        keepWork();

        assertThat(stored()).isEqualTo(before);
        assertThat(queue.size()).isZero();
    }

    @Test
    void inWhateverOrderVersionsComeInItIsTheSame() {
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy", "sweep"), version(40, "paint"));
        keepWork();
        assertThat(past("mend")).containsExactly("paint 40-60", "sweep 10-40", "tidy 10-40");

        archive(version(20, "tidy"), version(50, "knit"));
        keepWork();

        assertThat(past("mend")).containsExactly("knit 50-60", "paint 40-50", "sweep 10-20", "tidy 20-40");
        assertThat(found(AGENT, "tidy").embedding()).isEqualTo(vectorOf("tidy"));
    }

    @Test
    void aTextThatIsKnownToHaveLeftLaterStaysAsItIs() {
        record(AGENT, minute(40), "mend");
        record(AGENT, minute(50), "mend", "tidy");
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy"), version(20, "sweep"));

        keepWork();

        assertThat(past("mend")).containsExactly("sweep 20-40", "tidy 50-60");
    }

    @Test
    void anAgentWithoutARowGetsItsPastWorkWithItsRow() {
        archive(version(10, "tidy"), version(20, "sweep", "mend"));
        keepWork();
        assertThat(stored().past()).isEmpty();
        assertThat(queue.size()).isZero();

        record(AGENT, minute(60), "mend", "paint");

        assertThat(past("mend", "paint")).containsExactly("sweep 20-60", "tidy 10-20");
        keepWork();
        assertThat(queue.size()).isZero();
    }

    @Test
    void whatWasOnlySaidBesideTheLineIsNoPastWorkAndGoesWhereItWas() {
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy"), beside(version(20, "sweep")), version(30, "paint"));
        keepWork();
        assertThat(past("mend")).containsExactly("paint 30-60", "tidy 10-30");

        archive(version(20, "sweep"), beside(version(30, "paint")));
        keepWork();

        assertThat(past("mend")).containsExactly("sweep 20-60", "tidy 10-20");
        assertThat(passages.byWords(List.of("paint"), 9).frequencies()).containsEntry("paint", 0L);
    }

    @Test
    void whatLeftAmongVersionsThatWereThinnedOutStaysOut() {
        Stream.of(1, 2, 3).forEach(hour -> archive(version(60 * hour, "task " + hour)));
        recordAndTake(AGENT, minute(60 * 60), "mend");
        keepWork();
        assertThat(past("mend")).containsExactly("task 1 60-120", "task 2 120-180", "task 3 180-3600");

        backend.upkeepOf(store).thin(AGENT, minute(48 * 60));
        assertThat(stored().past()).hasSize(1);
        keepWork();

        assertThat(past("mend")).containsExactly("task 3 180-3600");
    }

    @Test
    void aTextThatComesBackTakesItsVectorWithIt() {
        recordAndTake(AGENT, minute(60), "mend");
        archive(version(10, "tidy"));
        keepWork();
        take(AGENT, "mend");

        record(AGENT, minute(70), "mend", "tidy");
        assertThat(bring(AGENT, "mend", "tidy")).isEmpty();

        assertThat(found(AGENT, "tidy").when()).isEqualTo(When.NOW);
        keepWork();
        assertThat(stored().past()).isEmpty();
    }
}
