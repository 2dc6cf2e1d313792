package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * An accepted status.json: the bytes as they stand on disk, and what they say. Immutable; the arrays it hands out are
 * shared and must not be written to.
 */
public final class StatusDocument {
    private final DocumentContent content;
    private final Encoding encoding;
    private final JsonValue.Obj root;
    private final List<String> duplicateKeys;

    StatusDocument(byte[] bytes, byte[] utf8, Encoding encoding, JsonValue.Obj root, List<String> duplicateKeys) {
        this.content = new DocumentContent(bytes, utf8);
        this.encoding = encoding;
        this.root = root;
        this.duplicateKeys = List.copyOf(duplicateKeys);
    }

    /** How the file's bytes spell the text. */
    public enum Encoding {
        UTF_8,
        UTF_8_WITH_MARK,
        UTF_16_BIG_ENDIAN,
        UTF_16_LITTLE_ENDIAN
    }

    public DocumentContent content() {
        return content;
    }

    /** The file's own bytes. */
    public byte[] bytes() {
        return content.bytes();
    }

    /** The JSON text as UTF-8 without a byte-order mark; all offsets in {@link #root} count in it. */
    public byte[] utf8() {
        return content.utf8();
    }

    public String text() {
        return new String(content.utf8(), StandardCharsets.UTF_8);
    }

    public Encoding encoding() {
        return encoding;
    }

    public JsonValue.Obj root() {
        return root;
    }

    /** Paths of members that occur more than once in their object, each once, in the order of the document. */
    public List<String> duplicateKeys() {
        return duplicateKeys;
    }

    /** Lower-case hex SHA-256 of {@link #bytes}. */
    public String sha256() {
        return content.sha256();
    }
}
