package dev.rollcall.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real workspaces root below a test's own folder. */
public record Workspaces(Path root) {
    /** Creates it. */
    public static Workspaces in(Path folder) {
        try {
            return new Workspaces(Files.createDirectories(folder.resolve("agent_workspaces")));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path folder(AgentId agent) {
        return root.resolve(agent.value());
    }

    public Path file(AgentId agent) {
        return folder(agent).resolve("status.json");
    }

    public void write(AgentId agent, byte[] bytes) throws IOException {
        Files.createDirectories(folder(agent));
        Files.write(file(agent), bytes);
    }

    public void write(AgentId agent, String text) throws IOException {
        write(agent, text.getBytes(UTF_8));
    }

    public String text(AgentId agent) throws IOException {
        return Files.readString(file(agent));
    }

    /** Rollcall's own folder beside the root. */
    public Path state() {
        return root.resolveSibling(".rollcall");
    }

    /** Names of everything in an agent's folder. */
    public List<String> content(AgentId agent) throws IOException {
        return namesIn(folder(agent));
    }

    static List<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static void fifo(Path path) throws IOException {
        Files.createDirectories(path.getParent());
        run("mkfifo", path.toString());
    }

    static void run(String... command) throws IOException {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(exit).as(String.join(" ", command)).isZero();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    static void removeTree(Path top) throws IOException {
        try (Stream<Path> files = Files.walk(top)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
