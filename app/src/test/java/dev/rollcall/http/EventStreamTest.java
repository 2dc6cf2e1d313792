package dev.rollcall.http;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.HandEdit;
import dev.rollcall.store.SqlStore;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Those who follow what happens. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final long BETWEEN_DRIPS = Duration.ofMillis(200).toNanos();

    @TempDir
    private Path folder;

    private OpenWindow open;

    @BeforeEach
    void open() {
        open = new OpenWindow(folder);
        open.shell.write("Agent-7", "{\"status\":\"ACTIVE\"}");
        open.shell.run("sync", "--all");
    }

    @AfterEach
    void close() {
        open.close();
    }

    @Test
    void aChangeByAnotherProcessIsToldAtOnce() throws Exception {
        try (Follower follower = new Follower(open, "/api/v1/events", "")) {
            eventually(SOON, () -> assertThat(follower.has("event: hello")).isTrue());
            open.shell.write("Agent-7", "{\"status\":\"BLOCKED\"}");
            open.shell.run("sync", "--all");
            eventually(
                    SOON, () -> assertThat(follower.has("event: state_changed")).isTrue());
            assertThat(follower.has("\"agent_id\":\"Agent-7\"")).isTrue();
        }
    }

    @Test
    void whoeverComesBackAfterTenThousandEventsGetsEachOnceAndInOrder() throws Exception {
        note(10_000);
        try (Follower follower = new Follower(open, "/api/v1/events", "Last-Event-ID: 1\r\n")) {
            List<Long> wanted = LongStream.rangeClosed(1, 10_001).boxed().toList();
            eventually(SOON, () -> assertThat(follower.ids()).hasSizeGreaterThanOrEqualTo(wanted.size()));
            assertThat(follower.ids()).isEqualTo(wanted);
            note(3);
            eventually(SOON, () -> assertThat(follower.ids()).hasSize(10_004).endsWith(10_002L, 10_003L, 10_004L));
        }
    }

    /** @param drip bytes that it takes five times a second, so that it is never idle */
    @ParameterizedTest
    @ValueSource(ints = {0, 100})
    @Execution(ExecutionMode.CONCURRENT)
    void aClientThatTakesNothingOrLittleHarmsNobodyAndIsCutOff(int drip) throws Exception {
        List<Socket> stalled = new ArrayList<>();
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            for (int client = 0; client < 20; client++) {
                Socket socket = new Socket();
                socket.setReceiveBufferSize(4096);
                socket.connect(new InetSocketAddress(
                        InetAddress.getLoopbackAddress(), open.window.address().getPort()));
                socket.getOutputStream()
                        .write(("GET /api/v1/events?after=0 HTTP/1.1\r\nHost: " + open.host() + "\r\n\r\n")
                                .getBytes(StandardCharsets.UTF_8));
                stalled.add(socket);
            }
            note(30_000);
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(30_001L));
            // Their buffers are full by then; the server's patience is 20 seconds.
            eventually(Duration.ofSeconds(60), () -> {
                for (Socket socket : stalled) {
                    InputStream stream = socket.getInputStream();
                    stream.readNBytes(Math.min(drip, stream.available()));
                }
                LockSupport.parkNanos(BETWEEN_DRIPS);
                assertThat(open.get("/health").body()).contains("\"clients\":1,");
            });
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void aDatabaseThatGoesAndComesBackLosesNobodyAnEvent() throws Exception {
        Path database = open.shell.folder.resolve(".rollcall/roll.db");
        Path away = open.shell.folder.resolve("away");
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(1L));
            Files.createDirectory(away);
            for (String name : List.of("roll.db", "roll.db-wal", "roll.db-shm")) {
                Files.move(database.resolveSibling(name), away.resolve(name));
            }
            Files.createDirectory(database);
            eventually(
                    SOON,
                    () -> assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(503));
            assertThat(open.get("/health").statusCode()).isEqualTo(503);
            Files.delete(database);
            for (String name : List.of("roll.db", "roll.db-wal", "roll.db-shm")) {
                Files.move(away.resolve(name), database.resolveSibling(name));
            }
            open.shell.write("Agent-7", "{\"status\":\"IDLE\"}");
            open.shell.run("sync", "--all");
            eventually(SOON, () -> assertThat(follower.ids()).containsSubsequence(1L, 2L));
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void anotherDatabaseUnderTheSameNameIsSaidAndItsEventsAreItsOwn() throws Exception {
        Path state = open.shell.folder.resolve(".rollcall");
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(1L));
            for (String name : List.of("roll.db", "roll.db-wal", "roll.db-shm")) {
                Files.move(state.resolve(name), open.shell.folder.resolve(name));
            }
            open.shell.write("Agent-8", "{\"status\":\"IDLE\"}");
            open.shell.write("Agent-9", "{\"status\":\"IDLE\"}");
            open.shell.run("sync", "--all");

            eventually(SOON, () -> assertThat(follower.has("event: restarted")).isTrue());
            try (Follower anew = new Follower(open, "/api/v1/events?after=0", "")) {
                eventually(SOON, () -> assertThat(anew.ids()).endsWith(3L));
                assertThat(anew.has("\"agent_id\":\"Agent-9\"")).isTrue();
            }
        }
    }

    @Test
    void whoeverBringsASeqThatWasJustCommittedIsToldNothingWrong() throws Exception {
        for (int round = 0; round < 20; round++) {
            note(1);
            try (SqlStore store = SqlStore.openForReading(
                            open.shell.folder.resolve(".rollcall/roll.db").toString(),
                            SwarmName.DEFAULT,
                            Duration.ofSeconds(10));
                    Follower follower = new Follower(open, "/api/v1/events?after=" + store.newest(), "")) {
                eventually(SOON, () -> assertThat(follower.has("event: hello")).isTrue());
                note(1);
                eventually(SOON, () -> assertThat(follower.ids()).endsWith(store.newest()));
                assertThat(follower.has("event: restarted")).isFalse();
            }
        }
    }

    @Test
    void anEventIsToldThoughItsAgentCouldNotBeReadAtFirst() throws Exception {
        String database = open.shell.folder.resolve(".rollcall/roll.db").toString();
        try (Follower follower = new Follower(open, "/api/v1/events?after=0", "")) {
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(1L));
            HandEdit.apply(database, "ALTER TABLE status_history RENAME TO away");
            note(1);
            eventually(
                    SOON,
                    () -> assertThat(open.get("/api/v1/roll").statusCode()).isNotEqualTo(200));
            HandEdit.apply(database, "ALTER TABLE away RENAME TO status_history");
            note(1);
            eventually(SOON, () -> assertThat(follower.ids()).endsWith(3L));
            assertThat(follower.ids()).containsSubsequence(1L, 2L, 3L);
        }
    }

    private void note(int turns) {
        try (SqlStore store = SqlStore.open(
                open.shell.folder.resolve(".rollcall/roll.db").toString(), SwarmName.DEFAULT, Duration.ofSeconds(10))) {
            List<FreshnessTurn> all = new ArrayList<>();
            for (int turn = 0; turn < turns; turn++) {
                all.add(turn(turn));
            }
            store.note(all);
        }
    }

    private static FreshnessTurn turn(int turn) {
        return new FreshnessTurn(
                new AgentId("Agent-7"),
                turn % 2 == 0 ? FreshnessTurn.Direction.STALE : FreshnessTurn.Direction.LIVE,
                Instant.EPOCH);
    }
}
