package dev.rollcall.document;

import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file's bytes as UTF-8 text without a byte-order mark, and the way back to places in the file. Where the bytes are
 * malformed it holds the text before the first malformed byte. Immutable.
 */
final class SourceText {
    private static final byte[] UTF_8_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] BIG_ENDIAN_MARK = {(byte) 0xFE, (byte) 0xFF};
    private static final byte[] LITTLE_ENDIAN_MARK = {(byte) 0xFF, (byte) 0xFE};

    private final byte[] utf8;
    private final StatusDocument.Encoding encoding;
    private final boolean wellFormed;

    private SourceText(byte[] utf8, StatusDocument.Encoding encoding, boolean wellFormed) {
        this.utf8 = utf8;
        this.encoding = encoding;
        this.wellFormed = wellFormed;
    }

    static SourceText of(byte[] bytes) {
        StatusDocument.Encoding encoding = encodingOf(bytes);
        int mark = mark(encoding).length;
        byte[] content = mark == 0 ? bytes : Arrays.copyOfRange(bytes, mark, bytes.length);
        return charset(encoding).equals(StandardCharsets.UTF_8)
                ? ofUtf8(content, encoding)
                : ofUtf16(content, encoding);
    }

    byte[] utf8() {
        return utf8;
    }

    StatusDocument.Encoding encoding() {
        return encoding;
    }

    /** What the bytes should be, as a person calls it. */
    String charsetName() {
        return charset(encoding).equals(StandardCharsets.UTF_8) ? "UTF-8" : "UTF-16";
    }

    /** Whether {@link #utf8} is the whole file. */
    boolean isWellFormed() {
        return wellFormed;
    }

    /** The place in the file of an offset in {@link #utf8}. */
    Position position(int offset) {
        int line = 1;
        int column = 1;
        long utf16Bytes = 0;
        for (int i = 0; i < offset; i++) {
            if (isContinuation(utf8[i])) {
                continue;
            }
            utf16Bytes += (utf8[i] & 0xF8) == 0xF0 ? 4 : 2;
            if (endsLine(i)) {
                line++;
                column = 1;
            } else {
                column++;
            }
        }
        boolean isUtf8 = charset(encoding).equals(StandardCharsets.UTF_8);
        return new Position(line, column, mark(encoding).length + (isUtf8 ? offset : utf16Bytes));
    }

    /** The file's bytes for a text in an encoding. */
    static byte[] encoded(byte[] utf8, StatusDocument.Encoding encoding) {
        Charset charset = charset(encoding);
        byte[] content = charset.equals(StandardCharsets.UTF_8)
                ? utf8
                : new String(utf8, StandardCharsets.UTF_8).getBytes(charset);
        byte[] mark = mark(encoding);
        byte[] bytes = Arrays.copyOf(mark, mark.length + content.length);
        System.arraycopy(content, 0, bytes, mark.length, content.length);
        return bytes;
    }

    private static StatusDocument.Encoding encodingOf(byte[] bytes) {
        for (StatusDocument.Encoding encoding : StatusDocument.Encoding.values()) {
            byte[] mark = mark(encoding);
            if (mark.length > 0
                    && bytes.length >= mark.length
                    && Arrays.equals(mark, 0, mark.length, bytes, 0, mark.length)) {
                return encoding;
            }
        }
        return StatusDocument.Encoding.UTF_8;
    }

    private static byte[] mark(StatusDocument.Encoding encoding) {
        return switch (encoding) {
            case UTF_8 -> new byte[0];
            case UTF_8_WITH_MARK -> UTF_8_MARK;
            case UTF_16_BIG_ENDIAN -> BIG_ENDIAN_MARK;
            case UTF_16_LITTLE_ENDIAN -> LITTLE_ENDIAN_MARK;
        };
    }

    private static Charset charset(StatusDocument.Encoding encoding) {
        return switch (encoding) {
            case UTF_8, UTF_8_WITH_MARK -> StandardCharsets.UTF_8;
            case UTF_16_BIG_ENDIAN -> StandardCharsets.UTF_16BE;
            case UTF_16_LITTLE_ENDIAN -> StandardCharsets.UTF_16LE;
        };
    }

    private static SourceText ofUtf8(byte[] content, StatusDocument.Encoding encoding) {
        int wellFormed = WellFormed.utf8Prefix(content);
        return wellFormed == content.length
                ? new SourceText(content, encoding, true)
                : new SourceText(Arrays.copyOf(content, wellFormed), encoding, false);
    }

    private static SourceText ofUtf16(byte[] content, StatusDocument.Encoding encoding) {
        Charset charset = charset(encoding);
        int wellFormed = WellFormed.utf16Prefix(
                content,
                encoding == StatusDocument.Encoding.UTF_16_BIG_ENDIAN ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        byte[] utf8 = new String(content, 0, wellFormed, charset).getBytes(StandardCharsets.UTF_8);
        return new SourceText(utf8, encoding, wellFormed == content.length);
    }

    private boolean endsLine(int offset) {
        return utf8[offset] == '\n' || utf8[offset] == '\r' && !(offset + 1 < utf8.length && utf8[offset + 1] == '\n');
    }

    private static boolean isContinuation(byte b) {
        return (b & 0xC0) == 0x80;
    }
}
