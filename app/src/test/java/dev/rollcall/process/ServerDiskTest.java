package dev.rollcall.process;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.columns;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.UnparsedDocuments;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.SqlStore;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL server whose disk is full, and one that is stopped and started again, under a store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServerDiskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final AgentId SMALL = new AgentId("Small");
    private static final AgentId LARGE = new AgentId("Large");

    @TempDir
    private Path folder;

    private static RecordOutcome record(SqlStore store, RollChange change) {
        return store.record(List.of(change), Durability.AT_ONCE).getFirst();
    }

    private static RollChange small(int cycle) {
        return accepted(sighting(SMALL.value(), cycle, NOON.plusSeconds(cycle)), cycle, "tidy");
    }

    private static RollChange large() {
        return accepted(sighting(LARGE.value(), 0, NOON), UnparsedDocuments.ofBytes(noise()), columns(1), "tidy");
    }

    /** What can not be made smaller. */
    private static byte[] noise() {
        byte[] noise = new byte[2_000_000];
        Random random = new Random(7);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) random.nextInt(48, 91);
        }
        return noise;
    }

    private static String noisy() {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": 2, \"noise\": \""
                + new String(noise(), StandardCharsets.US_ASCII) + "\"}\n";
    }

    private interface Use {
        void of(String url, Path place) throws Exception;
    }

    /** Uses a database on a small disk, and a place on that disk. */
    private void onSmallDisk(Use use) throws Exception {
        String admin = PostgresForTests.adminUrl();
        Path place = folder.resolve("disk");
        try (Disk disk = Disk.mount(place, "24m")) {
            Path tables = Files.createDirectory(place.resolve("tables"));
            PostgresForTests.run(admin, "CREATE TABLESPACE small LOCATION '" + tables + "'");
            PostgresForTests.run(admin, "CREATE DATABASE small TABLESPACE small");
            String url = admin.replace("/postgres?", "/small?");
            try {
                use.of(url, place);
            } finally {
                PostgresForTests.run(admin, "DROP DATABASE small WITH (FORCE)");
                PostgresForTests.run(admin, "DROP TABLESPACE small");
            }
            assertThat(disk).isNotNull();
        }
    }

    @Test
    void aFullDiskOfTheServerKeepsNothingOfTheChangeAndWorksAgainLater() throws Exception {
        onSmallDisk((url, place) -> {
            try (SqlStore store = SqlStore.open(url, SwarmName.DEFAULT, PATIENCE)) {
                assertThat(record(store, small(0))).isInstanceOf(RecordOutcome.Recorded.class);
                Path filling = place.resolve("filling");
                Disk.fill(filling);

                Problem problem = catchThrowableOfType(ProblemException.class, () -> record(store, large()))
                        .problem();

                assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
                assertThat(problem.message())
                        .contains("/small: the server has no room left: ")
                        .endsWith("; nothing of this change was kept");
                assertThat(store.standings()).containsOnlyKeys(SMALL);
                assertThat(store.after(0, 10)).hasSize(1);
                Files.delete(filling);
                assertThat(record(store, large())).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(record(store, small(1))).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(store.standings()).containsOnlyKeys(SMALL, LARGE);
            }
        });
    }

    @Test
    void aFullDiskOfTheServerIsToldWhileItLasts() throws Exception {
        onSmallDisk((url, place) -> {
            try (WatchedSwarm watched = new WatchedSwarm(folder.resolve("swarm"), url, url)) {
                watched.writeAll(2, 1);
                watched.start(List.of());
                watched.assertRow("Agent-1", 1);
                Path filling = place.resolve("filling");
                Disk.fill(filling);
                Files.writeString(watched.swarm.file("Agent-1"), noisy());

                watched.assertTold("a full disk of the server", "the watch says", "the server has no room left");

                Files.delete(filling);
                watched.write("Agent-1", 3);
                watched.assertRow("Agent-1", 3);
                watched.assertHealed("a full disk of the server");
                watched.assertEndsWell("after a full disk of the server");
            }
        });
    }

    @Test
    void aServerThatIsStoppedAndStartedAgainIsWaitedFor() throws Exception {
        EmbeddedPostgres before = server(0);
        String url = before.getJdbcUrl("postgres", "postgres");
        try (SqlStore store = SqlStore.open(url, SwarmName.DEFAULT, PATIENCE)) {
            assertThat(record(store, small(0))).isInstanceOf(RecordOutcome.Recorded.class);
            before.close();
            CompletableFuture<RecordOutcome> recording = CompletableFuture.supplyAsync(() -> record(store, small(1)));
            try (EmbeddedPostgres again = server(before.getPort())) {
                assertThat(again.getPort()).isEqualTo(before.getPort());
                assertThat(recording.join()).isInstanceOf(RecordOutcome.Recorded.class);
                assertThat(store.storedHistory(SMALL)).hasSize(2);
                assertThat(store.after(0, 10)).hasSize(2);
            }
        }
    }

    private EmbeddedPostgres server(int port) {
        try {
            var builder = EmbeddedPostgres.builder()
                    .setDataDirectory(folder.resolve("data"))
                    .setCleanDataDirectory(false);
            return (port == 0 ? builder : builder.setPort(port)).start();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
