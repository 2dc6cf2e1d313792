package dev.rollcall.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Test code in a process of its own. */
public final class ChildJvm {
    private ChildJvm() {}

    /** Starts the class's main method; what it writes to stderr appears among the test's own output. */
    public static Process start(Class<?> main, String... arguments) throws IOException {
        return start(List.of(), main, arguments);
    }

    /** The same, through another program that takes a command at its end, for example {@code setpriv}. */
    static Process start(List<String> through, Class<?> main, String... arguments) throws IOException {
        return command(through, main, arguments).start();
    }

    /** Not started yet, so that its streams can be sent elsewhere. */
    public static ProcessBuilder command(List<String> through, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>(through);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                // A killed child leaves the driver's library behind: not in the system's folder for temporary files.
                "-Dorg.sqlite.tmpdir=" + Path.of("target").toAbsolutePath(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
