package dev.rollcall.files;

import dev.rollcall.sync.FileStamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;

/**
 * What one stat call says about a file.
 *
 * @param size in bytes
 * @param stamp device, inode, size, modification and change time in nanoseconds, and the time of birth; where a file system tells neither inode
 *     nor change time, what it does tell
 */
record FileFacts(Kind kind, long size, FileStamp stamp) {
    private static final String UNIX_ATTRIBUTES = "unix:mode,dev,ino,size,lastModifiedTime,ctime,creationTime";

    /** The file type bits of st_mode, and the three values of theirs that matter here (inode(7)). */
    private static final int TYPE_BITS = 0170000;

    private static final int REGULAR_BITS = 0100000;
    private static final int LINK_BITS = 0120000;
    private static final int FOLDER_BITS = 0040000;

    enum Kind {
        REGULAR,
        LINK,
        FOLDER,
        /** FIFO, socket or device. */
        SPECIAL
    }

    static FileFacts of(Path path, LinkOption... options) throws IOException {
        return hasUnixAttributes(path) ? unix(path, options) : basic(path, options);
    }

    static boolean hasUnixAttributes(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("unix");
    }

    private static FileFacts unix(Path path, LinkOption... options) throws IOException {
        Map<String, Object> facts = Files.readAttributes(path, UNIX_ATTRIBUTES, options);
        FileTime modified = (FileTime) known(facts, "lastModifiedTime");
        FileTime changed = (FileTime) known(facts, "ctime");
        long size = (Long) known(facts, "size");
        var stamp = new FileStamp(
                "",
                (Long) known(facts, "dev"),
                (Long) known(facts, "ino"),
                size,
                modified.toInstant(),
                changed.toInstant(),
                ((FileTime) known(facts, "creationTime")).toInstant());
        return new FileFacts(kind((Integer) known(facts, "mode")), size, stamp);
    }

    private static FileFacts basic(Path path, LinkOption... options) throws IOException {
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, options);
        FileTime modified = facts.lastModifiedTime();
        var stamp = new FileStamp(
                facts.fileKey() + ":",
                0,
                0,
                facts.size(),
                modified.toInstant(),
                facts.creationTime().toInstant());
        return new FileFacts(kind(facts), facts.size(), stamp);
    }

    private static Object known(Map<String, Object> facts, String name) {
        return Objects.requireNonNull(facts.get(name), name);
    }

    private static Kind kind(int mode) {
        return switch (mode & TYPE_BITS) {
            case REGULAR_BITS -> Kind.REGULAR;
            case LINK_BITS -> Kind.LINK;
            case FOLDER_BITS -> Kind.FOLDER;
            default -> Kind.SPECIAL;
        };
    }

    private static Kind kind(BasicFileAttributes facts) {
        if (facts.isSymbolicLink()) {
            return Kind.LINK;
        }
        if (facts.isRegularFile()) {
            return Kind.REGULAR;
        }
        return facts.isDirectory() ? Kind.FOLDER : Kind.SPECIAL;
    }
}
