package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** A PostgreSQL server with a data folder and a port of its own: a primary, or a standby that streams from one. */
public final class PostgresNode implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A host as an address: by name it would be looked for under two. */
    private static final String HOST = "127.0.0.1";

    private final Path data;
    private EmbeddedPostgres running;

    private PostgresNode(Path data, EmbeddedPostgres running) {
        this.data = data;
        this.running = running;
    }

    /** How a server is stopped. */
    public enum Stop {
        /** Sessions are ended, and everything is written. */
        FAST("-INT"),
        /** As a crash: what was committed is found in the log. */
        IMMEDIATE("-QUIT");

        private final String signal;

        Stop(String signal) {
            this.signal = signal;
        }
    }

    /** A data folder that was never used, for all nodes that are to know each other. */
    public static Path template(Path data) throws IOException {
        started(data, 0).close();
        return data;
    }

    public static PostgresNode primary(Path template, Path data) throws IOException {
        copy(template, data);
        return new PostgresNode(data, started(data, 0));
    }

    /** A standby of a primary that was begun from the same template. */
    public static PostgresNode standby(PostgresNode primary, Path template, Path data) throws IOException {
        copy(template, data);
        Files.createFile(data.resolve("standby.signal"));
        Files.writeString(
                data.resolve("postgresql.auto.conf"),
                "primary_conninfo = 'host=" + HOST + " port=" + primary.port() + " user=postgres'\n",
                StandardOpenOption.APPEND);
        return new PostgresNode(data, started(data, 0));
    }

    private static EmbeddedPostgres started(Path data, int port) throws IOException {
        var builder = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                // The library's own choice is off: a commit would be told before it is in the log.
                .setServerConfig("synchronous_commit", "on");
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path one : all.toList()) {
                if (!one.endsWith("epg-lock")) {
                    Files.copy(one, to.resolve(from.relativize(one)), StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    public int port() {
        return running.getPort();
    }

    /** For this server alone. */
    public String url() {
        return url(this);
    }

    /** For several, in this order. */
    public static String url(PostgresNode... nodes) {
        List<String> hosts =
                Stream.of(nodes).map(node -> HOST + ":" + node.port()).toList();
        return "jdbc:postgresql://" + String.join(",", hosts) + "/postgres?user=postgres";
    }

    public void promote() {
        assertThat(PostgresForTests.query(url(), "SELECT pg_promote(true, 20)")).containsExactly("t");
    }

    /** More of them than were ever given to the roll: each is committed. */
    void useNumbersOfTransactions() {
        PostgresForTests.run(
                url(), "DO $$ BEGIN FOR i IN 1..50 LOOP PERFORM pg_current_xact_id(); COMMIT; END LOOP; END $$");
    }

    /** A standby gets nothing of the primary any more. */
    public void cutOff() throws Exception {
        PostgresForTests.run(url(), "ALTER SYSTEM SET primary_conninfo = ''");
        PostgresForTests.run(url(), "SELECT pg_reload_conf()");
        eventually(
                PATIENCE,
                () -> assertThat(PostgresForTests.query(url(), "SELECT count(*) FROM pg_stat_wal_receiver"))
                        .containsExactly("0"));
    }

    /** As when the machine loses its power. */
    public void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> all =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().join());
    }

    /** Once it was killed or stopped. */
    public void startAgain() throws IOException {
        running.close();
        running = started(data, port());
    }

    public void restart(Stop stop) throws Exception {
        ProcessHandle postmaster = postmaster();
        Process signal = new ProcessBuilder("kill", stop.signal, String.valueOf(postmaster.pid())).start();
        assertThat(signal.waitFor()).isZero();
        postmaster.onExit().join();
        startAgain();
    }

    private ProcessHandle postmaster() {
        try (Stream<String> lines = Files.lines(data.resolve("postmaster.pid"))) {
            long pid = Long.parseLong(lines.findFirst().orElseThrow());
            return ProcessHandle.of(pid).orElseThrow();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() throws IOException {
        running.close();
    }
}
