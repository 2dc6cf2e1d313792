package dev.rollcall.embedding;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import dev.rollcall.problem.ProblemException;
import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;

/**
 * Cuts texts into the numbers that the model was trained with. It calls the tokenizer's native functions themselves: DJL's
 * class around them reports its use to a server when it is made, and copies the library into the user's home.
 *
 * <p>Threads: {@link #of} by any number at once; {@link #close} by one, when nobody is in {@code of}.
 */
final class WordPieces implements AutoCloseable {
    /** The most tokens of a text, the two that enclose it included. */
    static final int WINDOW = 256;

    /** In code points. What lies beyond is out of the window for nearly every text, and costs time in any case. */
    private static final int LONGEST_TEXT = 2_000;

    private static final TokenizersLibrary NATIVE = TokenizersLibrary.LIB;

    private final long handle;

    private WordPieces(long handle) {
        this.handle = handle;
    }

    /** @throws ProblemException MODEL_UNAVAILABLE when the library or the file is missing or damaged */
    static WordPieces load(ModelFiles files) {
        TokenizerLibrary.load(files);
        try (Arena arena = Arena.ofConfined()) {
            String rules = StandardCharsets.UTF_8
                    .decode(files.bytes(ModelFile.TOKENIZER, arena))
                    .toString();
            long handle = NATIVE.createTokenizerFromString(rules);
            // The file says 128 tokens and pads to them.
            NATIVE.disablePadding(handle);
            NATIVE.setTruncation(handle, WINDOW, "LONGEST_FIRST", 0);
            return new WordPieces(handle);
        }
    }

    /**
     * Between 2 and {@value #WINDOW} numbers. Half a surrogate pair is read as a question mark.
     *
     * @throws ProblemException MODEL_UNAVAILABLE when the tokenizer fails
     */
    long[] of(String text) {
        try {
            long encoding = NATIVE.encode(handle, wellFormed(start(text)), true);
            try {
                return NATIVE.getTokenIds(encoding);
            } finally {
                NATIVE.deleteEncoding(encoding);
            }
        } catch (RuntimeException e) {
            throw ModelTrouble.of("embed a text: the tokenizer fails", e);
        }
    }

    private static String start(String text) {
        return text.length() <= LONGEST_TEXT || text.codePointCount(0, text.length()) <= LONGEST_TEXT
                ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_TEXT));
    }

    /** The encoder of UTF-8 puts a question mark where a surrogate stands alone, which no native string may have. */
    private static String wellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        NATIVE.deleteTokenizer(handle);
    }
}
