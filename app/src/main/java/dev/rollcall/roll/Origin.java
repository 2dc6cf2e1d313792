package dev.rollcall.roll;

import java.util.Locale;

/** How a version came to be recorded. */
public enum Origin {
    /** Read from the file by a sync. */
    SYNC,
    /** Written by a lifecycle verb. */
    LIFECYCLE;

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
