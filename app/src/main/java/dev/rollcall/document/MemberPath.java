package dev.rollcall.document;

import dev.rollcall.problem.ShownText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where in a document a value stands, as people write it: {@code notes.log[2].said}, counted from 0. A name in which
 * this could not be read stands in brackets and quotes, as JSON spells it: {@code notes["a.b"]}. Pure.
 */
public final class MemberPath {
    /** The document itself. */
    public static final String ROOT = "";

    private static final String SPECIAL = ".[]\"\\ ";

    private MemberPath() {}

    public static String member(String parent, String name) {
        boolean isPlain = !name.isEmpty()
                && name.codePoints().noneMatch(c -> SPECIAL.indexOf(c) >= 0 || ShownText.isInvisible(c));
        if (!isPlain) {
            return parent + "[" + Spelling.quoted(name) + "]";
        }
        return parent.isEmpty() ? name : parent + "." + name;
    }

    public static String item(String parent, int index) {
        return parent + "[" + index + "]";
    }

    /** The value that the path leads to; a top-level member that is called like the whole path comes first. */
    public static Optional<JsonValue> find(JsonValue.Obj root, String path) {
        Optional<JsonValue> member = root.member(path).map(JsonValue.Member::value);
        return member.isPresent() ? member : steps(path).flatMap(steps -> walk(root, steps));
    }

    private static Optional<JsonValue> walk(JsonValue root, List<String> steps) {
        Optional<JsonValue> at = Optional.of(root);
        for (String step : steps) {
            at = at.flatMap(value -> step(value, step));
        }
        return at;
    }

    /** A step is a name after a dot, or a number in brackets; numbers keep their bracket to be told apart. */
    private static Optional<JsonValue> step(JsonValue value, String step) {
        return switch (value) {
            case JsonValue.Obj object
            when step.startsWith(".") -> object.member(step.substring(1)).map(JsonValue.Member::value);
            case JsonValue.Arr list
            when step.startsWith("[") -> {
                int index = Integer.parseInt(step, 1, step.length(), 10);
                yield index < list.items().size() ? Optional.of(list.items().get(index)) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** Empty for what is no path. */
    private static Optional<List<String>> steps(String path) {
        List<String> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            boolean isBracket = path.charAt(at) == '[';
            int end = isBracket ? endOfBracket(path, at) : endOfName(path, at);
            if (end < 0) {
                return Optional.empty();
            }
            String step = isBracket ? inBracket(path.substring(at + 1, end - 1)) : "." + path.substring(at, end);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step);
            boolean isDot = end < path.length() && path.charAt(end) == '.';
            at = isDot ? end + 1 : end;
        }
        return steps.isEmpty() || path.endsWith(".") ? Optional.empty() : Optional.of(steps);
    }

    private static int endOfName(String path, int start) {
        int end = start;
        while (end < path.length() && path.charAt(end) != '.' && path.charAt(end) != '[') {
            end++;
        }
        return end == start ? -1 : end;
    }

    /** The index after the closing bracket; quoted names may hold brackets. */
    private static int endOfBracket(String path, int start) {
        boolean isQuoted = path.startsWith("[\"", start);
        int at = start + (isQuoted ? 2 : 1);
        while (isQuoted && at < path.length() && path.charAt(at) != '"') {
            at += path.charAt(at) == '\\' ? 2 : 1;
        }
        int close = at > path.length() ? -1 : path.indexOf(']', at);
        return close < 0 ? -1 : close + 1;
    }

    /** Empty for what is neither a number nor a quoted name. */
    private static String inBracket(String inside) {
        if (!inside.isEmpty() && inside.length() <= 9 && inside.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return "[" + inside;
        }
        return JsonTree.whole(inside)
                .map(value -> value instanceof JsonValue.Text name ? "." + name.value() : "")
                .orElse("");
    }
}
