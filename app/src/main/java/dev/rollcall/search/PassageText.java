package dev.rollcall.search;

import java.util.Locale;

/** What the model reads of a passage: its text after the name of the member that holds it, as a person would say it. */
public final class PassageText {
    private PassageText() {}

    /** "completed task: Write the migration". A text alone often says little: measured, see decision 0014. */
    public static String of(String field, String text) {
        return label(field) + ": " + text;
    }

    /** The last name of the field's path, its words apart and in lower case. */
    public static String label(String field) {
        String last = field.substring(field.lastIndexOf('.') + 1);
        return String.join(" ", Words.parts(last)).toLowerCase(Locale.ROOT);
    }
}
