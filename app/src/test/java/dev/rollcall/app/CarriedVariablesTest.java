package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CarriedVariablesTest {
    @TempDir
    private Path folder;

    @Test
    void whatDecidesASettingIsCarriedAndTheConfigurationIsNamedWhereItWasFound() throws IOException {
        Path configuration = Files.writeString(folder.resolve("rollcall.toml"), "swarm = \"night\"\n");
        Path below = Files.createDirectory(folder.resolve("below"));
        Map<String, String> environment = Map.of(
                "ROLLCALL_TIME_ZONE", "Europe/Berlin",
                "ROLLCALL_LIVE_FOR", "",
                "ROLLCALL_ROOT", "elsewhere",
                "ROLLCALL_AGENT", "Agent-7",
                "ROLLCALL_JAVA_OPTS", "-Xmx1g",
                "PGPASSFILE", "/home/me/passwords",
                "PGPASSWORD", "geheim7",
                "HOME", "/home/me");

        Settings settings = SettingsReader.read(Options.NONE, environment, below);

        assertThat(CarriedVariables.of(settings, environment))
                .isEqualTo(Map.of(
                        "ROLLCALL_TIME_ZONE", "Europe/Berlin",
                        "ROLLCALL_JAVA_OPTS", "-Xmx1g",
                        "PGPASSFILE", "/home/me/passwords",
                        "ROLLCALL_CONFIG", configuration.toString()));
    }

    @Test
    void defaultsNeedNoEnvironment() {
        Settings settings = SettingsReader.read(Options.NONE, Map.of("ROLLCALL_CONFIG", ""), folder);

        assertThat(CarriedVariables.of(settings, Map.of())).isEmpty();
    }
}
