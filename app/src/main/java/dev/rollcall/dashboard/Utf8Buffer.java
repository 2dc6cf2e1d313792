package dev.rollcall.dashboard;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
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
        InputStream stream() {
            return new ByteArrayInputStream(bytes, from, until - from);
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

    /** As it is now: what it is added to later is not added here. */
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
            room = Arrays.copyOfRange(room, from, from + Math.max(2 * room.length, grown + more));
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

    /** All of it as it is now, to be read once; nothing is copied for that. */
    InputStream stream() {
        List<InputStream> all = new ArrayList<>(parts.size() + 1);
        parts.forEach(part -> all.add(part.stream()));
        all.add(new Part(room, from, until).stream());
        return new SequenceInputStream(Collections.enumeration(all));
    }

    @Override
    public String toString() {
        try {
            return new String(stream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
