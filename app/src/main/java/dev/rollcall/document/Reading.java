package dev.rollcall.document;

/**
 * What a candidate member says about a column. {@code below} is the path from the member down to the value, such as
 * {@code .title}, and empty for the member's own value.
 */
sealed interface Reading {
    Absent ABSENT = new Absent();

    record Present(String text, String below) implements Reading {}

    /** Null, blank, or a part that is not there: says nothing, and is nothing odd. */
    record Absent() implements Reading {}

    /**
     * @param found what stands there, with its article: "a list"
     * @param expected what could be read there, with its article
     */
    record Malformed(String below, String found, String expected) implements Reading {}

    static Malformed malformed(String below, JsonValue found, String expected) {
        return new Malformed(below, called(found), expected);
    }

    private static String called(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj o -> "an object";
            case JsonValue.Num n -> "the number " + StorableText.shortened(n.literal(), 40);
            default -> "a " + value.typeName();
        };
    }
}
