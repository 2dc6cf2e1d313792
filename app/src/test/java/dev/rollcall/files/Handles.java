package dev.rollcall.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** All file handles that the system gives this process; for a process of its own with a low limit. */
public final class Handles implements AutoCloseable {
    /** The shell's words before a command that may have so many handles at most. */
    public static final List<String> LIMITED = List.of("sh", "-c", "ulimit -n 256 && exec \"$@\"", "sh");

    private final List<FileChannel> taken = new ArrayList<>();

    private Handles() {}

    public static Handles takeAll(Path file) {
        Handles all = new Handles();
        try {
            while (all.taken.size() < 10_000) {
                all.taken.add(FileChannel.open(file, StandardOpenOption.READ));
            }
        } catch (IOException noMore) {
            return all;
        }
        all.close();
        throw new IllegalStateException("the system gives handles without end");
    }

    public int count() {
        return taken.size();
    }

    @Override
    public void close() {
        try {
            for (FileChannel channel : taken) {
                channel.close();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
