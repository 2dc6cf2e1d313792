package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresTroubleTest.assertUnavailable;
import static dev.rollcall.store.PostgresTroubleTest.problemOf;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that loses its power and comes back, while the program that writes to it goes on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresCrashTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Each statement by its text and none by a number, so that the proxy sees it. */
    private static final String IN_WORDS = "&prepareThreshold=0";

    @TempDir
    private static Path template;

    @TempDir
    private Path folder;

    private PostgresNode server;

    @BeforeAll
    static void makeTemplate() throws Exception {
        template = PostgresNode.template(template.resolve("data"));
    }

    @BeforeEach
    void start() throws Exception {
        server = PostgresNode.primary(template, folder.resolve("one"));
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    private static RecordOutcome record(SqlStore store, int cycle, Durability durability) {
        RollChange change = accepted(sighting(AGENT.value(), cycle, NOON.plusSeconds(cycle)), cycle, "tidy " + cycle);
        return store.record(List.of(change), durability).getFirst();
    }

    private int versions() {
        try (SqlStore store = SqlStore.openForReading(server.url(), SwarmName.DEFAULT, PATIENCE)) {
            return store.storedHistory(AGENT).size();
        }
    }

    /** A file's database has ended with the program then; here it goes on, and tells at the end what it has recorded. */
    @Test
    void whatWasRecordedInTheMiddleOfASeriesIsThereAfterwards() throws Exception {
        try (SqlStore store = SqlStore.open(server.url(), SwarmName.DEFAULT, PATIENCE)) {
            for (int cycle = 0; cycle < 3; cycle++) {
                assertThat(record(store, 2 * cycle, Durability.LATER)).isInstanceOf(RecordOutcome.Recorded.class);
                server.kill();
                server.startAgain();
                assertThat(record(store, 2 * cycle + 1, Durability.AT_ONCE)).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(versions()).isEqualTo(2 * cycle + 2);
            }
        }
    }

    /** What was not in the log yet has no number any more: others get it, and commit. */
    @Test
    void aCommitThatACrashForestalledIsNotToldAsKeptThoughItsNumberIsAnothers() throws Exception {
        try (WeatherProxy proxy = WeatherProxy.before(server.url());
                SqlStore store = SqlStore.open(proxy.through(server.url()) + IN_WORDS, SwarmName.DEFAULT, PATIENCE)) {
            assertThat(record(store, 0, Durability.AT_ONCE)).isInstanceOf(RecordOutcome.Recorded.class);
            AtomicBoolean isKilled = new AtomicBoolean();
            proxy.toServer(bytes -> {
                if (!new String(bytes, ISO_8859_1).contains("COMMIT") || !isKilled.compareAndSet(false, true)) {
                    return bytes;
                }
                crash();
                return null;
            });

            assertUnavailable(
                    problemOf(() -> record(store, 1, Durability.AT_ONCE)), "whether it was kept is not known");

            assertThat(isKilled).isTrue();
            assertThat(versions()).isEqualTo(1);
            assertThat(record(store, 1, Durability.AT_ONCE)).isInstanceOf(RecordOutcome.Recorded.class);
            assertThat(versions()).isEqualTo(2);
        }
    }

    private void crash() {
        try {
            server.kill();
            server.startAgain();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        server.useNumbersOfTransactions();
    }
}
