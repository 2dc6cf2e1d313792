package dev.rollcall.cli;

import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Rollcall on a terminal of its own, made by script(1); typed at and watched through pipes. */
final class PseudoTerminal implements AutoCloseable {
    /** Seconds that any program gets. */
    private static final String PATIENCE = "50";

    private final Path folder;
    private final Process script;
    private final StringBuilder shown = new StringBuilder();
    private final InputStream out;

    /** Starts a command with 12 rows of 100 columns; its settings before and after are kept. */
    PseudoTerminal(Path folder, String... arguments) throws IOException {
        this.folder = folder;
        List<String> java = ChildJvm.command(List.of(), Main.class, arguments).command().stream()
                .map(PseudoTerminal::quoted)
                .collect(Collectors.toList());
        java.add(1, "-Drollcall.out.terminal=true");
        Path commands = Files.writeString(folder.resolve("commands"), """
                stty rows 12 cols 100
                tty >tty
                stty -a >before
                echo $$ >shell
                %s
                echo $? >status
                stty -a >after
                """.formatted(String.join(" ", java)));
        // Reading from a pipe can not be interrupted: what never comes ends with the program instead.
        ProcessBuilder builder = new ProcessBuilder(
                        "timeout",
                        PATIENCE,
                        "script",
                        "-q",
                        "-f",
                        "-c",
                        "sh " + quoted(commands.toString()),
                        "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("TERM", "xterm-256color");
        builder.environment().put("LC_ALL", "C.UTF-8");
        this.script = builder.start();
        this.out = script.getInputStream();
    }

    /** Reads until this was shown, and forgets everything up to there; fails when the program ends before. */
    void awaitShown(String text) throws IOException {
        byte[] piece = new byte[1 << 16];
        while (shown.indexOf(text) < 0) {
            int read = out.read(piece);
            if (read < 0) {
                throw new AssertionError("ended before it showed " + text + ": " + shown);
            }
            shown.append(new String(piece, 0, read, StandardCharsets.ISO_8859_1));
        }
        shown.delete(0, shown.indexOf(text) + text.length());
    }

    void type(String keys) throws IOException {
        script.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        script.getOutputStream().flush();
    }

    void resize(int rows, int columns) throws IOException, InterruptedException {
        String[] command = {"stty", "-F", read("tty"), "rows", Integer.toString(rows), "cols", Integer.toString(columns)
        };
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new AssertionError("stty could not resize");
        }
    }

    /** The process of Rollcall itself. */
    ProcessHandle program() throws IOException {
        return ProcessHandle.of(Long.parseLong(read("shell")))
                .flatMap(shell -> shell.children().findFirst())
                .orElseThrow();
    }

    /** Waits for the end; what was shown since the last wait. */
    String end() throws IOException, InterruptedException {
        shown.append(new String(out.readAllBytes(), StandardCharsets.ISO_8859_1));
        script.waitFor();
        return shown.toString();
    }

    int exitCode() throws IOException {
        return Integer.parseInt(read("status"));
    }

    String read(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }
}
