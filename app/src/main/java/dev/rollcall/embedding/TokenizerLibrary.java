package dev.rollcall.embedding;

import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The tokenizer's native library, loaded once for the process. Threads: any number at once. */
final class TokenizerLibrary {
    private static final String NAME = System.mapLibraryName("tokenizers");

    private static boolean loaded;

    private TokenizerLibrary() {}

    /**
     * Loads the library of the model's folder, or else the one that the class path has for this machine. Does nothing when
     * one is loaded already.
     *
     * @throws ProblemException MODEL_UNAVAILABLE when there is none, or it is none for this machine
     */
    static synchronized void load(ModelFiles files) {
        if (loaded) {
            return;
        }
        Path unpacked = files.inFolder(NAME);
        try {
            if (unpacked == null) {
                loadFromClassPath(files);
            } else {
                load(unpacked);
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            throw ModelTrouble.of("load the embedding model: the native library " + NAME + " can not be loaded", e);
        }
        loaded = true;
    }

    private static void loadFromClassPath(ModelFiles files) throws IOException {
        try (InputStream packed = packed()) {
            if (packed == null) {
                throw files.missing(NAME);
            }
            Path copy = Files.createTempFile("rollcall", NAME);
            try {
                Files.copy(packed, copy, StandardCopyOption.REPLACE_EXISTING);
                load(copy);
            } finally {
                // It stays loaded without its name.
                Files.delete(copy);
            }
        }
    }

    @SuppressWarnings("restricted") // the launcher and the tests allow native access
    private static void load(Path library) {
        System.load(library.toAbsolutePath().toString());
    }

    /** Null where DJL has no library for this machine. */
    @SuppressWarnings("NullAway") // a resource that is missing is null
    private static @Nullable InputStream packed() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("mac") ? "osx" : "linux";
        String machine = System.getProperty("os.arch").equals("amd64") ? "x86_64" : System.getProperty("os.arch");
        return TokenizerLibrary.class.getResourceAsStream("/native/lib/" + system + "-" + machine + "/cpu/" + NAME);
    }
}
