package dev.rollcall.embedding;

import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the model's files are.
 *
 * @param folder holds them by their names; null for the class path, which has them as resources
 */
record ModelFiles(@Nullable Path folder) {
    /** The file of this name in the folder; null without a folder, and where the folder has no such file. */
    @Nullable
    Path inFolder(String name) {
        Path file = folder == null ? null : folder.resolve(name);
        return file != null && Files.isRegularFile(file) ? file : null;
    }

    /**
     * All bytes of a file, outside of the heap.
     *
     * @param arena how long they can be read
     * @throws ProblemException MODEL_UNAVAILABLE when it is missing, can not be read or is damaged
     */
    ByteBuffer bytes(ModelFile file, Arena arena) {
        ByteBuffer bytes;
        try {
            bytes = folder == null ? resource(file, arena) : mapped(file, arena);
        } catch (IOException e) {
            throw ModelTrouble.of("load the embedding model: " + shown(file.fileName()) + " can not be read", e);
        }
        if (!file.hasBytes(bytes)) {
            throw ModelTrouble.of("load the embedding model: " + shown(file.fileName()) + " is damaged");
        }
        return bytes;
    }

    private ByteBuffer mapped(ModelFile file, Arena arena) throws IOException {
        Path path = inFolder(file.fileName());
        if (path == null) {
            throw missing(file.fileName());
        }
        try (FileChannel channel = FileChannel.open(path)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                    .asByteBuffer();
        }
    }

    private ByteBuffer resource(ModelFile file, Arena arena) throws IOException {
        try (InputStream in = ModelFiles.class.getResourceAsStream("/" + file.fileName())) {
            if (in == null) {
                throw missing(file.fileName());
            }
            byte[] bytes = in.readAllBytes();
            return arena.allocate(bytes.length)
                    .copyFrom(MemorySegment.ofArray(bytes))
                    .asByteBuffer();
        }
    }

    ProblemException missing(String name) {
        return ModelTrouble.of("load the embedding model: there is no " + shown(name));
    }

    private String shown(String name) {
        return folder == null
                ? name + " on the class path"
                : ShownText.of(folder.resolve(name).toString());
    }
}
