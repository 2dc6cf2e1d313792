package dev.rollcall.document;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the roll shows of one document: a text for each {@link StatusField}, or nothing where the document says nothing
 * usable. The texts are canonical, so that equal documents give equal columns: times as RFC 3339 in UTC, numbers plain
 * and without trailing zeros, blockers and findings as compact JSON lists. Immutable.
 */
public final class StatusColumns {
    /** The columns of an agent without an accepted document. */
    public static final StatusColumns NONE = new StatusColumns(Map.of());

    private final Map<StatusField, String> values;

    /** Read from its text by whoever asks first. */
    private volatile @Nullable List<String> blockers;

    private StatusColumns(Map<StatusField, String> values) {
        this.values = Collections.unmodifiableMap(values);
    }

    /** Fields without a value are left out or null. */
    public static StatusColumns of(Map<StatusField, ? extends @Nullable String> values) {
        EnumMap<StatusField, String> present = new EnumMap<>(StatusField.class);
        values.forEach((field, value) -> {
            if (value != null) {
                present.put(field, value);
            }
        });
        return new StatusColumns(present);
    }

    public Optional<String> text(StatusField field) {
        return Optional.ofNullable(values.get(field));
    }

    /** Empty also when a hand edit left something in the column that is no whole number; verification names it. */
    public Optional<Long> cycleCount() {
        return text(StatusField.CYCLE_COUNT).flatMap(PlainNumber::wholeText).map(Long::valueOf);
    }

    /** Empty also when a hand edit left something in the column that is no number; verification names it. */
    public Optional<BigDecimal> pointsEarned() {
        return text(StatusField.POINTS_EARNED).flatMap(PlainNumber::plainText).map(BigDecimal::new);
    }

    /** Empty also when a hand edit left something in the column that is no time with a zone. */
    public Optional<Instant> lastUpdated() {
        return text(StatusField.LAST_UPDATED).flatMap(StatusColumns::time);
    }

    private static Optional<Instant> time(String text) {
        try {
            // As it was written; the many shapes of documents take longer to look for.
            Instant time = UtcText.read(text);
            if (time != null) {
                return Optional.of(time);
            }
        } catch (DateTimeException editedByHand) {
            return Optional.empty();
        }
        return TimestampReading.of(text, ZoneOffset.UTC) instanceof TimestampReading.Zoned(Instant instant)
                ? Optional.of(instant)
                : Optional.empty();
    }

    /** {@link State#UNKNOWN} where nothing is said, or nothing that is a state. */
    public State state() {
        String name = values.get(StatusField.STATE);
        State state = name == null ? null : State.named(name);
        return state == null ? State.UNKNOWN : state;
    }

    public List<String> blockers() {
        List<String> known = blockers;
        if (known == null) {
            known = text(StatusField.BLOCKERS).map(JsonLists::texts).orElse(List.of());
            blockers = known;
        }
        return known;
    }

    public List<Finding> findings() {
        return text(StatusField.FINDINGS).map(JsonLists::findings).orElse(List.of());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusColumns columns && columns.values.equals(values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }
}
