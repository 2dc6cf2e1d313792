package dev.rollcall.roll;

import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StorableText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A text that stands outside the members every reader knows. In files that agents really write, half of what answers a
 * question about them lies there.
 *
 * @param path the names of the members that lead to it, joined by dots; lists leave no trace in it
 */
record Prose(String path, String text) {
    private static final List<String> OF_PROFILE =
            List.of("agent_name", "role", "specialty", "current_mission", "mission", "current_phase");

    /** Texts of one document; a hostile one may hold a hundred thousand. */
    private static final int MOST = 2_000;

    private static final int LONGEST_PATH = 200;

    private static final Pattern TIME = Pattern.compile("\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d.*", Pattern.DOTALL);

    /**
     * The profile, then all prose in the order of the document.
     *
     * @param known texts that are passages already
     */
    static List<Prose> of(StatusDocument document, Set<String> known) {
        List<Prose> found = new ArrayList<>();
        String profile = profile(document);
        if (!profile.isEmpty()) {
            found.add(new Prose(Passages.PROFILE, profile));
        }
        walk(document.root(), "", known, found);
        return found;
    }

    private static String profile(StatusDocument document) {
        Map<String, JsonValue> members = new HashMap<>();
        document.root().members().forEach(member -> members.put(member.name(), member.value()));
        Set<String> parts = new LinkedHashSet<>();
        for (String name : OF_PROFILE) {
            JsonValue value = members.get(name);
            String text = value == null ? "" : Passages.textOf(value);
            if (!text.isEmpty()) {
                parts.add(text);
            }
        }
        return String.join(", ", parts);
    }

    /** The parser bounds how deep a document nests, so that this may call itself. */
    private static void walk(JsonValue value, String path, Set<String> known, List<Prose> found) {
        if (found.size() >= MOST) {
            return;
        }
        switch (value) {
            case JsonValue.Obj object ->
                object.members().forEach(member -> walk(member.value(), path(path, member.name()), known, found));
            case JsonValue.Arr list -> list.items().forEach(item -> walk(item, path, known, found));
            case JsonValue.Text text -> {
                String storable = Passages.capped(StorableText.of(text.value()).strip());
                if (!known.contains(storable) && isProse(storable)) {
                    found.add(new Prose(path, storable));
                }
            }
            case JsonValue.Num n -> {}
            case JsonValue.Bool b -> {}
            case JsonValue.Null n -> {}
        }
    }

    private static String path(String path, String name) {
        String longer = path.isEmpty() ? StorableText.of(name) : path + "." + StorableText.of(name);
        return longer.length() <= LONGEST_PATH ? longer : path;
    }

    /** Two words of two letters or more, however they are joined: not a name, a number, a time or an amount. */
    private static boolean isProse(String text) {
        int words = 0;
        int letters = 0;
        for (int i = 0; i < text.length() && words < 2; i++) {
            char c = text.charAt(i);
            boolean isHump = letters > 0 && Character.isUpperCase(c) && Character.isLowerCase(text.charAt(i - 1));
            letters = Character.isLetter(c) ? isHump ? 1 : letters + 1 : 0;
            words += letters == 2 ? 1 : 0;
        }
        return words == 2 && !TIME.matcher(text).matches();
    }
}
