package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a document says is in the agent's way. Stateless. */
final class Blockers {
    static final List<String> CANDIDATES = List.of("blockers", "current_blockers", "blocker");
    private static final List<String> ITEM_TEXTS = List.of("title", "description", "text", "name", "blocker");

    /** Texts that say there is none, alone or before a punctuation mark: "None - full momentum". */
    private static final List<String> NONE =
            List.of("none", "n/a", "no blockers", "no blocker", "no current blockers", "no active blockers");

    private final JsonMembers members;
    private final byte[] utf8;

    Blockers(StatusDocument document, JsonMembers members) {
        this.members = members;
        this.utf8 = document.utf8();
    }

    /** The blockers; empty when nothing is said about them, an empty list when it is said that there are none. */
    Optional<List<String>> read(Findings findings) {
        boolean countSeen = false;
        for (String name : CANDIDATES) {
            JsonValue value = members.value(name);
            List<String> texts = value == null ? null : textsOf(value);
            if (texts != null) {
                if (!name.equals(CANDIDATES.getFirst())) {
                    findings.fallback("blockers", name, "");
                }
                return Optional.of(texts);
            }
            if (value != null && !says(value)) {
                findings.wrongType(
                        name, Reading.malformed("", value, "a list, a text or an object with current_blockers"));
                countSeen |= value instanceof JsonValue.Num;
            }
        }
        return countSeen ? Optional.of(List.of()) : Optional.empty();
    }

    /** Whether the value is of a type that needs no finding although it gave no list: null or blank. */
    private static boolean says(JsonValue value) {
        return value instanceof JsonValue.Null || value instanceof JsonValue.Text;
    }

    private @Nullable List<String> textsOf(JsonValue value) {
        return switch (value) {
            case JsonValue.Arr list -> items(list);
            case JsonValue.Text text when text.value().isBlank() -> null;
            case JsonValue.Text text -> meansNone(text.value()) ? List.of() : List.of(StorableText.of(text.value()));
            case JsonValue.Obj object -> {
                JsonValue inner = object.member("current_blockers")
                        .map(JsonValue.Member::value)
                        .orElse(null);
                yield inner == null || inner instanceof JsonValue.Obj ? null : textsOf(inner);
            }
            case JsonValue.Num n -> null;
            case JsonValue.Bool b -> null;
            case JsonValue.Null n -> null;
        };
    }

    private List<String> items(JsonValue.Arr list) {
        List<String> texts = new ArrayList<>(list.items().size());
        for (JsonValue item : list.items()) {
            String text = itemText(item);
            if (!text.isBlank() && !meansNone(text)) {
                texts.add(StorableText.of(text));
            }
        }
        return texts;
    }

    private String itemText(JsonValue item) {
        return switch (item) {
            case JsonValue.Text text -> text.value();
            case JsonValue.Null n -> "";
            case JsonValue.Obj object -> {
                for (String name : ITEM_TEXTS) {
                    JsonValue value =
                            object.member(name).map(JsonValue.Member::value).orElse(null);
                    if (value instanceof JsonValue.Text text && !text.value().isBlank()) {
                        yield text.value();
                    }
                }
                yield compact(object);
            }
            default -> compact(item);
        };
    }

    /** The JSON text of a value as it stands in the document, without the white space between its parts. */
    private String compact(JsonValue value) {
        String json = new String(utf8, value.start(), value.end() - value.start(), StandardCharsets.UTF_8);
        StringBuilder compact = new StringBuilder(json.length());
        boolean quoted = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted && c == '\\') {
                compact.append(c).append(json.charAt(++i));
                continue;
            }
            quoted ^= c == '"';
            if (quoted || c > ' ') {
                compact.append(c);
            }
        }
        return compact.toString();
    }

    private static boolean meansNone(String text) {
        String stripped = text.strip();
        String lower = stripped.substring(0, Math.min(stripped.length(), 40)).toLowerCase(Locale.ROOT);
        for (String none : NONE) {
            if (lower.startsWith(none)
                    && isEndOrPunctuation(lower.substring(none.length()).strip())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isEndOrPunctuation(String rest) {
        return rest.isEmpty() || "-\u2010\u2011\u2012\u2013\u2014\u2015:;,.!(".indexOf(rest.charAt(0)) >= 0;
    }
}
