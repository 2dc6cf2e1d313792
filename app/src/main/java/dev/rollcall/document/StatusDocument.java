package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * An accepted status.json: the bytes as they stand on disk, and what they say. Immutable; the arrays it hands out are
 * shared and must not be written to.
 */
public final class StatusDocument {
    private final byte[] bytes;
    private final byte[] utf8;
    private final Encoding encoding;
    private final JsonValue.Obj root;
    private final List<String> duplicateKeys;
    private final String sha256;

    StatusDocument(byte[] bytes, byte[] utf8, Encoding encoding, JsonValue.Obj root, List<String> duplicateKeys) {
        this.bytes = bytes;
        this.utf8 = utf8;
        this.encoding = encoding;
        this.root = root;
        this.duplicateKeys = List.copyOf(duplicateKeys);
        this.sha256 = sha256Of(bytes);
    }

    /** How the file's bytes spell the text. */
    public enum Encoding {
        UTF_8,
        UTF_8_WITH_MARK,
        UTF_16_BIG_ENDIAN,
        UTF_16_LITTLE_ENDIAN
    }

    /** The file's own bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** The JSON text as UTF-8 without a byte-order mark; all offsets in {@link #root} count in it. */
    public byte[] utf8() {
        return utf8;
    }

    public String text() {
        return new String(utf8, StandardCharsets.UTF_8);
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
        return sha256;
    }

    /** Lower-case hex SHA-256 of any file's bytes. */
    public static String sha256Of(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
