package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Main;
import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A verification of the whole swarm with less memory than its documents take. */
class VerifyMemoryTest {
    private static final int AGENTS = 80;

    /** A megabyte. */
    private static final String DOCUMENT = "{\"status\":\"ACTIVE\",\"log\":\"" + "tick tock ".repeat(100_000) + "\"}";

    @TempDir
    Path folder;

    @Test
    void manyLargeDocumentsDoNotFillTheMemory() throws Exception {
        Shell shell = new Shell(folder);
        for (int agent = 0; agent < AGENTS; agent++) {
            Path workspace = Files.createDirectories(shell.root.resolve("Agent-" + agent));
            Files.writeString(workspace.resolve("status.json"), DOCUMENT);
        }
        assertThat(shell.run("sync", "--all").exitCode()).isZero();

        assertThat(inLittleMemory(shell, "verify", "--all")).contains(AGENTS + " synced");
        assertThat(inLittleMemory(shell, "verify", "--all", "--deep")).contains(AGENTS + " synced");
    }

    private static String inLittleMemory(Shell shell, String... command) throws IOException, InterruptedException {
        ProcessBuilder rollcall = ChildJvm.command(List.of(), Main.class, command);
        rollcall.command().addAll(List.of("--root", shell.root.toString()));
        rollcall.command().add(1, "-Xmx100m");
        Process process = rollcall.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return out;
    }
}
