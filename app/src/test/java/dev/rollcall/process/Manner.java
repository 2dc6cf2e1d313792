package dev.rollcall.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** How programs write a file again. */
enum Manner {
    /** Emptied, then written in one go. */
    TRUNCATE {
        @Override
        void write(Path file, String text) throws IOException {
            Files.writeString(file, text);
        }
    },
    /** Emptied, then written piece by piece. */
    APPEND {
        @Override
        void write(Path file, String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            Files.write(file, new byte[0]);
            int piece = bytes.length / 5 + 1;
            for (int at = 0; at < bytes.length; at += piece) {
                try (FileChannel channel = FileChannel.open(file, StandardOpenOption.APPEND)) {
                    channel.write(ByteBuffer.wrap(bytes, at, Math.min(piece, bytes.length - at)));
                }
            }
        }
    },
    /** Another file renamed over it. */
    REPLACE {
        @Override
        void write(Path file, String text) throws IOException {
            Path temporary = file.resolveSibling("status.json.tmp");
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        }
    },
    /** As editors do: the old file renamed to a copy, a new one written, the copy removed. */
    BACKUP {
        @Override
        void write(Path file, String text) throws IOException {
            Path copy = file.resolveSibling("status.json~");
            if (Files.exists(file)) {
                Files.move(file, copy, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.writeString(file, text);
            Files.deleteIfExists(copy);
        }
    },
    /** New bytes over the old ones, then cut to length. */
    IN_PLACE {
        @Override
        void write(Path file, String text) throws IOException {
            byte[] bytes = text.getBytes(UTF_8);
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                int half = bytes.length / 2;
                channel.write(ByteBuffer.wrap(bytes, 0, half));
                channel.write(ByteBuffer.wrap(bytes, half, bytes.length - half));
                channel.truncate(bytes.length);
            }
        }
    };

    abstract void write(Path file, String text) throws IOException;

    /** Whether no mixture of two versions ever parses. */
    boolean isWhole() {
        return this != IN_PLACE;
    }
}
