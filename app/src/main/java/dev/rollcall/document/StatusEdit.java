package dev.rollcall.document;

import java.math.BigDecimal;
import java.util.List;

/**
 * The smallest change of a document's bytes: members that are not named keep their bytes, order, spacing, number
 * spelling and escapes. Of repeated members the last is edited. Each member may be named once. Not thread-safe.
 */
public final class StatusEdit {
    private StatusEdit() {}

    public static StatusEdit of(StatusDocument document) {
        throw new UnsupportedOperationException("stub");
    }

    /** A new document, two spaces deep, members in the order they are set. */
    public static StatusEdit create() {
        throw new UnsupportedOperationException("stub");
    }

    /** Replaces the value whatever its type, or adds the member at the end. */
    public StatusEdit setText(String member, String text) {
        throw new UnsupportedOperationException("stub");
    }

    public StatusEdit setNumber(String member, BigDecimal number) {
        throw new UnsupportedOperationException("stub");
    }

    public StatusEdit setTexts(String member, List<String> texts) {
        throw new UnsupportedOperationException("stub");
    }

    /**
     * Appends to a list, or adds the member with a list of one.
     *
     * @throws dev.rollcall.problem.ProblemException DOCUMENT_NOT_EDITABLE, naming member and type, when it is no list
     */
    public StatusEdit append(String member, String text) {
        throw new UnsupportedOperationException("stub");
    }

    /** Removes the first item that equals the text; nothing happens when there is none or the member is no list. */
    public StatusEdit remove(String member, String text) {
        throw new UnsupportedOperationException("stub");
    }

    /** The edited file's bytes, in the document's own encoding. */
    public byte[] bytes() {
        throw new UnsupportedOperationException("stub");
    }
}
