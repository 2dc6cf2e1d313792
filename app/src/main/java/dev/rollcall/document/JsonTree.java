package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;

/**
 * Builds values out of strict JSON. Jackson sees every UTF-8 byte as one character, so that its character offsets are
 * the byte offsets wanted here; its own byte parser keeps names in a hash table that colliding names make slow or
 * fail. Texts are therefore taken from the bytes.
 */
final class JsonTree {
    /** Levels of nesting, the outermost value being the first. The source of the limit is the contract of the file. */
    static final int MAX_DEPTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final byte[] utf8;
    private final JsonParser parser;

    private JsonTree(byte[] utf8, JsonParser parser) {
        this.utf8 = utf8;
        this.parser = parser;
    }

    /**
     * The value the text begins with; what follows its end is not looked at.
     *
     * @param utf8 well-formed, not blank
     * @throws JacksonException when the text does not begin with a JSON value
     */
    static JsonValue read(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytesAsCharacters(utf8))) {
            return new JsonTree(utf8, parser).value(parser.nextToken());
        }
    }

    /**
     * Jackson refuses names with half a surrogate pair, which RFC 8259 allows (section 8.2). It gets to see the escapes
     * of surrogates as those of other characters, as no text is taken from it.
     */
    private static char[] bytesAsCharacters(byte[] utf8) {
        char[] characters = new char[utf8.length];
        for (int i = 0; i < utf8.length; i++) {
            boolean ofSurrogate =
                    i > 1 && (utf8[i] == 'd' || utf8[i] == 'D') && utf8[i - 1] == 'u' && utf8[i - 2] == '\\';
            characters[i] = ofSurrogate ? '0' : (char) (utf8[i] & 0xFF);
        }
        return characters;
    }

    private JsonValue value(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> object();
            case START_ARRAY -> list();
            case VALUE_STRING -> text();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> new JsonValue.Bool(true, start(), end());
            case VALUE_FALSE -> new JsonValue.Bool(false, start(), end());
            case VALUE_NULL -> new JsonValue.Null(start(), end());
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    private JsonValue object() {
        int start = start();
        List<JsonValue.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int nameStart = start();
            String name = Spelling.unquoted(utf8, nameStart, Spelling.endOf(utf8, nameStart));
            members.add(new JsonValue.Member(name, nameStart, value(parser.nextToken())));
        }
        return new JsonValue.Obj(members, start, end());
    }

    private JsonValue list() {
        int start = start();
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new JsonValue.Arr(items, start, end());
    }

    private JsonValue text() {
        int start = start();
        parser.finishToken();
        return new JsonValue.Text(Spelling.unquoted(utf8, start, end()), start, end());
    }

    private JsonValue number() {
        int start = start();
        int end = end();
        return new JsonValue.Num(new String(utf8, start, end - start, StandardCharsets.ISO_8859_1), start, end);
    }

    private int start() {
        return Math.toIntExact(parser.currentTokenLocation().getCharOffset());
    }

    private int end() {
        return Math.toIntExact(parser.currentLocation().getCharOffset());
    }
}
