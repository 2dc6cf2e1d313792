package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.MemberPath;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one agent's versions say of one field. A field is a column of the roll, or else a member of the document by its
 * path. Columns that history keeps are taken from there; for the others each version's document is read.
 */
public final class FieldReader {
    private final RollPast past;
    private final AgentId agent;
    private final ReadingRules rules;
    private final String name;
    private final @Nullable StatusField column;

    /** @param field a column's name, or a path as {@link MemberPath} reads it */
    public FieldReader(RollPast past, AgentId agent, ReadingRules rules, String field) {
        this.past = past;
        this.agent = agent;
        this.rules = rules;
        this.name = field;
        this.column = columns()
                .filter(each -> each.column().equals(field))
                .findFirst()
                .orElse(null);
    }

    /** What a version says of the field. */
    public sealed interface Value {
        record Said(JsonValue value) implements Value {}

        /** There is no such member, or nothing usable for the column. */
        record Silent() implements Value {}

        /** @param reason why the document can not be read; half a sentence */
        record Unreadable(String reason) implements Value {}
    }

    /** The columns that are fields; findings are about the document and not of the agent. */
    public static Stream<StatusField> columns() {
        return Stream.of(StatusField.values()).filter(field -> field != StatusField.FINDINGS);
    }

    public boolean isColumn() {
        return column != null;
    }

    public Value read(Revision version) {
        StatusField field = column;
        if (field != null && Revision.KEPT.contains(field)) {
            return column(version.columns(), field);
        }
        return switch (VersionDocument.of(past, agent, version.revision())) {
            case VersionDocument.Illegible(String reason) -> new Value.Unreadable(reason);
            case VersionDocument.Legible(StatusDocument document) ->
                field == null
                        ? MemberPath.find(document.root(), name)
                                .<Value>map(Value.Said::new)
                                .orElseGet(Value.Silent::new)
                        : column(VersionDocument.columns(document, agent, rules, version), field);
        };
    }

    private static Value column(StatusColumns columns, StatusField field) {
        String text = columns.text(field).orElse(null);
        if (text == null) {
            return new Value.Silent();
        }
        return new Value.Said(
                switch (field) {
                    case CYCLE_COUNT, POINTS_EARNED -> new JsonValue.Num(text, 0, 0);
                    case BLOCKERS -> texts(columns.blockers());
                    default -> text(text);
                });
    }

    private static JsonValue texts(List<String> texts) {
        return new JsonValue.Arr(texts.stream().map(FieldReader::text).toList(), 0, 0);
    }

    private static JsonValue text(String text) {
        return new JsonValue.Text(text, 0, 0);
    }
}
