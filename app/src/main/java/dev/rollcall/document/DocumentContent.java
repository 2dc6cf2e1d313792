package dev.rollcall.document;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of an accepted status.json, without the values in them: what a store keeps, and what many documents at once
 * may be held in memory by. Immutable; the arrays it hands out are shared and must not be written to.
 */
public final class DocumentContent {
    private final byte[] bytes;
    private final byte[] utf8;
    private @Nullable String sha256;

    DocumentContent(byte[] bytes, byte[] utf8) {
        this.bytes = bytes;
        this.utf8 = utf8;
    }

    /** The file's own bytes. */
    public byte[] bytes() {
        return bytes;
    }

    /** The JSON text as UTF-8 without a byte-order mark. */
    public byte[] utf8() {
        return utf8;
    }

    /** Lower-case hex SHA-256 of {@link #bytes}, made when somebody asks first; two who ask at once both make it. */
    public String sha256() {
        String made = sha256;
        if (made == null) {
            made = sha256Of(bytes);
            sha256 = made;
        }
        return made;
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
