package dev.rollcall.app;

import java.util.Locale;

/** So many of something, as people say it. Pure. */
public final class Amount {
    private Amount() {}

    /** For example {@code 1 gap} or {@code 1,200 gaps}. */
    public static String of(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }
}
