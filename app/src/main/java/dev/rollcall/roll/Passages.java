package dev.rollcall.roll;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusView;
import dev.rollcall.document.StorableText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which texts of a document are worth finding by meaning: those of the members that every reader knows, and the prose that
 * agents write wherever they like.
 */
public final class Passages {
    /** More than an embedding model reads of one text. */
    private static final int MAX_CODE_POINTS = 2_000;

    /** 64 bits of the digest tell the texts of one agent apart. */
    private static final int KEY_DIGITS = 16;

    /**
     * Begins the key of every passage that is not of a known member. Sorts behind the names of all fields, so that a table
     * in the order of its keys holds the two kinds apart.
     */
    public static final String FURTHER = "text:";

    /** What an object says that stands where a text could, in the order it is joined. */
    private static final List<String> PARTS = List.of("title", "name", "task", "description");

    /** The field of a passage that tells who the agent is and what it is at: what single passages tell only together. */
    public static final String PROFILE = "profile";

    /** Agents write it as an object of actions by their keys, too. */
    private static final String NEXT_ACTION = "next_action";

    private static final HexFormat HEX = HexFormat.of();

    private final Map<String, JsonValue> members;
    private final MessageDigest sha256 = sha256();
    private final Set<String> keys = new HashSet<>();
    private final List<Passage> passages = new ArrayList<>();

    private Passages(StatusDocument document) {
        members = HashMap.newHashMap(document.root().members().size());
        document.root().members().forEach(member -> members.put(member.name(), member.value()));
    }

    /** All of them: {@link #ofKnownMembers}, then {@link Prose#of}. */
    public static List<Passage> of(StatusDocument document) {
        Passages found = found(document);
        Set<String> known = new HashSet<>();
        found.passages.forEach(passage -> known.add(passage.text()));
        Prose.of(document, known).forEach(found::addFurther);
        return List.copyOf(found.passages);
    }

    /** By field in the order of {@link Passage#field}, then as in the document; each text once per field, keys unique. */
    public static List<Passage> ofKnownMembers(StatusDocument document) {
        return List.copyOf(found(document).passages);
    }

    private static Passages found(StatusDocument document) {
        Passages found = new Passages(document);
        found.take("role", List.of("agent_name", "role", "specialty"));
        found.take("mission", List.of("current_mission", "mission", "mission_description"));
        found.take("phase", List.of("current_phase", "current_focus"));
        found.take("current_task", List.of("current_tasks", "current_task"));
        found.take("completed_task", List.of("completed_tasks"));
        found.take("achievement", List.of("achievements"));
        StatusView.blockers(document).forEach(text -> found.add("blocker", text));
        found.take(NEXT_ACTION, List.of("next_actions"));
        return found;
    }

    private void take(String field, List<String> names) {
        for (String name : names) {
            JsonValue value = members.get(name);
            if (value instanceof JsonValue.Arr list) {
                list.items().forEach(item -> item(field, item));
            } else if (value != null) {
                item(field, value);
            }
        }
    }

    private void item(String field, JsonValue value) {
        String text = textOf(value);
        if (text.isEmpty() && field.equals(NEXT_ACTION) && value instanceof JsonValue.Obj object) {
            object.members().forEach(member -> addIfText(field, member.value()));
        } else {
            add(field, text);
        }
    }

    /** What an item of a list of texts says: its text, or what an object says in place of one; empty for anything else. */
    public static String textOf(JsonValue item) {
        return switch (item) {
            case JsonValue.Text text -> capped(StorableText.of(text.value()).strip());
            case JsonValue.Obj object -> capped(StorableText.of(joined(object)).strip());
            default -> "";
        };
    }

    private void addIfText(String field, JsonValue value) {
        String text = text(value);
        if (text != null) {
            add(field, text);
        }
    }

    private static String joined(JsonValue.Obj object) {
        Set<String> texts = new LinkedHashSet<>();
        for (String part : PARTS) {
            String text =
                    object.member(part).map(member -> text(member.value())).orElse(null);
            if (text != null && !text.isBlank()) {
                texts.add(text.strip());
            }
        }
        return String.join(" - ", texts);
    }

    private static @Nullable String text(JsonValue value) {
        return value instanceof JsonValue.Text text ? text.value() : null;
    }

    private void add(String field, String reported) {
        String text = capped(StorableText.of(reported).strip());
        if (text.isEmpty()) {
            return;
        }
        String digest = digest(text);
        String key = field + ":" + digest.substring(0, KEY_DIGITS);
        if (keys.add(key)) {
            passages.add(new Passage(key, field, text, digest));
        }
    }

    private void addFurther(Prose prose) {
        String text = capped(prose.text());
        String key = FURTHER + digest(prose.path() + "\n" + text).substring(0, KEY_DIGITS);
        if (keys.add(key)) {
            passages.add(new Passage(key, prose.path(), text, digest(text)));
        }
    }

    private String digest(String text) {
        return HEX.formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether passages of this field and text have this key. */
    public static boolean isKeyOf(String key, String field, String text) {
        return key.equals(field + ":" + digits(text)) || key.equals(FURTHER + digits(field + "\n" + text));
    }

    private static String digits(String text) {
        return DocumentContent.sha256Of(text.getBytes(StandardCharsets.UTF_8)).substring(0, KEY_DIGITS);
    }

    /** As much of a text as a passage holds. */
    static String capped(String text) {
        if (text.length() <= MAX_CODE_POINTS || text.codePointCount(0, text.length()) <= MAX_CODE_POINTS) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, MAX_CODE_POINTS)).strip();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
