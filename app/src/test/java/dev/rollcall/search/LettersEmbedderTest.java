package dev.rollcall.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class LettersEmbedderTest extends EmbedderContract {
    private static final Embedder EMBEDDER = new LettersEmbedder();

    @Override
    protected Embedder embedder() {
        return EMBEDDER;
    }

    @Override
    protected Embedder another() {
        return new LettersEmbedder();
    }

    @Override
    protected Class<?> printer() {
        return Printer.class;
    }

    @Test
    void textsWithCommonLettersAreNearer() {
        Embedding asked = EMBEDDER.embed("database migration");
        assertThat(asked.cosine(EMBEDDER.embed("migrating the database")))
                .isGreaterThan(asked.cosine(EMBEDDER.embed("a green elephant")));
    }

    static final class Printer {
        private Printer() {}

        public static void main(String[] args) throws IOException {
            print(new LettersEmbedder());
        }
    }
}
