package dev.rollcall.document;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an event tells beside its kind, as compact JSON text and back out of it; a hand may have edited the text. */
public final class EventText {
    private static final String BEFORE = "before";
    private static final String AFTER = "after";
    private static final String CODE = "code";
    private static final String MESSAGE = "message";
    private static final String LINE = "line";
    private static final String COLUMN = "column";
    private static final String BYTE_OFFSET = "byte_offset";

    private EventText() {}

    /** {@code {"state":{"before":"IDLE","after":"ACTIVE"}}}; numbers as numbers, blockers as a list of texts. */
    public static String ofChanges(List<FieldChange> changes) {
        return changes.stream()
                .map(change -> Spelling.quoted(change.field().column()) + ":{\"" + BEFORE + "\":"
                        + value(change.field(), change.before()) + ",\"" + AFTER + "\":"
                        + value(change.field(), change.after()) + "}")
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** {@code {"code","message","line","column","byte_offset"}}; a place that there is not is null. */
    public static String ofRejection(ParseResult.Rejected rejection) {
        Position position = rejection.position();
        return "{\"" + CODE + "\":" + Spelling.quoted(rejection.code().label())
                + ",\"" + MESSAGE + "\":" + Spelling.quoted(StorableText.of(rejection.message()))
                + ",\"" + LINE + "\":" + (position == null ? null : Integer.valueOf(position.line()))
                + ",\"" + COLUMN + "\":" + (position == null ? null : Integer.valueOf(position.column()))
                + ",\"" + BYTE_OFFSET + "\":" + (position == null ? null : Long.valueOf(position.byteOffset())) + "}";
    }

    /** Empty when the text is not of this shape. */
    public static Optional<List<FieldChange>> changes(String json) {
        return object(json).flatMap(EventText::changes);
    }

    /** Empty when the text is not of this shape. */
    public static Optional<ParseResult.Rejected> rejection(String json) {
        return object(json)
                .flatMap(object -> text(object, CODE)
                        .flatMap(EventText::code)
                        .flatMap(code -> text(object, MESSAGE)
                                .map(message -> new ParseResult.Rejected(code, message, position(object)))));
    }

    private static String value(StatusField field, @Nullable String text) {
        if (text == null) {
            return "null";
        }
        return switch (field) {
            case BLOCKERS -> JsonLists.ofTexts(JsonLists.texts(text));
            case CYCLE_COUNT, POINTS_EARNED ->
                PlainNumber.plainText(text).filter(text::equals).orElseGet(() -> Spelling.quoted(text));
            default -> Spelling.quoted(text);
        };
    }

    private static Optional<JsonValue.Obj> object(String json) {
        return JsonTree.whole(json).filter(JsonValue.Obj.class::isInstance).map(JsonValue.Obj.class::cast);
    }

    /** All members or, when one of them is not of the shape, none: half of the changes would be a lie. */
    private static Optional<List<FieldChange>> changes(JsonValue.Obj object) {
        List<FieldChange> changes = new ArrayList<>();
        for (JsonValue.Member member : object.members()) {
            Optional<StatusField> field = field(member.name());
            if (field.isEmpty()
                    || !(member.value() instanceof JsonValue.Obj versions)
                    || !isText(versions, BEFORE)
                    || !isText(versions, AFTER)) {
                return Optional.empty();
            }
            changes.add(new FieldChange(
                    field.get(),
                    text(versions, BEFORE).orElse(null),
                    text(versions, AFTER).orElse(null)));
        }
        return Optional.of(List.copyOf(changes));
    }

    private static Optional<StatusField> field(String column) {
        return Arrays.stream(StatusField.values())
                .filter(field -> field.column().equals(column))
                .findFirst();
    }

    private static boolean isText(JsonValue.Obj object, String name) {
        return text(object, name).isPresent()
                || object.member(name)
                        .filter(member -> member.value() instanceof JsonValue.Null)
                        .isPresent();
    }

    private static Optional<String> text(JsonValue.Obj object, String name) {
        return object.member(name).flatMap(member -> switch (member.value()) {
            case JsonValue.Text text -> Optional.of(text.value());
            case JsonValue.Num number -> Optional.of(number.literal());
            case JsonValue.Arr list -> texts(list);
            default -> Optional.empty();
        });
    }

    private static Optional<String> texts(JsonValue.Arr list) {
        List<String> texts = new ArrayList<>();
        for (JsonValue item : list.items()) {
            if (!(item instanceof JsonValue.Text text)) {
                return Optional.empty();
            }
            texts.add(text.value());
        }
        return Optional.of(JsonLists.ofTexts(texts));
    }

    private static Optional<RejectionCode> code(String label) {
        return Arrays.stream(RejectionCode.values())
                .filter(code -> code.label().equals(label))
                .findFirst();
    }

    private static @Nullable Position position(JsonValue.Obj object) {
        Optional<Long> line = number(object, LINE);
        Optional<Long> column = number(object, COLUMN);
        Optional<Long> offset = number(object, BYTE_OFFSET);
        return line.isEmpty() || column.isEmpty() || offset.isEmpty()
                ? null
                : new Position(
                        Math.clamp(line.get(), 0, Integer.MAX_VALUE),
                        Math.clamp(column.get(), 0, Integer.MAX_VALUE),
                        offset.get());
    }

    private static Optional<Long> number(JsonValue.Obj object, String name) {
        return text(object, name).flatMap(PlainNumber::wholeText).map(Long::valueOf);
    }
}
