package dev.rollcall.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Runs commands as a user does, in a folder of their own, and keeps what they print. */
public final class Shell {
    public final Path folder;
    public final Path root;

    public Shell(Path folder) {
        this.folder = folder;
        this.root = folder.resolve("agent_workspaces");
        try {
            Files.createDirectories(root);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** What a command left behind. */
    public record Result(int exitCode, String out, String err) {}

    public Result run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        return runBare(all.toArray(String[]::new));
    }

    /** As {@link #run}, with a person reading the results. */
    public Result runAtTerminal(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        return run(all, Reader.PERSON);
    }

    /** As {@link #run}, with a person who sees how it goes on while the results go elsewhere. */
    public Result runSeen(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--root", root.toString()));
        all.addAll(List.of(arguments));
        return run(all, Reader.ONLOOKER);
    }

    public Result runBare(String... arguments) {
        return run(List.of(arguments), Reader.PROGRAM);
    }

    private enum Reader {
        PERSON,
        ONLOOKER,
        PROGRAM
    }

    private static Result run(List<String> arguments, Reader reader) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(
                new Terminal(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        reader == Reader.PERSON,
                        reader == Reader.ONLOOKER),
                arguments.toArray(String[]::new));
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** A file that nobody has touched for a minute, so that it is judged at once. */
    public void write(String agent, String document) {
        write(agent, document.getBytes(StandardCharsets.UTF_8));
    }

    public void write(String agent, byte[] document) {
        try {
            Path file = file(agent);
            Files.createDirectories(file.getParent());
            Files.write(file, document);
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public String read(String agent) {
        try {
            return Files.readString(file(agent));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public Path file(String agent) {
        return root.resolve(agent).resolve("status.json");
    }

    public Path database() {
        return folder.resolve(".rollcall").resolve("roll.db");
    }
}
