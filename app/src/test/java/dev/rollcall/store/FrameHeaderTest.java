package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameHeaderTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 255, 256, 257, 65_535, 65_536, 65_791, 65_792, 300_000, 3_000_000})
    void theSizeIsThatOfTheDocumentWhetherCopyOrDelta(int size) {
        byte[] document = new byte[size];
        new Random(size).nextBytes(document);
        byte[] base = document.clone();
        Arrays.fill(base, 0, size / 3, (byte) 7);

        try (HistoryCodec codec = new HistoryCodec()) {
            assertThat(FrameHeader.contentSize(beginning(codec.full(document)))).isEqualTo(size);
            assertThat(FrameHeader.contentSize(beginning(codec.delta(document, base))))
                    .isEqualTo(size);
        }
    }

    @Test
    void whatBeginsNoFrameTellsNothing() {
        byte[] frame;
        try (HistoryCodec codec = new HistoryCodec()) {
            frame = codec.full(new byte[70_000]);
        }
        for (int length = 0; length < 9; length++) {
            assertThat(FrameHeader.contentSize(Arrays.copyOf(frame, length))).isNull();
        }
        assertThat(FrameHeader.contentSize(null)).isNull();
        assertThat(FrameHeader.contentSize(
                        "{\"status\": \"ACTIVE\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8)))
                .isNull();
    }

    @Test
    void anyBytesAfterTheMagicNumberAreReadWithoutFailure() {
        Random random = new Random(7);
        for (int round = 0; round < 10_000; round++) {
            byte[] bytes = new byte[random.nextInt(4, FrameHeader.LONGEST + 1)];
            random.nextBytes(bytes);
            System.arraycopy(new byte[] {0x28, (byte) 0xB5, 0x2F, (byte) 0xFD}, 0, bytes, 0, 4);
            Long size = FrameHeader.contentSize(bytes);
            assertThat(size == null || size >= 0).isTrue();
        }
    }

    private static byte[] beginning(byte[] frame) {
        return Arrays.copyOf(frame, Math.min(frame.length, FrameHeader.LONGEST));
    }
}
