package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the spans of every parsed document must satisfy. */
final class SpanAssert {
    private SpanAssert() {}

    /**
     * Between two neighbours stands nothing but white space and the punctuation JSON wants there, and every value's
     * own bytes read as that value.
     */
    static void assertThatSpansTile(StatusDocument document) {
        assertTiles(document.utf8(), document.root());
        assertThat(between(document.utf8(), 0, document.root().start()).strip()).isEmpty();
        assertThat(between(document.utf8(), document.root().end(), document.utf8().length)
                        .strip())
                .isEmpty();
        for (JsonValue.Member member : document.root().members()) {
            String own = between(
                    document.utf8(), member.value().start(), member.value().end());
            assertThat(meaning(JsonTree.read(own.getBytes(UTF_8)))).isEqualTo(meaning(member.value()));
        }
    }

    /** A value without its places, to compare values of different texts. */
    static Object meaning(JsonValue value) {
        return switch (value) {
            case JsonValue.Obj o ->
                o.members().stream()
                        .map(m -> List.of(m.name(), meaning(m.value())))
                        .toList();
            case JsonValue.Arr a ->
                List.of("list", a.items().stream().map(SpanAssert::meaning).toList());
            case JsonValue.Text t -> "text " + t.value();
            case JsonValue.Num n -> "number " + n.literal();
            case JsonValue.Bool b -> b.value();
            case JsonValue.Null n -> "null";
        };
    }

    private static void assertTiles(byte[] utf8, JsonValue value) {
        switch (value) {
            case JsonValue.Obj object -> {
                int at = assertGap(utf8, object.start(), "{");
                for (JsonValue.Member member : object.members()) {
                    at = assertGap(
                            utf8,
                            skip(
                                    utf8,
                                    at,
                                    member.nameStart(),
                                    object.members().getFirst().equals(member) ? "" : ","),
                            "");
                    assertThat(at).isEqualTo(member.nameStart());
                    int nameEnd = Spelling.endOf(new String(utf8, StandardCharsets.ISO_8859_1), at);
                    assertThat(Spelling.unquoted(utf8, at, nameEnd)).isEqualTo(member.name());
                    at = skip(utf8, nameEnd, member.value().start(), ":");
                    assertTiles(utf8, member.value());
                    at = member.value().end();
                }
                assertGap(utf8, skip(utf8, at, object.end() - 1, ""), "}");
            }
            case JsonValue.Arr list -> {
                int at = assertGap(utf8, list.start(), "[");
                for (JsonValue item : list.items()) {
                    skip(utf8, at, item.start(), list.items().getFirst().equals(item) ? "" : ",");
                    assertTiles(utf8, item);
                    at = item.end();
                }
                assertGap(utf8, skip(utf8, at, list.end() - 1, ""), "]");
            }
            case JsonValue.Text t ->
                assertThat(Spelling.endOf(new String(utf8, StandardCharsets.ISO_8859_1), t.start()))
                        .isEqualTo(t.end());
            case JsonValue.Num n ->
                assertThat(between(utf8, n.start(), n.end())).isEqualTo(n.literal());
            case JsonValue.Bool b ->
                assertThat(between(utf8, b.start(), b.end())).isEqualTo(Boolean.toString(b.value()));
            case JsonValue.Null n ->
                assertThat(between(utf8, n.start(), n.end())).isEqualTo("null");
        }
    }

    /** Asserts that from..to is white space around the punctuation, and returns to. */
    private static int skip(byte[] utf8, int from, int to, String punctuation) {
        assertThat(between(utf8, from, to).strip()).isEqualTo(punctuation);
        return to;
    }

    private static int assertGap(byte[] utf8, int at, String token) {
        assertThat(between(utf8, at, at + token.length())).isEqualTo(token);
        return at + token.length();
    }

    private static String between(byte[] utf8, int from, int to) {
        return new String(utf8, from, to - from, UTF_8);
    }
}
