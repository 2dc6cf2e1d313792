package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Embedder} promises, one test for each sentence. */
public abstract class EmbedderContract {
    /** Of different lengths and scripts; the last is longer than any window. */
    protected static final List<String> TEXTS = List.of(
            "Waiting for a review of the parser",
            "",
            " \t\n ",
            "\u0000 null \u0007",
            "rocket \uD83D\uDE80, family \uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "half a pair \uD83D and its other half \uDE80",
            "\u65E5\u672C\u8A9E\u306E\u30C6\u30B9\u30C8, \u0627\u0644\u0639\u0631\u0628\u064A\u0629, na\u00EFve \u00DCbergr\u00F6\u00DFe",
            "[PAD] [CLS] [SEP] [UNK]",
            "x".repeat(5_000),
            "the build is red again. ".repeat(400));

    /** One that nobody closes, shared by the tests of a class. */
    protected abstract Embedder embedder();

    /** Another of the same model, for a test to close. */
    protected abstract Embedder another();

    /** A class whose main method prints for each of the {@link #TEXTS} the bytes in hexadecimal, a line each. */
    protected abstract Class<?> printer();

    static Stream<String> texts() {
        return TEXTS.stream();
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyTextHasADirectionOfTheDimension(String text) {
        Embedding embedding = embedder().embed(text);
        assertThat(embedding.dimension()).isEqualTo(embedder().dimension());
        assertThat(embedding.cosine(embedding)).isCloseTo(1, within(1e-12));
    }

    @Test
    void differentTextsPointElsewhere() {
        assertThat(embedder().embed("Waiting for a review"))
                .isNotEqualTo(embedder().embed("Deploying to production"));
    }

    @Test
    void whatExceedsTheWindowIsNotRead() {
        String window = "green build ".repeat(10_000);
        assertThat(embedder().embed(window + "but then an outage"))
                .isEqualTo(embedder().embed(window));
    }

    @Test
    void theSameTextGivesTheSameBytesWhateverWasEmbeddedInBetween() {
        List<Embedding> first = TEXTS.stream().map(embedder()::embed).toList();
        List<Embedding> backwards =
                TEXTS.reversed().stream().map(embedder()::embed).toList().reversed();
        assertThat(backwards).isEqualTo(first);
    }

    @Test
    void theSameTextGivesTheSameBytesOnSeveralThreadsAtOnce() throws Exception {
        List<Embedding> alone = TEXTS.stream().map(embedder()::embed).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<List<Embedding>>> beside = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                beside.add(threads.submit(
                        () -> TEXTS.stream().map(embedder()::embed).toList()));
            }
            for (Future<List<Embedding>> result : beside) {
                assertThat(result.get()).isEqualTo(alone);
            }
        }
    }

    @Test
    void anotherOfTheSameModelGivesTheSameBytes() {
        try (Embedder another = another()) {
            assertThat(another.model()).isEqualTo(embedder().model());
            assertThat(TEXTS.stream().map(another::embed))
                    .isEqualTo(TEXTS.stream().map(embedder()::embed).toList());
        }
    }

    @Test
    void anotherProcessGivesTheSameBytes() throws Exception {
        Process process = ChildJvm.start(printer());
        List<String> printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(process.waitFor()).isZero();
        assertThat(printed)
                .isEqualTo(TEXTS.stream()
                        .map(embedder()::embed)
                        .map(EmbedderContract::hex)
                        .toList());
    }

    @Test
    void afterCloseNothingIsEmbedded() {
        Embedder embedder = another();
        Embedding before = embedder.embed("a text");
        embedder.close();
        embedder.close();
        assertThatIllegalStateException().isThrownBy(() -> embedder.embed("a text"));
        assertThat(embedder().embed("a text")).isEqualTo(before);
    }

    /** For {@link #printer}. */
    protected static void print(Embedder embedder) throws IOException {
        for (String text : TEXTS) {
            System.out.println(hex(embedder.embed(text)));
        }
    }

    private static String hex(Embedding embedding) {
        return HexFormat.of().formatHex(embedding.bytes());
    }
}
