package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.PostgresForTests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A password in the database's URL is shown by no command and lies in no file beside the roll. */
class ServerSecretsTest {
    private static final String SECRET = "geheim7";

    private static final List<String> COMMANDS = List.of(
            "sync --all",
            "doctor",
            "doctor --json",
            "-v doctor",
            "list",
            "get Ada",
            "history Ada",
            "verify --all",
            "events",
            "search tidy",
            "index",
            "migrate status",
            "migrate apply",
            "report",
            "prune",
            "export",
            "backup copy.db",
            "restore copy.db",
            "start-cycle --agent Ada");

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void writeOne() {
        shell = new Shell(folder);
        shell.write("Ada", "{\"agent_id\": \"Ada\", \"status\": \"ACTIVE\", \"cycle_count\": 1}");
    }

    @Test
    void noCommandShowsThePasswordOfADatabaseThatIsThere() throws IOException {
        String url = PostgresForTests.freshUrl() + "&password=" + SECRET;

        assertThat(shell.run("doctor", "--db", url).out()).contains("postgresql://localhost:");
        assertSecret(url);

        assertThat(shell.run("list", "--db", url).out()).contains("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://127.0.0.1:1/rollcall?user=me&password=geheim7",
                "jdbc:postgresql://me:geheim7@127.0.0.1:1/rollcall",
                "postgresql://me:geheim7@127.0.0.1:1/rollcall",
                "jdbc:mysql://me:geheim7@127.0.0.1:1/rollcall",
            })
    void noCommandShowsThePasswordOfADatabaseThatIsNot(String url) throws IOException {
        assertSecret(url);
    }

    private void assertSecret(String url) throws IOException {
        for (String command : COMMANDS) {
            List<String> words = new ArrayList<>(List.of(command.split(" ")));
            words.addAll(List.of("--db", url));
            Shell.Result result = shell.run(words.toArray(String[]::new));
            assertThat(result.out() + result.err()).as(command).doesNotContain(SECRET);
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allSatisfy(file -> assertThat(text(file)).doesNotContain(SECRET));
            assertThat(folder.toFile().list()).doesNotContain(url);
        }
    }

    private static String text(Path file) {
        try {
            return file + "\n" + new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
