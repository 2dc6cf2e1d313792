package dev.rollcall.embedding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.search.Embedder;
import dev.rollcall.search.EmbedderContract;
import dev.rollcall.search.Embedding;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MiniLmEmbedderTest extends EmbedderContract {
    private static Embedder embedder;

    @BeforeAll
    static void load() {
        embedder = MiniLmEmbedder.load(null);
    }

    @AfterAll
    static void close() {
        embedder.close();
    }

    @Override
    protected Embedder embedder() {
        return embedder;
    }

    @Override
    protected Embedder another() {
        return MiniLmEmbedder.load(null);
    }

    @Override
    protected Class<?> printer() {
        return Printer.class;
    }

    @ParameterizedTest
    @CsvSource({
        "who waits for a code review, the pull request has not been looked at yet, renewing the certificates",
        "the tests fail, two unit tests are failing on the build server, writing the release notes",
        "out of memory, the process was killed because the heap was full, translating the manual",
        "who deals with payments, working on the billing service, drawing the logo",
        "login is broken, users can not sign in, compressing images"
    })
    void whatMeansTheSameIsNearerThanWhatDoesNot(String asked, String same, String other) {
        Embedding direction = embedder.embed(asked);
        assertThat(direction.cosine(embedder.embed(same))).isGreaterThan(direction.cosine(embedder.embed(other)) + 0.1);
    }

    @Test
    void theNameTellsTheModelAndHowItIsUsed() {
        assertThat(embedder.model()).isEqualTo("all-MiniLM-L6-v2-q/mean/256");
        assertThat(embedder.dimension()).isEqualTo(384);
    }

    @Test
    void theWindowIs256TokensWithTheTwoThatEncloseTheText() {
        String full = "a ".repeat(254);
        assertThat(embedder.embed(full + "zebra")).isEqualTo(embedder.embed(full));
        assertThat(embedder.embed("a ".repeat(253) + "zebra")).isNotEqualTo(embedder.embed(full));
    }

    /** Texts of the roll are hostile or broken at times; a megabyte may not take longer than its first page. */
    @Test
    void whatLiesBeyond2000CharactersIsNotRead() {
        assertThat(embedder.embed(" ".repeat(2_000) + "word ".repeat(200_000))).isEqualTo(embedder.embed(""));
    }

    @Test
    void aCharacterOfTwoUnitsCountsOnce() {
        String rocket = "\uD83D\uDE80";
        assertThat(embedder.embed(" ".repeat(1_997) + rocket + " b and more"))
                .isEqualTo(embedder.embed(rocket + " b"))
                .isNotEqualTo(embedder.embed(rocket));
    }

    @Test
    void halfAPairIsReadAsAQuestionMark() {
        assertThat(embedder.embed("half \uD83D a pair")).isEqualTo(embedder.embed("half ? a pair"));
    }

    static final class Printer {
        private Printer() {}

        public static void main(String[] args) throws IOException {
            try (Embedder embedder = MiniLmEmbedder.load(null)) {
                print(embedder);
            }
        }
    }
}
