package dev.rollcall.document;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A JSON value as text. Of a repeated name the last member counts, as everywhere. Pure. */
public final class JsonText {
    /** Longer numbers are nothing that anybody counts; exact arithmetic on them would take long. */
    private static final int MAX_LITERAL_LENGTH = 400;

    private JsonText() {}

    /** On one line, without white space; numbers and the order of members as they were written. */
    public static String of(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj object -> object(members(object), false);
            case JsonValue.Arr list ->
                list.items().stream().map(JsonText::of).collect(Collectors.joining(",", "[", "]"));
            case JsonValue.Num number -> number.literal();
            case JsonValue other -> scalar(other);
        };
    }

    /**
     * A text that two values share exactly when they say the same: the order of members does not count, nor how a number or
     * a character is spelled. A number of more than {@value #MAX_LITERAL_LENGTH} characters, or beyond what can be reckoned
     * with, is the same only when it is spelled the same.
     */
    public static String canonical(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj object -> object(new TreeMap<>(members(object)), true);
            case JsonValue.Arr list ->
                list.items().stream().map(JsonText::canonical).collect(Collectors.joining(",", "[", "]"));
            case JsonValue.Num number -> canonical(number.literal());
            case JsonValue other -> scalar(other);
        };
    }

    /** The members that count, in the order of the document. */
    public static Map<String, JsonValue> members(JsonValue.Obj object) {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        object.members().forEach(member -> members.put(member.name(), member.value()));
        return members;
    }

    private static String object(Map<String, JsonValue> members, boolean isCanonical) {
        return members.entrySet().stream()
                .map(member -> Spelling.quoted(member.getKey()) + ":"
                        + (isCanonical ? canonical(member.getValue()) : of(member.getValue())))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String scalar(JsonValue value) {
        return switch (value) {
            case JsonValue.Text text -> Spelling.quoted(text.value());
            case JsonValue.Bool bool -> Boolean.toString(bool.value());
            case JsonValue.Null nothing -> "null";
            case JsonValue other -> throw new IllegalArgumentException("a " + other.typeName() + " is no scalar");
        };
    }

    private static String canonical(String literal) {
        if (literal.length() > MAX_LITERAL_LENGTH) {
            return literal;
        }
        try {
            return new BigDecimal(literal).stripTrailingZeros().toString();
        } catch (ArithmeticException | NumberFormatException exponentTooLarge) {
            return literal;
        }
    }
}
