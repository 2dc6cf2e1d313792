package dev.rollcall.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Something that a tool takes.
 *
 * @param choices the words that it may be; empty for any
 * @param least of a number; likewise {@code most}, and the characters of a text
 */
record Argument(String name, Type type, String description, Need need, List<String> choices, long least, long most) {
    /** An agent's id, by the name that it has in answers. */
    static final String AGENT = "agent_id";

    private static final int LONGEST_TEXT = 2_000;

    /** What it is in JSON. */
    enum Type {
        TEXT("string"),
        NUMBER("number"),
        INTEGER("integer"),
        FLAG("boolean"),
        TEXTS("array");

        private final String label;

        Type(String label) {
            this.label = label;
        }
    }

    /** Whether it can be left out. */
    enum Need {
        REQUIRED,
        OPTIONAL
    }

    static final Argument DETAIL = choice("detail", Detail.class, "How much to tell (default brief).");
    static final Argument CURSOR =
            text("cursor", "next_cursor of the answer before, for what comes after it; leave out to begin.");

    /** @param description whose id it is to be */
    static Argument agent(String description) {
        return text(AGENT, description);
    }

    static Argument text(String name, String description) {
        return new Argument(name, Type.TEXT, description, Need.OPTIONAL, List.of(), 0, LONGEST_TEXT);
    }

    static Argument of(Type type, String name, String description) {
        return new Argument(name, type, description, Need.OPTIONAL, List.of(), 0, Integer.MAX_VALUE);
    }

    static Argument flag(String name, String description) {
        return of(Type.FLAG, name, description);
    }

    static Argument limit(int usual, int most) {
        return new Argument(
                "limit",
                Type.INTEGER,
                "At most so many, 1 to " + most + " (default " + usual + ").",
                Need.OPTIONAL,
                List.of(),
                1,
                most);
    }

    static Argument choice(String name, Class<? extends Enum<?>> words, String description) {
        return choice(
                name,
                Stream.of(words.getEnumConstants())
                        .map(word -> word.name().toLowerCase(Locale.ROOT))
                        .toList(),
                description);
    }

    static Argument choice(String name, List<String> words, String description) {
        return new Argument(name, Type.TEXT, description, Need.OPTIONAL, words, 0, LONGEST_TEXT);
    }

    Argument required() {
        return new Argument(name, type, description, Need.REQUIRED, choices, least, most);
    }

    boolean isRequired() {
        return need == Need.REQUIRED;
    }

    /** As JSON Schema has it. */
    Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type.label);
        schema.put("description", description);
        if (!choices.isEmpty()) {
            schema.put("enum", choices);
        }
        if (type == Type.TEXTS) {
            schema.put("items", Map.of("type", Type.TEXT.label));
        }
        if (type == Type.INTEGER) {
            schema.put("minimum", least);
            schema.put("maximum", most);
        }
        return schema;
    }
}
