package dev.rollcall.store;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL with pgvector, as PGlite has it: WebAssembly in a process of Node. Started when the first test needs it, from
 * packages that npm installs once below app/target. All connections are one session of it, which takes their statements one
 * after the other: what a connection sets up for itself, such as a search path, it sets up for all or for none.
 */
public final class PgliteForTests {
    private static final List<String> FILES = List.of("package.json", "package-lock.json", "server.js");
    private static final Path FOLDER = Path.of("target", "pglite").toAbsolutePath();
    private static final String PORT = "port ";

    private PgliteForTests() {}

    /** @param url null where it could not be started */
    private record Server(@Nullable String url, String reason) {
        private static final Server RUNNING = started();

        private static Server started() {
            try {
                Files.createDirectories(FOLDER);
                // Of several JVMs one installs, and the others find it done.
                try (FileChannel door = FileChannel.open(
                                FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = door.lock()) {
                    install();
                }
                Process process = new ProcessBuilder("node", "server.js")
                        .directory(FOLDER.toFile())
                        .redirectError(FOLDER.resolve("server.log").toFile())
                        .start();
                // It ends with its standard input, so with this JVM.
                BufferedReader said = process.inputReader();
                for (String line = said.readLine(); line != null; line = said.readLine()) {
                    if (line.startsWith(PORT)) {
                        return new Server(
                                "jdbc:postgresql://127.0.0.1:" + line.substring(PORT.length())
                                        + "/postgres?user=postgres&sslmode=disable&prepareThreshold=0",
                                "");
                    }
                }
                return new Server(null, "node server.js said no port; " + FOLDER.resolve("server.log"));
            } catch (IOException failure) {
                return new Server(null, String.valueOf(failure.getMessage()));
            }
        }

        private static void install() throws IOException {
            boolean isNew = false;
            for (String file : FILES) {
                byte[] wanted = Files.readAllBytes(resource(file));
                Path there = FOLDER.resolve(file);
                if (!Files.exists(there) || !Arrays.equals(wanted, Files.readAllBytes(there))) {
                    Files.write(there, wanted);
                    isNew = true;
                }
            }
            Path done = FOLDER.resolve("installed");
            if (isNew || !Files.exists(done)) {
                Files.deleteIfExists(done);
                // The server's other extensions, which it names as its peers, are not wanted.
                Process npm = new ProcessBuilder(
                                "npm", "ci", "--legacy-peer-deps", "--ignore-scripts", "--no-audit", "--no-fund")
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(FOLDER.resolve("npm.log").toFile())
                        .start();
                if (!ended(npm)) {
                    npm.destroyForcibly();
                    throw new IOException("npm ci did not succeed; " + FOLDER.resolve("npm.log"));
                }
                Files.writeString(done, "", StandardCharsets.UTF_8);
            }
        }

        private static boolean ended(Process npm) {
            try {
                return npm.waitFor(2, TimeUnit.MINUTES) && npm.exitValue() == 0;
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        private static Path resource(String file) {
            try {
                return Path.of(Objects.requireNonNull(PgliteForTests.class.getResource("/pglite/" + file))
                        .toURI());
            } catch (URISyntaxException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    /**
     * The URL of an empty database with the extension in a schema of its own. It is always the same one: who had it before
     * must be done with it. Skips the test, and says why, where there is no such server.
     */
    public static String emptyUrl() {
        Server server = Server.RUNNING;
        assumeThat(server.url())
                .as("PGlite, to test pgvector with: apt-get install nodejs npm (" + server.reason() + ")")
                .isNotNull();
        String url = Objects.requireNonNull(server.url());
        PostgresForTests.run(
                url,
                "RESET ALL; SET ROLE postgres; DROP SCHEMA public CASCADE; CREATE SCHEMA public;"
                        + " DROP SCHEMA IF EXISTS extensions CASCADE; CREATE SCHEMA extensions;"
                        + " CREATE EXTENSION vector SCHEMA extensions");
        return url;
    }
}
