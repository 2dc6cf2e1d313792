package dev.rollcall.sync;

import java.time.Instant;

/**
 * What a stat call says of a file: equal stamps mean an untouched file. Numbers instead of a text, because a pass compares
 * the stamp of every agent with a recorded one.
 *
 * @param label what tells files apart beside the numbers: empty for an ordinary file
 * @param size in bytes
 * @param modifiedAt the file's modification time
 * @param changedAt when the inode was changed, or what the file system tells instead
 * @param bornAt when the file was made; Java tells the modification time where the system does not know. The epoch where
 *     nobody asked. No part of the {@link #token}
 */
public record FileStamp(
        String label, long device, long inode, long size, Instant modifiedAt, Instant changedAt, Instant bornAt) {
    private static final char SEPARATOR = ':';

    /** Of a file of which nobody knows when it was made. */
    public FileStamp(String label, long device, long inode, long size, Instant modifiedAt, Instant changedAt) {
        this(label, device, inode, size, modifiedAt, changedAt, Instant.EPOCH);
    }

    /** The stamp of something without numbers: equal to others with this label and time only. */
    public static FileStamp labelled(String label, Instant modifiedAt) {
        return new FileStamp(label, 0, 0, 0, modifiedAt, Instant.EPOCH);
    }

    /**
     * Which file it is: written over it stays this one, replaced it is another. By its birth, too, as a new file soon gets
     * the inode of one that has gone. Empty where the system does not tell.
     */
    public String file() {
        return inode == 0 || bornAt.equals(Instant.EPOCH)
                ? ""
                : String.valueOf(device) + SEPARATOR + inode + SEPARATOR + bornAt;
    }

    /** The stamp behind more words. */
    public FileStamp behind(String words) {
        return new FileStamp(words + label, device, inode, size, modifiedAt, changedAt, bornAt);
    }

    /**
     * Whether nobody has touched the file since {@code time}, for all that a stat call can tell. A label says that the
     * change time is not known, or that more than one file is meant.
     */
    boolean isAtRestSince(Instant time) {
        return label.isEmpty() && modifiedAt.isBefore(time) && changedAt.isBefore(time);
    }

    /** The whole stamp as a text without control characters, to be recorded. */
    public String token() {
        return label
                + device
                + SEPARATOR
                + inode
                + SEPARATOR
                + size
                + SEPARATOR
                + modifiedAt.getEpochSecond()
                + SEPARATOR
                + modifiedAt.getNano()
                + SEPARATOR
                + changedAt.getEpochSecond()
                + SEPARATOR
                + changedAt.getNano();
    }

    /** Whether the text from {@code start} on is the {@link #token}; makes none for that. */
    boolean isToken(String text, int start) {
        if (!text.startsWith(label, start)) {
            return false;
        }
        int at = start + label.length();
        at = after(text, at, device);
        at = after(text, at, inode);
        at = after(text, at, size);
        at = after(text, at, modifiedAt.getEpochSecond());
        at = after(text, at, modifiedAt.getNano());
        at = after(text, at, changedAt.getEpochSecond());
        at = after(text, at, changedAt.getNano());
        return at == text.length() + 1;
    }

    /** The place behind the number and what separates it from the next; -1 when something else is there. */
    private static int after(String text, int start, long number) {
        if (start < 0 || start > text.length()) {
            return -1;
        }
        boolean isNegative = text.startsWith("-", start);
        int first = isNegative ? start + 1 : start;
        int at = first;
        // Below zero, where there is room for the smallest number, too.
        long read = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            read = read * 10 - (text.charAt(at) - '0');
            at++;
        }
        boolean isOver = at == text.length() || text.charAt(at) == SEPARATOR;
        return isOver && at > first && isNegative == number < 0 && (isNegative ? read : -read) == number ? at + 1 : -1;
    }
}
