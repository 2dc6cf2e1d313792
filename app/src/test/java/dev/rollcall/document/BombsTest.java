package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents made to cost time or memory. The limit is one for slow test machines; most take a few ms. */
class BombsTest {
    private static final int MIB = 1 << 20;
    private static final long LIMIT_MILLIS = 250;

    static Stream<Arguments> bombs() {
        return Stream.of(
                Arguments.of("objects nested 100,000 deep", "{\"a\":".repeat(100_000), "too_deep"),
                Arguments.of(
                        "lists nested 100,000 deep",
                        "{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}",
                        "too_deep"),
                Arguments.of("4 MiB of opening brackets", "[".repeat(4 * MIB), "not_object"),
                Arguments.of("4 MiB of opening braces", "{".repeat(4 * MIB), "syntax"),
                Arguments.of("a number of 1,000,000 digits", "{\"a\":" + "7".repeat(1_000_000) + "}", "accepted"),
                Arguments.of("an exponent of 1,000,000 digits", "{\"a\":1e" + "7".repeat(1_000_000) + "}", "accepted"),
                Arguments.of("100,000 times the same name", object(100_000, i -> "same"), "accepted"),
                Arguments.of("100,000 names", object(100_000, i -> "name" + i), "accepted"),
                Arguments.of("90,000 names of one hash code", object(90_000, BombsTest::sameHashCode), "accepted"),
                Arguments.of("a text of 4 MiB", "{\"a\":\"" + "x".repeat(4 * MIB) + "\"}", "accepted"),
                Arguments.of("700,000 escapes", "{\"a\":\"" + "\\u0041".repeat(700_000) + "\"}", "accepted"),
                Arguments.of(
                        "a name of 4 MiB twice",
                        ("{\"" + "n".repeat(2 * MIB) + "\":1,\"" + "n".repeat(2 * MIB) + "\":1}"),
                        "accepted"),
                Arguments.of("4 MiB of backslashes never closed", "{\"a\":\"\n" + "\\".repeat(4 * MIB), "truncated"),
                Arguments.of("4 MiB of white space", " ".repeat(4 * MIB), "empty"),
                Arguments.of("4 MiB of white space and a letter", " ".repeat(4 * MIB) + "x", "bare_text"),
                Arguments.of("4 MiB of comments", "#\n".repeat(2 * MIB), "bare_text"),
                Arguments.of("2,000,000 empty lines", "{\"a\":" + "\n".repeat(2_000_000) + "x}", "syntax"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void aBombIsJudgedFast(String name, String text, String verdict) {
        byte[] bytes = text.getBytes(UTF_8);
        long[] millis = new long[5];
        String judged = "";
        for (int i = 0; i < millis.length; i++) {
            long before = System.nanoTime();
            judged = verdict(StatusParser.parse(bytes));
            millis[i] = (System.nanoTime() - before) / 1_000_000;
        }

        assertThat(judged).isEqualTo(verdict);
        assertThat(Arrays.stream(millis).min().orElseThrow())
                .as("fastest of %s ms", Arrays.toString(millis))
                .isLessThan(LIMIT_MILLIS);
    }

    private static String verdict(ParseResult result) {
        return switch (result) {
            case ParseResult.Parsed parsed -> "accepted";
            case ParseResult.Rejected rejected -> rejected.code().label();
        };
    }

    private static String object(int count, IntFunction<String> name) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + name.apply(i) + "\":" + i)
                .collect(Collectors.joining(",", "{", "}"));
    }

    /** "Aa" and "BB" have the same hash code, and so have all texts made of as many of them. */
    private static String sameHashCode(int number) {
        List<String> twins = List.of("Aa", "BB");
        return IntStream.range(0, 17)
                .mapToObj(bit -> twins.get(number >> bit & 1))
                .collect(Collectors.joining());
    }

    static {
        assertThat(sameHashCode(5).hashCode()).isEqualTo(sameHashCode(77).hashCode());
        assertThat(sameHashCode(5).getBytes(US_ASCII)).hasSize(34);
    }
}
