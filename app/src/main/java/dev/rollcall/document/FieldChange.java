package dev.rollcall.document;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One column that two versions of a document fill differently. The texts are those of {@link StatusColumns}, cut where
 * they are long: at {@value #MAX_CODE_POINTS} code points, and a list after {@value #MAX_ITEMS} items; "..." stands for
 * what was left out, so that two texts can differ and look the same here.
 *
 * @param before null where the version before said nothing usable
 * @param after null where the later version says nothing usable
 */
public record FieldChange(
        StatusField field,
        @Nullable String before,
        @Nullable String after) {
    public static final int MAX_CODE_POINTS = 200;
    public static final int MAX_ITEMS = 10;

    /** Of these fields, in their order, those that differ. */
    public static List<FieldChange> between(StatusColumns before, StatusColumns after, List<StatusField> fields) {
        return fields.stream()
                .filter(field -> !before.text(field).equals(after.text(field)))
                .map(field -> new FieldChange(field, cut(field, before), cut(field, after)))
                .toList();
    }

    private static @Nullable String cut(StatusField field, StatusColumns columns) {
        Optional<String> text = columns.text(field);
        return (field == StatusField.BLOCKERS
                        ? text.map(JsonLists::texts).map(FieldChange::cut)
                        : text.map(FieldChange::cut))
                .orElse(null);
    }

    private static String cut(String text) {
        return StorableText.shortened(text, MAX_CODE_POINTS);
    }

    private static String cut(List<String> items) {
        List<String> cut =
                items.stream().limit(MAX_ITEMS + 1L).map(FieldChange::cut).toList();
        return JsonLists.ofTexts(
                cut.size() <= MAX_ITEMS
                        ? cut
                        : Stream.concat(cut.stream().limit(MAX_ITEMS), Stream.of("..."))
                                .toList());
    }

    /** Whether the field is among the changes. */
    public static boolean isAmong(List<FieldChange> changes, StatusField field) {
        return changes.stream().anyMatch(change -> change.field() == field);
    }
}
