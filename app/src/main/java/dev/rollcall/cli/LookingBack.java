package dev.rollcall.cli;

import dev.rollcall.app.Amount;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the commands that look back share. */
final class LookingBack {
    /** How a moment is written, for help. */
    static final String FORMS = "2025-10-15[T12:00:00Z], \"2h ago\", yesterday, now, r123, or a commit.";

    private LookingBack() {}

    /** The value for people, not cut and not yet safe. */
    static String shown(@Nullable JsonValue value) {
        return value == null ? "-" : JsonText.of(value);
    }

    /** To the second. */
    static String time(Revision version) {
        return time(version.observedAt());
    }

    /** To the second: finer is for programs. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The note for people about versions that could not be read; empty where all could. */
    static String unreadable(List<Long> revisions) {
        return revisions.isEmpty()
                ? ""
                : "! " + Amount.of(revisions.size(), "damaged version", "damaged versions")
                        + " could not be read: rollcall verify --deep\n";
    }
}
