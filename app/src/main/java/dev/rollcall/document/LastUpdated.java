package dev.rollcall.document;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a document says it was updated. Used once. */
final class LastUpdated {
    static final List<String> CANDIDATES = List.of(
            "last_updated",
            "last_update",
            "updated_at",
            "lastUpdated",
            "updatedAt",
            "timestamp",
            "last_heartbeat",
            "last_seen",
            "last_seen_utc",
            "last_cycle");

    /** Clocks of two machines differ, file systems round. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(5);

    private final JsonMembers members;
    private final ZoneId zone;
    private final Instant modifiedAt;

    LastUpdated(JsonMembers members, ZoneId zone, Instant modifiedAt) {
        this.members = members;
        this.zone = zone;
        this.modifiedAt = modifiedAt;
    }

    void read(Map<StatusField, String> values, Findings findings) {
        String firstRaw = null;
        for (String name : CANDIDATES) {
            JsonValue value = members.value(name);
            String raw = value == null ? null : raw(value);
            if (raw == null) {
                noteType(name, value, findings);
                continue;
            }
            if (firstRaw == null) {
                firstRaw = raw;
            }
            Instant time = read(name, value, findings);
            if (time != null) {
                if (!name.equals(CANDIDATES.getFirst())) {
                    findings.fallback("last_updated", name, "");
                }
                noteFuture(name, time, findings);
                values.put(StatusField.LAST_UPDATED, UtcText.of(time));
                values.put(StatusField.LAST_UPDATED_RAW, raw);
                return;
            }
        }
        if (firstRaw == null) {
            findings.add("time_missing", "last_updated", "no member tells when the document was updated");
        } else {
            values.put(StatusField.LAST_UPDATED_RAW, firstRaw);
        }
    }

    /** The value as it is reported, or null when it is no text and no number, or blank. */
    private static @Nullable String raw(JsonValue value) {
        return switch (value) {
            case JsonValue.Text text -> text.value().isBlank() ? null : StorableText.of(text.value());
            case JsonValue.Num number -> StorableText.shortened(number.literal(), TimestampScanner.MAX_LENGTH);
            default -> null;
        };
    }

    private @Nullable Instant read(String name, @Nullable JsonValue value, Findings findings) {
        TimestampReading reading = switch (value) {
            case JsonValue.Text text -> TimestampReading.of(text.value(), zone);
            case JsonValue.Num number -> TimestampReading.ofCount(number.literal());
            case null, default -> new TimestampReading.Unreadable();
        };
        return switch (reading) {
            case TimestampReading.Zoned zoned -> zoned.instant();
            case TimestampReading.Zoneless local -> {
                findings.add("time_without_zone", name, name + " names no zone and is taken for " + zone.getId());
                yield local.instant();
            }
            case TimestampReading.Unreadable unreadable -> {
                findings.add("time_unreadable", name, name + " is not a time that can be read without guessing");
                yield null;
            }
        };
    }

    private static void noteType(String name, @Nullable JsonValue value, Findings findings) {
        switch (value) {
            case JsonValue.Obj o -> findings.wrongType(name, Reading.malformed("", o, "a time"));
            case JsonValue.Arr a -> findings.wrongType(name, Reading.malformed("", a, "a time"));
            case JsonValue.Bool b -> findings.wrongType(name, Reading.malformed("", b, "a time"));
            case null, default -> {}
        }
    }

    private void noteFuture(String name, Instant time, Findings findings) {
        if (time.isAfter(modifiedAt.plus(CLOCK_TOLERANCE))) {
            findings.add("time_in_future", name, name + " is later than the file that reports it");
        }
    }
}
