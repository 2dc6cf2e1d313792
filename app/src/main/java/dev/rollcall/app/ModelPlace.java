package dev.rollcall.app;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the launcher unpacked the embedding model: it says so in a system property. */
public final class ModelPlace {
    private static final String PROPERTY = "rollcall.models";

    private ModelPlace() {}

    /** Null without a launcher: the model is on the class path then. */
    public static @Nullable Path folder() {
        String folder = System.getProperty(PROPERTY);
        return folder == null ? null : Path.of(folder);
    }
}
