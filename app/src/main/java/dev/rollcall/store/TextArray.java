package dev.rollcall.store;

import java.util.List;

/** Texts as PostgreSQL writes an array of them. */
final class TextArray {
    private TextArray() {}

    /** Without U+0000, which no text there can hold. */
    static String of(List<String> texts) {
        StringBuilder array = new StringBuilder("{");
        for (String text : texts) {
            array.append(array.length() == 1 ? "\"" : ",\"")
                    .append(text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\0", ""))
                    .append('"');
        }
        return array.append('}').toString();
    }
}
