package dev.rollcall.document;

import java.util.List;

/** The two lists that are kept as JSON text in columns: blockers (texts) and findings (objects). */
public final class JsonLists {
    private JsonLists() {}

    /** Compact JSON list of texts. */
    public static String ofTexts(List<String> texts) {
        throw new UnsupportedOperationException("stub");
    }

    /** Compact JSON list of {@code {"code","member","message"}}. */
    public static String ofFindings(List<Finding> findings) {
        throw new UnsupportedOperationException("stub");
    }

    /** The texts of a JSON list; empty when the column was edited into something else. */
    public static List<String> texts(String json) {
        throw new UnsupportedOperationException("stub");
    }

    /** The findings of a JSON list; empty when the column was edited into something else. */
    public static List<Finding> findings(String json) {
        throw new UnsupportedOperationException("stub");
    }
}
