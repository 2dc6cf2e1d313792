package dev.rollcall.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Text that grows, in UTF-8 from the beginning: a page is large, is sent as bytes, and most of it was drawn before. It is a
 * row of parts, so that what is large is never moved again. What stands in it never changes, it is only added to. For one
 * thread; any may read it afterwards.
 */
final class Utf8Buffer {
    private static final int FIRST_ROOM = 256;
    private static final int MOST_ROOM = 16_384;

    /** What is shorter is copied: a part takes some bytes, too. */
    private static final int SHORT = 128;

    private final List<Part> parts = new ArrayList<>(0);
    private int inParts;

    /** Where the next part grows, from {@code from} on. */
    private byte[] room = new byte[FIRST_ROOM];

    private int from;
    private int until;

    private record Part(byte[] bytes, int from, int until) {
        int length() {
            return until - from;
        }
    }

    /** @param ascii at most U+007F */
    void add(char ascii) {
        makeRoom(1);
        room[until++] = (byte) ascii;
    }

    /** @param ascii of characters to U+007F alone */
    void add(String ascii) {
        int more = ascii.length();
        makeRoom(more);
        for (int i = 0; i < more; i++) {
            room[until++] = (byte) ascii.charAt(i);
        }
    }

    void addCodePoint(int codePoint) {
        byte[] more = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
        add(more, 0, more.length);
    }

    /** Another one, as it is now: what is added to that one later is not added here. */
    void add(Utf8Buffer other) {
        other.parts.forEach(part -> add(part.bytes(), part.from(), part.until()));
        add(other.room, other.from, other.until);
    }

    private void add(byte[] bytes, int begin, int end) {
        if (end - begin < SHORT) {
            makeRoom(end - begin);
            System.arraycopy(bytes, begin, room, until, end - begin);
            until += end - begin;
        } else {
            endPart();
            parts.add(new Part(bytes, begin, end));
            inParts += end - begin;
        }
    }

    private void endPart() {
        if (until > from) {
            parts.add(new Part(room, from, until));
            inParts += until - from;
            from = until;
        }
    }

    private void makeRoom(int more) {
        if (room.length - until >= more) {
            return;
        }
        int grown = until - from;
        if (grown + more <= MOST_ROOM) {
            room = Arrays.copyOfRange(room, from, from + Math.max(Math.min(MOST_ROOM, 2 * room.length), grown + more));
            until = grown;
        } else {
            endPart();
            room = new byte[Math.max(MOST_ROOM, more)];
            until = 0;
        }
        from = 0;
    }

    /** In bytes. */
    int length() {
        return inParts + until - from;
    }

    /** All of it as it is now, to be read once; what is left of it is available at any time. Nothing is copied for that. */
    InputStream stream() {
        List<Part> all = new ArrayList<>(parts);
        all.add(new Part(room, from, until));
        return new PartsStream(all, length());
    }

    @Override
    public String toString() {
        try {
            return new String(stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static final class PartsStream extends InputStream {
        private final List<Part> parts;
        private int left;
        private int index;

        /** What was read of the part at the index. */
        private int done;

        PartsStream(List<Part> parts, int length) {
            this.parts = parts;
            this.left = length;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left == 0 && length > 0) {
                return -1;
            }
            int wanted = Math.min(length, left);
            int read = 0;
            while (read < wanted) {
                Part part = parts.get(index);
                int more = Math.min(wanted - read, part.length() - done);
                System.arraycopy(part.bytes(), part.from() + done, into, offset + read, more);
                read += more;
                done += more;
                if (done == part.length()) {
                    index++;
                    done = 0;
                }
            }
            left -= read;
            return read;
        }

        @Override
        public int available() {
            return left;
        }
    }
}
