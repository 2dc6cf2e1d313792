package dev.rollcall.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import dev.rollcall.roll.StoredDocument;
import org.jspecify.annotations.Nullable;

/**
 * Recorded versions as small as they go: a Zstandard frame of its own, or one with the previous version as raw
 * dictionary. For one thread at a time.
 */
final class HistoryCodec implements AutoCloseable {
    /**
     * How many versions build on one full copy, itself included. Measured over 594 real versions with level 3 throughout: 8 % of the
     * original size at 16; longer chains save little and cost a reader one step for each link.
     */
    static final int CHAIN = 16;

    private static final int LEVEL = 3;

    /** For full copies, which are all that a first pass writes: speed counts for more than size there. */
    private static final int FULL_LEVEL = 1;

    /** No document is accepted at this size; a frame that claims more is damage. */
    private static final long MAX_BYTES = 64L << 20;

    private final ZstdCompressCtx compressor = new ZstdCompressCtx().setLevel(FULL_LEVEL);
    private final ZstdCompressCtx deltaCompressor = new ZstdCompressCtx().setLevel(LEVEL);

    /** One for all: making it costs many times what a document does. */
    private final ZstdDecompressCtx decompressor = new ZstdDecompressCtx();

    byte[] full(byte[] bytes) {
        return compressor.compress(bytes);
    }

    byte[] delta(byte[] bytes, byte[] base) {
        deltaCompressor.loadDict(base);
        return deltaCompressor.compress(bytes);
    }

    /** The frame's content, not yet held against any digest. */
    StoredDocument decode(byte[] frame, byte @Nullable [] base) {
        long size = Zstd.getFrameContentSize(frame);
        if (size < 0 || size > MAX_BYTES) {
            return new StoredDocument.Damaged("what is stored is no compressed document");
        }
        try {
            decompressor.reset();
            if (base != null) {
                decompressor.loadDict(base);
            }
            return new StoredDocument.Intact(decompressor.decompress(frame, (int) size));
        } catch (ZstdException damage) {
            return new StoredDocument.Damaged("it can not be decompressed: " + damage.getMessage());
        }
    }

    @Override
    public void close() {
        compressor.close();
        deltaCompressor.close();
        decompressor.close();
    }
}
