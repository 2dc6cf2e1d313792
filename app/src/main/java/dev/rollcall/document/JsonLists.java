package dev.rollcall.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The two lists that are kept as JSON text in columns: blockers (texts) and findings (objects). */
public final class JsonLists {
    private static final String CODE = "code";
    private static final String MEMBER = "member";
    private static final String MESSAGE = "message";

    private JsonLists() {}

    /** Compact JSON list of texts. */
    public static String ofTexts(List<String> texts) {
        return texts.stream().map(Spelling::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    /** Compact JSON list of {@code {"code","member","message"}}. */
    public static String ofFindings(List<Finding> findings) {
        return findings.stream().map(JsonLists::ofFinding).collect(Collectors.joining(",", "[", "]"));
    }

    /** The texts of a JSON list; empty when the column was edited into something else. */
    public static List<String> texts(String json) {
        return items(json, JsonLists::text);
    }

    /** The findings of a JSON list; empty when the column was edited into something else. */
    public static List<Finding> findings(String json) {
        return items(json, JsonLists::finding);
    }

    private static String ofFinding(Finding finding) {
        return "{\"" + CODE + "\":" + Spelling.quoted(finding.code()) + ",\"" + MEMBER + "\":"
                + Spelling.quoted(finding.member()) + ",\"" + MESSAGE + "\":" + Spelling.quoted(finding.message())
                + "}";
    }

    /** All items or, when one of them is not of the shape, none: half a list would be a lie. */
    private static <T> List<T> items(String json, Function<JsonValue, Optional<T>> shape) {
        List<T> items = new ArrayList<>();
        for (JsonValue value : values(json)) {
            Optional<T> item = shape.apply(value);
            if (item.isEmpty()) {
                return List.of();
            }
            items.add(item.get());
        }
        return List.copyOf(items);
    }

    private static List<JsonValue> values(String json) {
        return JsonTree.whole(json)
                .map(value -> value instanceof JsonValue.Arr list ? list.items() : List.<JsonValue>of())
                .orElse(List.of());
    }

    private static Optional<Finding> finding(JsonValue value) {
        if (!(value instanceof JsonValue.Obj object)) {
            return Optional.empty();
        }
        return text(object, CODE)
                .flatMap(code -> text(object, MEMBER)
                        .flatMap(member -> text(object, MESSAGE).map(message -> new Finding(code, member, message))));
    }

    private static Optional<String> text(JsonValue.Obj object, String name) {
        return object.member(name).map(JsonValue.Member::value).flatMap(JsonLists::text);
    }

    private static Optional<String> text(JsonValue value) {
        return value instanceof JsonValue.Text text ? Optional.of(text.value()) : Optional.empty();
    }
}
