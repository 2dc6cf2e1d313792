package dev.rollcall.roll;

import dev.rollcall.document.StatusDocument;
import java.util.List;

/** Which texts of a document are worth finding by meaning. */
public final class Passages {
    private Passages() {}

    /** In the order of the document's fields, each text once per field; keys are unique. */
    public static List<Passage> of(StatusDocument document) {
        throw new UnsupportedOperationException("stub");
    }
}
