package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceCommandTest {
    @TempDir
    Path folder;

    @Test
    void withoutTheLauncherThereIsNothingThatAServiceCouldStart() {
        Result result = new Shell(folder).run("service", "systemd");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("not started through its launcher", "hint:");
        assertThat(result.out()).isEmpty();
    }

    /** What is refused before the launcher is asked for, is refused with it, too. */
    @ParameterizedTest
    @CsvSource({
        "'jdbc:postgresql://db:5432/rollcall?password=geheim7', holds a password",
        "'jdbc:postgresql://one,two/rollcall?user=me&password=geheim7&ssl=true', holds a password",
        "'jdbc:postgresql:rollcall?user=me&sslpassword=geheim7', holds a password",
        "'jdbc:postgresql://me:geheim7@db/rollcall', none that names a PostgreSQL database",
        "'postgresql://me:geheim7@db/rollcall', none that names a PostgreSQL database",
        "'jdbc:mysql://me:geheim7@db/rollcall', jdbc:mysql",
    })
    void aPasswordIsWrittenIntoNoFile(String url, String sentence) {
        Result result = new Shell(folder).run("service", "systemd", "--db", url);

        assertThat(result.exitCode()).as(result.toString()).isEqualTo(2);
        assertThat(result.err()).contains(sentence).doesNotContain("geheim7", "launcher");
        assertThat(result.out()).isEmpty();
    }

    @Test
    void aServerWhosePasswordStandsElsewhereIsTaken() {
        String url = "jdbc:postgresql://password=db/rollcall?user=password&currentSchema=a";

        Result result = new Shell(folder).run("service", "systemd", "--db", url);

        assertThat(result.err()).contains("not started through its launcher");
    }

    @Test
    void anotherServiceManagerIsNotKnown() {
        Result result = new Shell(folder).run("service", "upstart");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("upstart");
    }
}
