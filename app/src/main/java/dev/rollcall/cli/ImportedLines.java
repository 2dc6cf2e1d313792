package dev.rollcall.cli;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.RollItem;
import dev.rollcall.store.PlacedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The items of an export, one line after the other. It ends where counts and digest of the last line are right, and
 * throws at anything else.
 */
final class ImportedLines implements Iterator<RollItem> {
    /** Bytes; a document has at most 64 MiB, and one of more than 16 MiB stands as base64. */
    static final int MAX_LINE = 128 << 20;

    private static final byte LINE_FEED = '\n';

    private final String name;
    private final InputStream in;
    private final MessageDigest digest = ExportLines.sha256();
    private final LineFields header;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int until;
    private long line;
    private LineCounts counts = LineCounts.NONE;
    private @Nullable RollItem next;
    private boolean isOver;
    private boolean hasTold;

    /**
     * Reads the first line.
     *
     * @param name what complaints name
     */
    ImportedLines(String name, InputStream in) {
        this.name = name;
        this.in = in;
        byte[] first = readLine();
        if (first == null) {
            throw refused(1, "there is nothing in it");
        }
        digest(first);
        this.header = fields(first);
        told(() -> {
            if (!header.text("kind").equals(ExportLines.KIND)) {
                throw new IllegalArgumentException("this is no first line of an export");
            }
            if (header.number("schema") != 1) {
                throw new IllegalArgumentException("this export was made by a newer program");
            }
            return true;
        });
    }

    /** Something that throws IllegalArgumentException with what is wrong about a line. */
    private interface Reading<T> {
        T run();
    }

    String swarm() {
        return told(() -> header.text("swarm"));
    }

    LineCounts counts() {
        return counts;
    }

    /** The same complaint with the line that it is about. */
    ProblemException about(ProblemException refusal) {
        return new ProblemException(
                refusal.problem().code(),
                place(line) + refusal.problem().message(),
                refusal.problem().hint());
    }

    /** Whether a complaint came from here, so that it has its place. */
    boolean hasTold() {
        return hasTold;
    }

    /** Whether a line was handed out, so that a refusal is about it. */
    boolean hasBegun() {
        return line > 1;
    }

    @Override
    public boolean hasNext() {
        if (next == null && !isOver) {
            advance();
        }
        return next != null;
    }

    @Override
    public RollItem next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        RollItem item = Objects.requireNonNull(next);
        next = null;
        return item;
    }

    private void advance() {
        byte[] bytes = readLine();
        if (bytes == null) {
            throw refused(line + 1, "the export breaks off here");
        }
        LineFields fields = fields(bytes);
        if (told(() -> fields.text("kind")).equals("end")) {
            end(fields);
        } else {
            digest(bytes);
            RollItem item = told(() -> LineItems.item(fields));
            counts = counts.with(item);
            next = item;
        }
    }

    private void end(LineFields end) {
        told(() -> {
            LineCounts told = new LineCounts(
                    end.number("revisions"),
                    end.number("agents"),
                    end.number("rejected"),
                    end.number("gaps"),
                    end.number("damaged"));
            if (!told.equals(counts)) {
                throw new IllegalArgumentException("there are other lines before it than it counts");
            }
            if (!end.text("sha256").equals(HexFormat.of().formatHex(digest.digest()))) {
                throw new IllegalArgumentException("the lines before it have another SHA-256 than it tells");
            }
            return true;
        });
        isOver = true;
        if (readLine() != null) {
            throw refused(line, "there is more after the last line");
        }
    }

    private LineFields fields(byte[] bytes) {
        return told(() -> LineFields.of(bytes));
    }

    private <T> T told(Reading<T> reading) {
        try {
            return reading.run();
        } catch (IllegalArgumentException wrong) {
            throw refused(line, ShownText.of(Objects.toString(wrong.getMessage(), "it can not be read")));
        }
    }

    private ProblemException refused(long where, String sentence) {
        hasTold = true;
        return new ProblemException(
                ProblemCode.REFUSED,
                place(where) + sentence,
                "Nothing was brought in; take an export that nobody has changed.");
    }

    private String place(long where) {
        return name + ", line " + where + ": ";
    }

    private void digest(byte[] bytes) {
        digest.update(bytes);
        digest.update(LINE_FEED);
    }

    /** Without its line feed; null at the end. */
    private byte @Nullable [] readLine() {
        int scanned = from;
        while (true) {
            for (; scanned < until; scanned++) {
                if (buffer[scanned] == LINE_FEED) {
                    return taken(scanned, scanned + 1);
                }
            }
            int length = scanned - from;
            if (length > MAX_LINE) {
                throw refused(line + 1, "it is longer than any line of an export");
            }
            if (!fill()) {
                return length == 0 ? null : taken(until, until);
            }
            scanned = from + length;
        }
    }

    private byte[] taken(int end, int after) {
        byte[] bytes = Arrays.copyOfRange(buffer, from, end);
        from = after;
        line++;
        return bytes;
    }

    /** Makes room behind what is not taken yet, and reads more; false at the end. */
    private boolean fill() {
        int length = until - from;
        byte[] room = length > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
        System.arraycopy(buffer, from, room, 0, length);
        buffer = room;
        from = 0;
        until = length;
        try {
            int read = in.read(buffer, until, buffer.length - until);
            until += Math.max(read, 0);
            return read > 0;
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be read", Path.of(name), failure);
        }
    }
}
