package dev.rollcall.architecture.broken.cli;

import com.github.luben.zstd.Zstd;

/** A record of ten, and compression outside of the store. */
public record Squeezed(byte a, byte b, byte c, byte d, byte e, byte f, byte g, byte h, byte i, byte j) {
    /** Compresses one component. */
    public byte[] compressed() {
        return Zstd.compress(new byte[] {a});
    }
}
