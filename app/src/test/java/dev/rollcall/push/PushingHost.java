package dev.rollcall.push;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.cli.Shell.Result;
import dev.rollcall.files.NotesFile;
import dev.rollcall.files.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A host with agents of its own, and the command that pushes them. */
public final class PushingHost {
    public final Shell shell;
    private final String to;
    private final Path token;

    public PushingHost(Path folder, String to, String secret) throws IOException {
        this.shell = new Shell(folder);
        this.to = to;
        this.token = Files.writeString(folder.resolve("token"), secret + "\n");
    }

    public Result push(String... more) {
        return shell.run(arguments(more));
    }

    public String[] arguments(String... more) {
        List<String> all = new ArrayList<>(List.of("push", "--to", to, "--token-file", token.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    PushNotes notes() {
        return NotesFile.open(new StateFolder(shell.root), name());
    }

    Path notesFile() {
        return shell.folder.resolve(".rollcall").resolve(name() + ".notes");
    }

    private String name() {
        return "push-" + ReceiverAddress.of(to, ReceiverAddress.Wire.PRIVATE).key();
    }

    /** Every agent's bytes under a root, as text that keeps each byte. */
    public static Map<String, String> files(Path root) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> folders = Files.list(root)) {
            for (Path folder : folders.toList()) {
                Path file = folder.resolve("status.json");
                if (Files.exists(file)) {
                    files.put(
                            folder.getFileName().toString(),
                            new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
                }
            }
        }
        return files;
    }

    /** The receiver's files are those of this host, byte for byte. */
    public void assertIsAt(Path receiversRoot, String context) throws IOException {
        assertThat(files(receiversRoot)).as(context).isEqualTo(files(shell.root));
    }
}
