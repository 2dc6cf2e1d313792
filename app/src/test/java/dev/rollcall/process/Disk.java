package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** A small disk in memory, mounted over a folder. Where mounting is not allowed, the test that needs it is skipped. */
final class Disk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path folder;
    private boolean isMounted;

    private Disk(Path folder) {
        this.folder = folder;
    }

    /** @param size as mount(8) spells it, for example 512k */
    static Disk mount(Path folder, String size) throws IOException {
        Disk disk = new Disk(Files.createDirectories(folder));
        assumeThat(disk.mount(size)).as("may mount a small disk").isZero();
        return disk;
    }

    void mountAgain(String size) throws IOException {
        assertThat(mount(size)).isZero();
    }

    private int mount(String size) throws IOException {
        int exitCode = run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString());
        isMounted = exitCode == 0;
        return exitCode;
    }

    /** As soon as nobody has a file open there. */
    void unmount() throws Exception {
        eventually(
                Duration.ofSeconds(10),
                () -> assertThat(run("umount", folder.toString())).isZero());
        isMounted = false;
    }

    /** Writes into a file until nothing more fits. */
    static void fill(Path file) throws IOException {
        byte[] block = new byte[BLOCK];
        while (true) {
            try {
                Files.write(file, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException full) {
                assertThat(full).hasMessageContaining("No space left");
                return;
            }
        }
    }

    private static int run(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    /** Also while files are open there. */
    @Override
    public void close() throws IOException {
        if (isMounted) {
            assertThat(run("umount", "--lazy", folder.toString())).isZero();
        }
    }
}
