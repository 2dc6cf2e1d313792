package dev.rollcall.report;

import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Revision;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Versions with what figures need of them: some hundred bytes each, however long the texts are that an agent writes. A text
 * that stays the same from version to version is there once. For one agent's versions, in order, and one thread at a time.
 */
final class SlimVersions implements Function<Revision, Revision> {
    /** What figures need of each version. */
    static final List<StatusField> OF_EACH =
            List.of(StatusField.STATE, StatusField.CYCLE_COUNT, StatusField.POINTS_EARNED, StatusField.CURRENT_MISSION);

    /** And of an agent's first one. */
    private static final List<StatusField> NEEDED =
            Stream.concat(OF_EACH.stream(), Stream.of(StatusField.LAST_UPDATED)).toList();

    private final Map<StatusField, String> before = new EnumMap<>(StatusField.class);

    @Override
    public Revision apply(Revision version) {
        Map<StatusField, String> values = new EnumMap<>(StatusField.class);
        for (StatusField field : NEEDED) {
            version.columns().text(field).map(Contents::cut).ifPresent(text -> values.put(field, once(field, text)));
        }
        return new Revision(
                version.revision(),
                version.observedAt(),
                version.sourceModifiedAt(),
                StatusColumns.of(values),
                "",
                "",
                null,
                null);
    }

    private String once(StatusField field, String text) {
        String last = before.get(field);
        if (last != null && last.equals(text)) {
            return last;
        }
        before.put(field, text);
        return text;
    }
}
