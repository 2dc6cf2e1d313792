package dev.rollcall.mcp;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.mcp.Detail.Caps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * JSON cut down until it fits. What is null or empty is left out, as saying nothing takes room too.
 *
 * @param json of at most the length that was asked for
 * @param isShortened whether more was cut than the detail that was asked for cuts
 */
record Fitted(String json, boolean isShortened) {
    /** Levels of nesting that are told. */
    private static final int DEEPEST = 12;

    /** Longer numbers are nothing that anybody counts. */
    private static final int LONGEST_NUMBER = 40;

    /** @param most characters of JSON; at least 2,000 */
    static Fitted of(JsonValue value, Detail detail, int most) {
        Caps caps = detail.caps();
        String json = json(value, caps, 0);
        while (json.length() > most && !caps.isLeast()) {
            caps = caps.smaller();
            json = json(value, caps, 0);
        }
        return new Fitted(json, !caps.equals(detail.caps()));
    }

    /** What one of our own answers says. */
    static JsonValue.Obj read(String json) {
        if (StatusParser.parse(bytes(json)) instanceof ParseResult.Parsed parsed) {
            return parsed.document().root();
        }
        // A document may be nested as deeply as can be read; inside an answer it is deeper.
        if (StatusParser.parse(bytes(shallow(json))) instanceof ParseResult.Parsed parsed) {
            return parsed.document().root();
        }
        throw new IllegalStateException("an answer that is no JSON object");
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String shallow(String json) {
        StringBuilder kept = new StringBuilder(json.length());
        int depth = 0;
        boolean isQuoted = false;
        for (int at = 0; at < json.length(); at++) {
            char c = json.charAt(at);
            boolean isOpening = !isQuoted && (c == '{' || c == '[');
            boolean isClosing = !isQuoted && (c == '}' || c == ']');
            if (isOpening && ++depth == 2 * DEEPEST) {
                kept.append("\"...\"");
            }
            if (depth < 2 * DEEPEST) {
                kept.append(c);
            }
            if (isClosing) {
                depth--;
            }
            if (isQuoted && c == '\\') {
                at++;
                if (depth < 2 * DEEPEST) {
                    kept.append(json.charAt(at));
                }
            } else if (c == '"') {
                isQuoted = !isQuoted;
            }
        }
        return kept.toString();
    }

    private static String json(JsonValue value, Caps caps, int depth) {
        return switch (value) {
            case JsonValue.Obj object when depth >= DEEPEST -> "\"{...}\"";
            case JsonValue.Arr list when depth >= DEEPEST -> "\"[...]\"";
            case JsonValue.Obj object -> object(JsonText.members(object), caps, depth);
            case JsonValue.Arr list -> list(list.items(), caps, depth);
            case JsonValue.Text text -> QuotedText.of(text.value(), caps.text());
            case JsonValue.Num number ->
                number.literal().length() > LONGEST_NUMBER
                        ? QuotedText.of(number.literal(), LONGEST_NUMBER)
                        : number.literal();
            case JsonValue.Bool bool -> Boolean.toString(bool.value());
            case JsonValue.Null nothing -> "null";
        };
    }

    private static String object(Map<String, JsonValue> members, Caps caps, int depth) {
        StringBuilder json = new StringBuilder("{");
        int told = 0;
        int left = 0;
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            if (isNothing(member.getValue())) {
                continue;
            }
            // The outermost members are our own: they are few, and each says something.
            if (depth > 0 && told >= caps.items()) {
                left++;
                continue;
            }
            json.append(told++ == 0 ? "" : ",")
                    .append(QuotedText.of(member.getKey(), caps.text()))
                    .append(':')
                    .append(json(member.getValue(), caps, depth + 1));
        }
        return json.append(left == 0 ? "" : ",\"...\":\"" + left + " more members\"")
                .append('}')
                .toString();
    }

    private static String list(List<JsonValue> items, Caps caps, int depth) {
        StringBuilder json = new StringBuilder("[");
        // The outermost lists are what was asked for.
        int most = depth == 1 ? 5 * caps.items() : caps.items();
        for (int i = 0; i < items.size() && i < most; i++) {
            json.append(i == 0 ? "" : ",").append(json(items.get(i), caps, depth + 1));
        }
        int left = items.size() - most;
        return json.append(left <= 0 ? "" : ",\"... " + left + " more\"")
                .append(']')
                .toString();
    }

    private static boolean isNothing(JsonValue value) {
        return value instanceof JsonValue.Null
                || value instanceof JsonValue.Arr list && list.items().isEmpty()
                || value instanceof JsonValue.Obj object && object.members().isEmpty();
    }
}
