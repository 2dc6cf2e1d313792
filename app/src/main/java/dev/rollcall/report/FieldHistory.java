package dev.rollcall.report;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.report.FieldReader.Value;
import dev.rollcall.roll.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The versions in which a field changed.
 *
 * @param changes oldest first; the first version is one when it says anything
 * @param unreadable versions whose document can not be read; a change that one of them made is told of the next one
 */
public record FieldHistory(List<Change> changes, List<Long> unreadable) {
    /** @param value null where the version says nothing any more */
    public record Change(Revision version, @Nullable JsonValue value) {}

    /** @param versions oldest first */
    public static FieldHistory of(List<Revision> versions, FieldReader reader) {
        List<Change> changes = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        String before = null;
        for (Revision version : versions) {
            Value value = reader.read(version);
            if (value instanceof Value.Unreadable) {
                unreadable.add(version.revision());
                continue;
            }
            JsonValue said = value instanceof Value.Said(JsonValue it) ? it : null;
            String now = said == null ? null : JsonText.canonical(said);
            if (!Objects.equals(before, now)) {
                changes.add(new Change(version, said));
            }
            before = now;
        }
        return new FieldHistory(List.copyOf(changes), List.copyOf(unreadable));
    }
}
