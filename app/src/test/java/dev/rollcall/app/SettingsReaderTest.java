package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    @TempDir
    private Path folder;

    @Test
    void aVariableSetToNothingCountsAsNotSet() throws IOException {
        Path project = Files.createDirectory(folder.resolve("project"));
        Files.writeString(folder.resolve("rollcall.toml"), "swarm = \"outer\"\n");
        Files.writeString(project.resolve("rollcall.toml"), "swarm = \"inner\"\n");

        Settings settings =
                SettingsReader.read(Options.NONE, Map.of("ROLLCALL_ROOT", "", "ROLLCALL_CONFIG", ""), project);

        assertThat(settings.swarm().value()).isEqualTo("inner");
        assertThat(settings.root()).isEqualTo(project.resolve("agent_workspaces"));
    }
}
