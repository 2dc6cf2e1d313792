package dev.rollcall.document;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A way to read one candidate member. Stateless. */
@FunctionalInterface
interface Shape {
    /** What names a piece of work that is described by an object, best first. */
    List<String> WORK_NAMES = List.of("title", "name", "task", "description");

    /** What names a mission that is described by an object, best first. */
    List<String> MISSION_NAMES = List.of("title", "name", "description");

    Reading read(JsonValue value);

    /** A text that is not blank, as it is reported. */
    static Reading text(JsonValue value) {
        return textBelow("", value, "a text");
    }

    /** A whole number that fits 64 bits. */
    static Reading wholeNumber(JsonValue value) {
        if (value instanceof JsonValue.Null) {
            return Reading.ABSENT;
        }
        String whole = value instanceof JsonValue.Num number
                ? PlainNumber.whole(number.literal()).orElse(null)
                : null;
        return present(whole, value, "a whole number");
    }

    /** A number, or a text that is nothing but a number. */
    static Reading numberOrNumericText(JsonValue value) {
        return switch (value) {
            case JsonValue.Null n -> Reading.ABSENT;
            case JsonValue.Num number ->
                present(PlainNumber.plain(number.literal()).orElse(null), value, "a number");
            case JsonValue.Text text when text.value().isBlank() -> Reading.ABSENT;
            case JsonValue.Text text ->
                present(PlainNumber.plainText(text.value().strip()).orElse(null), value, "a number");
            default -> Reading.malformed("", value, "a number");
        };
    }

    /** A text, or the first text that an object has under one of the names. */
    static Shape textOrPart(List<String> names) {
        return value -> value instanceof JsonValue.Obj object
                ? part(object, names, "a text or an object with " + String.join(" or ", names))
                : textBelow("", value, "a text or an object");
    }

    /** One part of an object; an object without it says nothing. */
    static Shape partOnly(String name) {
        return value -> switch (value) {
            case JsonValue.Null n -> Reading.ABSENT;
            case JsonValue.Obj object ->
                object.member(name)
                        .map(member -> textBelow("." + name, member.value(), "a text"))
                        .orElse(Reading.ABSENT);
            default -> Reading.malformed("", value, "an object with " + name);
        };
    }

    /** The first item of a list that says anything, an item being a text or an object that names its work. */
    static Reading firstItem(JsonValue value) {
        if (value instanceof JsonValue.Null) {
            return Reading.ABSENT;
        }
        if (!(value instanceof JsonValue.Arr list)) {
            return Reading.malformed("", value, "a list");
        }
        for (int i = 0; i < list.items().size(); i++) {
            String at = "[" + i + "]";
            switch (textOrPart(WORK_NAMES).read(list.items().get(i))) {
                case Reading.Absent absent -> {}
                case Reading.Present found -> {
                    return new Reading.Present(found.text(), at + found.below());
                }
                case Reading.Malformed odd -> {
                    return new Reading.Malformed(at + odd.below(), odd.found(), odd.expected());
                }
            }
        }
        return Reading.ABSENT;
    }

    private static Reading part(JsonValue.Obj object, List<String> names, String expected) {
        for (String name : names) {
            Optional<JsonValue.Member> member = object.member(name);
            if (member.isPresent()
                    && textBelow("." + name, member.get().value(), "a text") instanceof Reading.Present p) {
                return p;
            }
        }
        return Reading.malformed("", object, expected);
    }

    private static Reading textBelow(String below, JsonValue value, String expected) {
        return switch (value) {
            case JsonValue.Text text when text.value().isBlank() -> Reading.ABSENT;
            case JsonValue.Text text -> new Reading.Present(StorableText.of(text.value()), below);
            case JsonValue.Null n -> Reading.ABSENT;
            default -> Reading.malformed(below, value, expected);
        };
    }

    private static Reading present(@Nullable String text, JsonValue value, String expected) {
        return text == null ? Reading.malformed("", value, expected) : new Reading.Present(text, "");
    }
}
