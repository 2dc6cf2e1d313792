package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult.Rejected;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.sync.StatusSource.Read;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The accept rule, without files or time. */
class SettlerTest {
    private static final Instant NOW = Instant.parse("2025-10-15T12:00:00Z");
    private static final Instant JUST_NOW = NOW.minusMillis(5);
    private static final Instant LONG_AGO = NOW.minusSeconds(3);
    private static final Settler.Again NEVER = new Again(SettlerTest::noReading, SettlerTest::noStamp);

    @Test
    void aDocumentThatReadsTheSameTwiceIsSettled() {
        Seen seen =
                Settler.judge(content("{\"status\":\"IDLE\"}", JUST_NOW), again("{\"status\":\"IDLE\"}"), null, NOW);

        assertThat(seen).isInstanceOfSatisfying(Seen.Settled.class, settled -> {
            assertThat(settled.document().text()).isEqualTo("{\"status\":\"IDLE\"}");
            assertThat(settled.at()).isEqualTo(NOW);
        });
    }

    @Test
    void aDocumentThatChangesBetweenTheTwoReadingsIsWaitedFor() {
        Seen seen =
                Settler.judge(content("{\"status\":\"IDLE\"}", JUST_NOW), again("{\"status\":\"ACTIVE\"}"), null, NOW);

        assertThat(seen).isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void aDocumentAtRestIsReadOnceAndLookedAtAgain() {
        Settler.Again untouched = new Again(SettlerTest::noReading, () -> stamp(LONG_AGO));

        assertThat(Settler.judge(content("{}", LONG_AGO), untouched, null, NOW)).isInstanceOf(Seen.Settled.class);
    }

    @Test
    void aDocumentTouchedWhileItWasReadIsReadAgain() {
        Settler.Again touched = new Again(() -> content("{\"cycle\":2}", JUST_NOW), () -> stamp(JUST_NOW));

        assertThat(Settler.judge(content("{}", LONG_AGO), touched, null, NOW)).isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void aDocumentIsAtRestOnlyWhenItsInodeIsToo() {
        var dated =
                new Read.Content("{}".getBytes(StandardCharsets.UTF_8), new FileStamp("", 1, 2, 3, LONG_AGO, JUST_NOW));
        var labelled = new Read.Content(
                "{}".getBytes(StandardCharsets.UTF_8), new FileStamp("key:", 0, 0, 3, LONG_AGO, LONG_AGO));

        assertThat(Settler.judge(dated, again("{\"a\":1}"), null, NOW)).isInstanceOf(Seen.Unsettled.class);
        assertThat(Settler.judge(labelled, again("{\"a\":1}"), null, NOW)).isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void aDocumentWhoseFileVanishesBetweenTheTwoReadingsIsWaitedFor() {
        Seen seen = Settler.judge(content("{}", JUST_NOW), reading(new Read.Absent()), null, NOW);

        assertThat(seen).isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void aFreshFileThatDoesNotParseIsWaitedFor() {
        Seen seen = Settler.judge(content("{\"status\":", JUST_NOW), NEVER, null, NOW);

        assertThat(seen)
                .isInstanceOfSatisfying(
                        Seen.Unsettled.class,
                        unsettled -> assertThat(((Seen.Unacceptable) unsettled.soFar())
                                        .rejection()
                                        .code())
                                .isEqualTo(RejectionCode.TRUNCATED));
    }

    @Test
    void aFileThatNobodyTouchedForTwoSecondsIsJudgedAtOnce() {
        Seen seen = Settler.judge(content("{\"status\":", NOW.minus(Duration.ofSeconds(2))), NEVER, null, NOW);

        assertThat(seen).isInstanceOf(Seen.Unacceptable.class);
    }

    @Test
    void aFreshFileWithTheBytesThatStandRejectedIsJudgedAtOnce() {
        String broken = "{\"status\":";
        String sha256 = DocumentContent.sha256Of(broken.getBytes(StandardCharsets.UTF_8));

        assertThat(Settler.judge(content(broken, JUST_NOW), NEVER, sha256, NOW)).isInstanceOf(Seen.Unacceptable.class);
        assertThat(Settler.judge(content(broken + " ", JUST_NOW), NEVER, sha256, NOW))
                .isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void aFileFromTheFutureIsNotTakenForUntouched() {
        Seen seen = Settler.judge(content("{\"status\":", NOW.plus(Duration.ofHours(1))), NEVER, null, NOW);

        assertThat(seen).isInstanceOf(Seen.Unsettled.class);
    }

    @Test
    void whatIsNoRegularFileIsJudgedAtOnce() {
        var rejection = new Rejected(RejectionCode.NOT_REGULAR_FILE, "status.json is a folder", null);
        Seen seen = Settler.judge(new Read.Unacceptable(rejection, stamp(JUST_NOW)), NEVER, null, NOW);

        assertThat(seen)
                .isInstanceOfSatisfying(
                        Seen.Unacceptable.class,
                        odd -> assertThat(odd.rejection()).isEqualTo(rejection));
    }

    @Test
    void aFolderWithoutItsFileIsWaitedFor() {
        assertThat(Settler.judge(new Read.Vanished(), NEVER, null, NOW))
                .isEqualTo(new Seen.Unsettled(new Seen.Gone(NOW)));
    }

    @Test
    void noFileIsGone() {
        assertThat(Settler.judge(new Read.Absent(), NEVER, null, NOW)).isEqualTo(new Seen.Gone(NOW));
    }

    private static Read content(String text, Instant modifiedAt) {
        return new Read.Content(text.getBytes(StandardCharsets.UTF_8), stamp(modifiedAt));
    }

    private static FileStamp stamp(Instant modifiedAt) {
        return new FileStamp("", 1, 2, 3, modifiedAt, modifiedAt);
    }

    private static Settler.Again again(String text) {
        return reading(content(text, JUST_NOW));
    }

    private static Settler.Again reading(Read read) {
        Queue<Read> once = new ArrayDeque<>(List.of(read));
        return new Again(once::remove, SettlerTest::noStamp);
    }

    private static Read noReading() {
        throw new AssertionError("there was nothing to read a second time for");
    }

    private static FileStamp noStamp() {
        throw new AssertionError("there was nothing to look at a second time for");
    }

    private record Again(Supplier<Read> reading, Supplier<FileStamp> stamp) implements Settler.Again {
        @Override
        public Read read() {
            return reading.get();
        }

        @Override
        public boolean hasStamp(FileStamp expected) {
            return stamp.get().equals(expected);
        }
    }
}
