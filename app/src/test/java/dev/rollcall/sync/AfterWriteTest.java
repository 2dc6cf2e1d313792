package dev.rollcall.sync;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.lifecycle.RollUpdate.Outcome;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a verb records when others looked at its file before it got to the roll. */
class AfterWriteTest {
    private static final String FIRST = "{\"cycle_count\": 1}";
    private static final String SECOND = "{\"cycle_count\": 2}";
    private static final String THIRD = "{\"cycle_count\": 3}";
    private static final String FOURTH = "{\"cycle_count\": 4}";

    @TempDir
    private Path folder;

    private Workshop workshop;

    @BeforeEach
    void syncTheFirst() {
        workshop = new Workshop(folder);
        workshop.write("Agent-7", FIRST);
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void aVersionThatTheRollHadNotSeenGoesBeforeTheWrittenOne() {
        workshop.write("Agent-7", THIRD);

        assertThat(recordThird()).isInstanceOf(Outcome.Synced.class);

        assertHistory(FIRST, SECOND, THIRD);
    }

    @Test
    void onceSomebodySawTheWrittenVersionTheOneBeforeIsNotAddedAfterIt() {
        workshop.write("Agent-7", THIRD);
        workshop.syncAll();

        assertThat(recordThird()).isInstanceOf(Outcome.Synced.class);

        assertHistory(FIRST, THIRD);
    }

    @Test
    void onceSomebodyReplacedTheWrittenVersionNeitherIsAddedAfterTheirs() {
        workshop.write("Agent-7", FOURTH);
        workshop.syncAll();

        assertThat(recordThird()).isInstanceOf(Outcome.NotSynced.class);

        assertHistory(FIRST, FOURTH);
    }

    /** As the verb does that found the second version and wrote the third. */
    private Outcome recordThird() {
        AfterWrite verb = new AfterWrite(workshop.source(), workshop::store, Workshop.RULES, workshop.clock());
        return verb.record(new AgentId("Agent-7"), SECOND.getBytes(UTF_8), THIRD.getBytes(UTF_8));
    }

    private void assertHistory(String... documents) {
        List<HistoryRow> history = workshop.store().storedHistory(new AgentId("Agent-7"));
        assertThat(history)
                .extracting(row -> row.columns().get("content_sha256"))
                .containsExactlyElementsOf(Stream.of(documents)
                        .map(document -> DocumentContent.sha256Of(document.getBytes(UTF_8)))
                        .toList());
    }
}
