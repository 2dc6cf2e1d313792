package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Text that is put together of texts, held against plain ones. */
class Utf8BufferTest {
    private static final int STEPS = 20_000;
    private static final int BUFFERS = 6;
    private static final int LONG = 1 << 17;

    private record Pair(Utf8Buffer buffer, StringBuilder plain) {
        Pair() {
            this(new Utf8Buffer(), new StringBuilder());
        }

        void assertSame(String context) throws IOException {
            byte[] expected = plain.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(buffer.length()).as(context).isEqualTo(expected.length);
            assertThat(buffer.stream().readAllBytes()).as(context).isEqualTo(expected);
            InputStream pieces = buffer.stream();
            for (int length = 1; pieces.available() > 0; length *= 2) {
                int begin = expected.length - pieces.available();
                byte[] piece = pieces.readNBytes(length);
                assertThat(piece).as(context).isEqualTo(Arrays.copyOfRange(expected, begin, begin + piece.length));
                assertThat(pieces.available()).as(context).isEqualTo(expected.length - begin - piece.length);
            }
            assertThat(pieces.read()).as(context).isEqualTo(-1);
            assertThat(buffer.toString()).as(context).isEqualTo(plain.toString());
        }
    }

    @Test
    void whatIsAddedInAnyOrderStandsInIt() throws IOException {
        long seed = Long.getLong("rollcall.seed", new Random().nextLong());
        System.out.println("Utf8BufferTest: seed " + seed);
        Random random = new Random(seed);
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < BUFFERS; i++) {
            pairs.add(new Pair());
        }
        for (int step = 0; step < STEPS; step++) {
            int place = random.nextInt(BUFFERS);
            Pair pair = pairs.get(place);
            switch (random.nextInt(8)) {
                case 0, 1, 2 -> {
                    char one = (char) ('a' + random.nextInt(26));
                    pair.buffer().add(one);
                    pair.plain().append(one);
                }
                case 3, 4 -> {
                    String ascii = "<text>".repeat(random.nextInt(60));
                    pair.buffer().add(ascii);
                    pair.plain().append(ascii);
                }
                case 5 -> {
                    int codePoint = random.nextBoolean() ? 0xE9 : 0x1F600;
                    pair.buffer().addCodePoint(codePoint);
                    pair.plain().appendCodePoint(codePoint);
                }
                default -> {
                    // Those added go on growing afterwards, which must not show in those they were added to.
                    Pair other = pairs.get((place + 1 + random.nextInt(BUFFERS - 1)) % BUFFERS);
                    pair.buffer().add(other.buffer());
                    pair.plain().append(other.plain());
                }
            }
            if (pair.plain().length() > LONG) {
                pair.assertSame("seed " + seed + ", step " + step);
                pairs.set(place, new Pair());
            }
        }
        for (Pair pair : pairs) {
            pair.assertSame("seed " + seed);
        }
    }

    @Test
    void aTextLongerThanAnyRoomStandsInIt() throws IOException {
        Pair pair = new Pair();
        for (int length = 1; length < 1 << 20; length *= 3) {
            String text = "x".repeat(length);
            pair.buffer().add(text);
            pair.plain().append(text);
            pair.assertSame("length " + length);
        }
    }
}
