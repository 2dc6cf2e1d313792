package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    /** The same bytes, each one character: what searches a text, searches these fastest. */
    private final String characters;

    private final JsonParser parser;

    /** The end of what was last read. */
    private int at;

    private JsonTree(byte[] utf8, String characters, JsonParser parser) {
        this.utf8 = utf8;
        this.characters = characters;
        this.parser = parser;
    }

    /**
     * The value the text begins with; what follows its end is not looked at.
     *
     * @param utf8 well-formed, not blank
     * @throws JacksonException when the text does not begin with a JSON value
     */
    static JsonValue read(byte[] utf8) {
        String characters = bytesAsCharacters(utf8);
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), characters)) {
            return new JsonTree(utf8, characters, parser).value(parser.nextToken());
        }
    }

    /** Empty for what is not exactly one JSON value, white space around it aside. */
    static Optional<JsonValue> whole(String json) {
        byte[] utf8 = json.strip().getBytes(StandardCharsets.UTF_8);
        try {
            return utf8.length == 0 ? Optional.empty() : Optional.of(read(utf8)).filter(v -> v.end() == utf8.length);
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /**
     * Jackson refuses names with half a surrogate pair, which RFC 8259 allows (section 8.2). It gets to see the escapes
     * of surrogates as those of other characters, as no text is taken from it.
     */
    private static String bytesAsCharacters(byte[] utf8) {
        String characters = new String(utf8, StandardCharsets.ISO_8859_1);
        return mayEscapeSurrogates(characters)
                ? characters.replace("\\ud", "\\u0").replace("\\uD", "\\u0")
                : characters;
    }

    /** Looks for single characters only, which is many times as fast as to look for two. */
    private static boolean mayEscapeSurrogates(String characters) {
        int escape = characters.indexOf('\\');
        while (escape >= 0 && !characters.startsWith("ud", escape + 1) && !characters.startsWith("uD", escape + 1)) {
            escape = characters.indexOf('\\', escape + 1);
        }
        return escape >= 0;
    }

    private JsonValue value(JsonToken token) {
        int start = next();
        return switch (token) {
            case START_OBJECT -> object(start);
            case START_ARRAY -> list(start);
            case VALUE_STRING -> text(start);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(start);
            case VALUE_TRUE -> new JsonValue.Bool(true, start, endAt(start + "true".length()));
            case VALUE_FALSE -> new JsonValue.Bool(false, start, endAt(start + "false".length()));
            case VALUE_NULL -> new JsonValue.Null(start, endAt(start + "null".length()));
            default -> throw new IllegalStateException("no value begins with " + token);
        };
    }

    private JsonValue object(int start) {
        at = start + 1;
        List<JsonValue.Member> members = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            int nameStart = next();
            at = Spelling.endOf(characters, nameStart);
            String name = Spelling.unquoted(utf8, nameStart, at);
            members.add(new JsonValue.Member(name, nameStart, value(parser.nextToken())));
        }
        return new JsonValue.Obj(members, start, endAt(next() + 1));
    }

    private JsonValue list(int start) {
        at = start + 1;
        List<JsonValue> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(value(token));
        }
        return new JsonValue.Arr(items, start, endAt(next() + 1));
    }

    /** Jackson reads a text to its end only now; before that nothing says that it has one. */
    private JsonValue text(int start) {
        parser.finishToken();
        at = Spelling.endOf(characters, start);
        return new JsonValue.Text(Spelling.unquoted(utf8, start, at), start, at);
    }

    private JsonValue number(int start) {
        at = start;
        while (at < utf8.length && isOfNumber(utf8[at])) {
            at++;
        }
        return new JsonValue.Num(new String(utf8, start, at - start, StandardCharsets.ISO_8859_1), start, at);
    }

    private static boolean isOfNumber(byte b) {
        return (b >= '0' && b <= '9') || b == '-' || b == '+' || b == '.' || b == 'e' || b == 'E';
    }

    private int endAt(int end) {
        at = end;
        return end;
    }

    /** Where the next token begins. Jackson tells, too, but makes an object of every answer. */
    private int next() {
        int i = at;
        while (TokenScan.isWhiteSpace(utf8[i]) || utf8[i] == ',' || utf8[i] == ':') {
            i++;
        }
        return i;
    }
}
