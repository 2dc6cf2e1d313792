package dev.rollcall.document;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;

/** Reads the bytes of a status.json strictly: RFC 8259, one object, nothing after it but white space. Stateless. */
public final class StatusParser {
    private StatusParser() {}

    /** Accepts or rejects; never throws for any bytes. The size is the caller's to limit. */
    public static ParseResult parse(byte[] bytes) {
        SourceText text = SourceText.of(bytes);
        Optional<ParseResult.Rejected> noText = rejectionOfNoText(text);
        if (noText.isPresent()) {
            return noText.get();
        }
        byte[] utf8 = text.utf8();
        try {
            if (JsonTree.read(utf8) instanceof JsonValue.Obj root && isBlank(utf8, root.end())) {
                return new ParseResult.Parsed(
                        new StatusDocument(bytes, utf8, text.encoding(), root, DuplicateKeys.in(root)));
            }
            return rejected(text, violation(utf8, utf8.length));
        } catch (JacksonException notJson) {
            return rejected(text, violation(utf8, offset(notJson, utf8.length)));
        }
    }

    private static Optional<ParseResult.Rejected> rejectionOfNoText(SourceText text) {
        byte[] utf8 = text.utf8();
        if (!text.isWellFormed()) {
            String message = "the bytes are no well-formed " + text.charsetName();
            return Optional.of(rejected(text, new Violation(RejectionCode.NOT_UTF8, utf8.length, message)));
        }
        if (isBlank(utf8, 0)) {
            return Optional.of(new ParseResult.Rejected(RejectionCode.EMPTY, "the file is empty", null));
        }
        return Optional.empty();
    }

    /** What is wrong with a text that is not accepted; {@code fallback} is where the parser gave up. */
    private static Violation violation(byte[] utf8, int fallback) {
        int nul = new String(utf8, StandardCharsets.ISO_8859_1).indexOf(0);
        if (nul >= 0) {
            return new Violation(RejectionCode.NUL_BYTES, nul, "the file holds NUL bytes");
        }
        Violation violation = Diagnosis.of(utf8)
                .orElseGet(() -> new Violation(RejectionCode.SYNTAX, fallback, "the text is no JSON object"));
        OptionalInt marker = ConflictMarkers.first(utf8, violation.offset());
        if (marker.isEmpty()) {
            return violation;
        }
        String message = "the file holds the markers of a merge conflict";
        return new Violation(RejectionCode.CONFLICT_MARKERS, marker.getAsInt(), message);
    }

    private static ParseResult.Rejected rejected(SourceText text, Violation violation) {
        return new ParseResult.Rejected(violation.code(), violation.message(), text.position(violation.offset()));
    }

    private static int offset(JacksonException notJson, int length) {
        TokenStreamLocation location = notJson.getLocation();
        return location == null ? 0 : (int) Math.clamp(location.getCharOffset(), 0L, (long) length);
    }

    private static boolean isBlank(byte[] utf8, int from) {
        for (int i = from; i < utf8.length; i++) {
            if (!TokenScan.isWhiteSpace(utf8[i])) {
                return false;
            }
        }
        return true;
    }
}
