package dev.rollcall.cli;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/** The members of one line of an export. What is wrong leaves as IllegalArgumentException, a sentence without its place. */
final class LineFields {
    private static final JsonFactory JSON = JsonFactory.builder()
            // Names from outside must not fill a table that lives on, or collide in it.
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(ImportedLines.MAX_LINE)
                    .build())
            .build();

    private final Map<String, Object> members;

    private LineFields(Map<String, Object> members) {
        this.members = members;
    }

    /** Members that are lists or objects are of a later schema, and left out. */
    static LineFields of(byte[] line) {
        String text = new String(line, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !java.util.Arrays.equals(text.getBytes(StandardCharsets.UTF_8), line)) {
            throw new IllegalArgumentException("it is not well-formed UTF-8");
        }
        Map<String, Object> members = new HashMap<>();
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw notJson();
            }
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                Object value = value(parser, parser.nextToken());
                if (value != null) {
                    members.put(name, value);
                }
            }
            if (parser.nextToken() != null) {
                throw notJson();
            }
        } catch (JacksonException broken) {
            throw notJson();
        }
        return new LineFields(members);
    }

    private static IllegalArgumentException notJson() {
        return new IllegalArgumentException("it is not one JSON object");
    }

    private static @Nullable Object value(JsonParser parser, JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? (Object) parser.getString()
                        : (Object) parser.getLongValue();
            case START_OBJECT, START_ARRAY -> {
                parser.skipChildren();
                yield null;
            }
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            default -> null;
        };
    }

    String text(String name) {
        return wanted(name, String.class, "a text");
    }

    @Nullable
    String textOrNull(String name) {
        return members.containsKey(name) ? text(name) : null;
    }

    long number(String name) {
        return wanted(name, Long.class, "a whole number");
    }

    @Nullable
    Long numberOrNull(String name) {
        return members.containsKey(name) ? (Long) number(name) : null;
    }

    boolean flag(String name) {
        return wanted(name, Boolean.class, "true or false");
    }

    Instant time(String name) {
        try {
            return Instant.parse(text(name));
        } catch (DateTimeException noTime) {
            throw new IllegalArgumentException(name + " is no time", noTime);
        }
    }

    @Nullable
    Instant timeOrNull(String name) {
        return members.containsKey(name) ? time(name) : null;
    }

    byte[] base64(String name) {
        try {
            return Base64.getDecoder().decode(text(name));
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException(name + " is no base64", noBase64);
        }
    }

    private <T> T wanted(String name, Class<T> type, String what) {
        Object value = members.get(name);
        if (!type.isInstance(value)) {
            throw new IllegalArgumentException(name + " is not " + what);
        }
        return Objects.requireNonNull(type.cast(value));
    }
}
