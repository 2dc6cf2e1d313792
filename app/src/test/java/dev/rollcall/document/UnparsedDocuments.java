package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Documents for tests of those who only keep bytes: nobody has parsed them, their tree is empty. */
public final class UnparsedDocuments {
    private UnparsedDocuments() {}

    public static StatusDocument of(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return document(utf8, utf8, StatusDocument.Encoding.UTF_8);
    }

    public static StatusDocument ofBytes(byte[] utf8) {
        return document(utf8, utf8, StatusDocument.Encoding.UTF_8);
    }

    /** As a file that begins with a byte-order mark, in UTF-16. */
    public static StatusDocument inUtf16(String text) {
        return document(
                ('\ufeff' + text).getBytes(StandardCharsets.UTF_16LE),
                text.getBytes(StandardCharsets.UTF_8),
                StatusDocument.Encoding.UTF_16_LITTLE_ENDIAN);
    }

    private static StatusDocument document(byte[] bytes, byte[] utf8, StatusDocument.Encoding encoding) {
        return new StatusDocument(bytes, utf8, encoding, new JsonValue.Obj(List.of(), 0, utf8.length), List.of());
    }
}
