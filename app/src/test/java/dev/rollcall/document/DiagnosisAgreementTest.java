package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

/** The parser that accepts and the scan that explains rejections must agree about every text. */
class DiagnosisAgreementTest {
    private static final int ROUNDS = Integer.getInteger("rounds", 20_000);
    private static final String[] SNIPPETS = {
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u00", "\\ud83d", "\\uDD25", "\n", "\r\n", "\t", "0", "-", ".", "e",
        "E+", "1.0", "true", "false", "null", "nul", "NaN", "//", "/*", "#", "'", "\u00a0", "\u0085", "🔥", " ",
        "\u0001", "\ufeff", "{}", "[]", "\"\""
    };

    @Test
    void theyAgreeAboutMutatedFixtures() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        List<byte[]> texts = Stream.concat(Fixtures.acceptable().stream(), Fixtures.names("malformed").stream())
                .map(name -> SourceText.of(Fixtures.bytes(name)).utf8())
                .filter(text -> text.length > 0 && text.length < 4_000)
                .toList();
        int accepted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = mutated(texts.get(random.nextInt(texts.size())), random);
            if (isText(text)) {
                accepted += assertAgreement(text, "seed " + seed + " round " + round) ? 1 : 0;
            }
        }
        assertThat(accepted).as("texts accepted, seed %d", seed).isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @Test
    void theyAgreeAboutTextsMadeOfTokens() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "{\"a\":");
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(SNIPPETS[random.nextInt(SNIPPETS.length)]);
            }
            byte[] utf8 =
                    text.append(random.nextInt(4) == 0 ? "" : "}").toString().getBytes(UTF_8);
            if (isText(utf8)) {
                assertAgreement(utf8, "seed " + seed + " round " + round);
            }
        }
        assertThat(Diagnosis.of("{\"a\":[]}".getBytes(UTF_8))).isEmpty();
    }

    private static boolean assertAgreement(byte[] text, String where) {
        Optional<Violation> violation = Diagnosis.of(text);
        assertThat(violation.isEmpty())
                .as(() -> where + ": " + violation + " in " + new String(text, UTF_8))
                .isEqualTo(isAccepted(text));
        violation.ifPresent(v -> assertThat(v.offset()).as(where).isBetween(0, text.length));
        assertThat(StatusParser.parse(text) instanceof ParseResult.Parsed)
                .as(where)
                .isEqualTo(violation.isEmpty());
        if (violation.isEmpty()) {
            SpanAssert.assertThatSpansTile(Fixtures.accepted(text));
        }
        return violation.isEmpty();
    }

    private static boolean isAccepted(byte[] text) {
        try {
            return JsonTree.read(text) instanceof JsonValue.Obj root
                    && new String(text, root.end(), text.length - root.end(), UTF_8).matches("[ \t\r\n]*");
        } catch (JacksonException notJson) {
            return false;
        }
    }

    private static boolean isText(byte[] bytes) {
        String text = new String(bytes, UTF_8);
        return SourceText.of(bytes).isWellFormed()
                && SourceText.of(bytes).encoding() == StatusDocument.Encoding.UTF_8
                && !text.matches("[ \t\r\n]*")
                && text.indexOf(0) < 0;
    }

    private static byte[] mutated(byte[] text, Random random) {
        byte[] result = text;
        for (int i = random.nextInt(3); i >= 0; i--) {
            result = mutatedOnce(result, random);
        }
        return result;
    }

    private static byte[] mutatedOnce(byte[] text, Random random) {
        int at = random.nextInt(text.length + 1);
        int to = Math.min(text.length, at + random.nextInt(3));
        ByteArrayOutputStream mutated = new ByteArrayOutputStream();
        mutated.write(text, 0, at);
        switch (random.nextInt(5)) {
            case 0 -> {
                return mutated.toByteArray();
            }
            case 1 -> mutated.write(text, to, text.length - to);
            case 2 -> {
                mutated.writeBytes(SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(UTF_8));
                mutated.write(text, at, text.length - at);
            }
            case 3 -> {
                mutated.writeBytes(SNIPPETS[random.nextInt(SNIPPETS.length)].getBytes(UTF_8));
                mutated.write(text, to, text.length - to);
            }
            default -> {
                int from = random.nextInt(text.length + 1);
                mutated.write(text, from, Math.min(text.length - from, 1 + random.nextInt(40)));
                mutated.write(text, at, text.length - at);
            }
        }
        return mutated.toByteArray();
    }
}
