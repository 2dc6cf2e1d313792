package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.Finding;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.roll.Evidence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A mixture that a writer leaves standing is recorded, and named when the next version shows it. */
class DaemonInPlaceTest extends DaemonSetup {
    private static final String OLD = letters(1, 'a');
    private static final String NEW = letters(2, 'b');
    private static final int HALF = OLD.length() / 2;
    private static final String MIXTURE = NEW.substring(0, HALF) + OLD.substring(HALF);

    @Test
    void aWriterThatOverwritesItsFileAndPausesIsNamedOnceItGoesOn() throws Exception {
        put(ADA, OLD);
        try (DaemonBench bench = watching();
                FileChannel file = FileChannel.open(workshop.file("Ada"), StandardOpenOption.WRITE)) {
            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD));
            file.write(ByteBuffer.wrap(NEW.getBytes(UTF_8), 0, HALF));
            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD, MIXTURE));
            assertThat(found()).as("nobody can know yet").isEmpty();

            file.write(ByteBuffer.wrap(NEW.getBytes(UTF_8), HALF, NEW.length() - HALF));

            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD, MIXTURE, NEW));
            assertThat(found())
                    .singleElement()
                    .satisfies(finding -> assertThat(finding.message())
                            .contains("revision 2 may hold a mixture", "rename it into place"));
            assertThat(workshop.verify("Ada").drift()).isEmpty();
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        }
    }

    @Test
    void aWriterThatRenamesTheSameTextsIsNotNamed() throws Exception {
        put(ADA, OLD);
        try (DaemonBench bench = watching()) {
            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD));
            put(ADA, MIXTURE);
            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD, MIXTURE));
            put(ADA, NEW);
            eventually(SOON, () -> assertThat(texts()).containsExactly(OLD, MIXTURE, NEW));

            assertThat(found()).isEmpty();
            assertThat(bench.daemon.state().databaseProblem()).isNull();
        }
    }

    @Test
    void editsOfTheSameFileHoursApartAreNotNamed() throws Exception {
        Instant now = Instant.now();
        int hours = 4;
        for (String text : List.of(OLD, MIXTURE, NEW)) {
            Files.writeString(workshop.file("Ada"), text);
            Files.setLastModifiedTime(workshop.file("Ada"), FileTime.from(now.minus(Duration.ofHours(hours))));
            hours -= 2;
            workshop.syncAll();
        }

        assertThat(texts()).containsExactly(OLD, MIXTURE, NEW);
        assertThat(found()).isEmpty();
    }

    /** ext4 gives a new file the inode of one that has just gone. */
    @Test
    void filesThatAreDeletedAndMadeAnewAreNotNamed() throws Exception {
        int seconds = 30;
        for (String text : List.of(OLD, MIXTURE, NEW)) {
            Files.delete(workshop.file("Ada"));
            Files.writeString(workshop.file("Ada"), text);
            syncAsOf(seconds);
            seconds -= 10;
        }

        assertThat(texts()).containsExactly(OLD, MIXTURE, NEW);
        assertThat(found()).isEmpty();
    }

    @Test
    void filesThatAreRenamedIntoPlaceTwiceBetweenTwoLooksAreNotNamed() throws Exception {
        int seconds = 30;
        for (String text : List.of(OLD, MIXTURE, NEW)) {
            put(ADA, letters(3, 'c'));
            put(ADA, text);
            syncAsOf(seconds);
            seconds -= 10;
        }

        assertThat(texts()).containsExactly(OLD, MIXTURE, NEW);
        assertThat(found()).isEmpty();
    }

    @Test
    void theSameFileWrittenOverBetweenTwoLooksIsNamed() throws Exception {
        int seconds = 30;
        for (String text : List.of(OLD, MIXTURE, NEW)) {
            Files.writeString(workshop.file("Ada"), text);
            syncAsOf(seconds);
            seconds -= 10;
        }

        assertThat(found()).hasSize(1);
    }

    private void syncAsOf(int secondsAgo) throws IOException {
        Files.setLastModifiedTime(
                workshop.file("Ada"), FileTime.from(Instant.now().minusSeconds(secondsAgo)));
        workshop.syncAll();
    }

    private List<Finding> found() {
        return Evidence.of(
                        workshop.store().find(ADA).orElseThrow(),
                        workshop.store().latest(ADA, Evidence.VERSIONS),
                        StateVocabulary.standard(),
                        Instant.now())
                .stream()
                .filter(finding -> finding.code().equals("in_place_writer"))
                .toList();
    }

    private List<String> texts() {
        return workshop.store().storedHistory(ADA).stream()
                .map(row -> workshop.store().document(ADA, row.revision()))
                .map(document -> new String(((dev.rollcall.roll.StoredDocument.Intact) document).bytes(), UTF_8))
                .toList();
    }

    private static String letters(int cycle, char letter) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + ", \"current_phase\": \""
                + Character.toString(letter).repeat(120) + "\"}\n";
    }
}
