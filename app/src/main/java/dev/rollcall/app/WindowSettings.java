package dev.rollcall.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the window of {@code rollcall up} is, and who may look through it.
 *
 * @param bind the address it listens at
 * @param port null for the first free one from {@value #FIRST_PORT} on
 * @param hosts further names under which it may be asked for, such as that of a proxy before it
 * @param reading who may look without a token
 */
public record WindowSettings(String bind, @Nullable Integer port, List<String> hosts, Reading reading) {
    public static final String DEFAULT_BIND = "127.0.0.1";

    /** R-O-L-L on the keys of a telephone. */
    public static final int FIRST_PORT = 7655;

    public WindowSettings {
        hosts = List.copyOf(hosts);
    }

    /** Who may look without a token. */
    public enum Reading {
        /** Whoever is on this machine. */
        FREE,
        /** Nobody. */
        TOKEN
    }
}
