package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.cli.Shell;
import dev.rollcall.problem.ProblemException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has the port that was named. */
class NeighbourTest {
    @TempDir
    private Path folder;

    @Test
    void anotherRollcallIsNamedWhetherItTellsItsHealthOrNot() throws Exception {
        for (String reading : new String[] {"free", "token"}) {
            try (OpenWindow open = new OpenWindow(
                    Files.createDirectory(folder.resolve(reading)), Map.of(Setting.HTTP_READING, reading))) {
                int port = open.window.address().getPort();

                assertThat(hint("beside-" + reading, port))
                        .isEqualTo("Another Rollcall answers at http://127.0.0.1:" + port
                                + "/: open that, or choose another --port.");
            }
        }
    }

    @Test
    void whoSaysNothingOrSomethingElseIsNotNamed() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertThat(hint("beside-silent", silent.getLocalPort())).isEqualTo("Choose another --port or --bind.");
        }
    }

    private String hint(String name, int port) throws Exception {
        Shell shell = new Shell(Files.createDirectory(folder.resolve(name)));
        Options options =
                Options.NONE.with(Setting.ROOT, shell.root.toString()).with(Setting.HTTP_PORT, String.valueOf(port));
        try (Rollcall rollcall = Rollcall.open(options)) {
            return catchThrowableOfType(ProblemException.class, () -> Window.open(rollcall))
                    .problem()
                    .hint();
        }
    }
}
