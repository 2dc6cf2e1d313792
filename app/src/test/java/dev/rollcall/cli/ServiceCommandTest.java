package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    @Test
    void anotherServiceManagerIsNotKnown() {
        Result result = new Shell(folder).run("service", "upstart");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("upstart");
    }
}
