package dev.rollcall.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells by its first bytes whether a file is a database of Rollcall's, without opening it as one. */
final class RollFile {
    private static final byte[] SQLITE = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);

    /** Where the header of a SQLite file has the application id (sqlite.org/fileformat2.html, section 1.3). */
    private static final int APPLICATION_ID = 68;

    /** The application id as it stands there. */
    private static final byte[] ROLL = "Roll".getBytes(StandardCharsets.US_ASCII);

    private RollFile() {}

    /** False also for what can not be read: nobody could restore it. */
    static boolean isOne(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(APPLICATION_ID + ROLL.length);
            return header.length == APPLICATION_ID + ROLL.length
                    && Arrays.equals(header, 0, SQLITE.length, SQLITE, 0, SQLITE.length)
                    && Arrays.equals(header, APPLICATION_ID, header.length, ROLL, 0, ROLL.length);
        } catch (IOException unreadable) {
            return false;
        }
    }
}
