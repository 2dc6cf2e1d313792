package dev.rollcall.embedding;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The files that the model consists of, and how to know them. A damaged network would run and give other vectors; a
 * damaged tokenizer could end the process in native code.
 */
enum ModelFile {
    NETWORK("all-minilm-l6-v2-q.onnx", 0xdf4d1c08L),
    TOKENIZER("all-minilm-l6-v2-q-tokenizer.json", 0xc3f77764L);

    private final String fileName;
    private final long checksum;

    ModelFile(String fileName, long checksum) {
        this.fileName = fileName;
        this.checksum = checksum;
    }

    String fileName() {
        return fileName;
    }

    /** Whether these are the bytes of the file. Leaves the buffer as it is. */
    boolean hasBytes(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.duplicate());
        return sum.getValue() == checksum;
    }
}
