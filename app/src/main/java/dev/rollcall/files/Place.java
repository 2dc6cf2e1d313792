package dev.rollcall.files;

import dev.rollcall.document.ParseResult.Rejected;
import dev.rollcall.sync.FileStamp;
import java.nio.file.Path;

/** What is where an agent's status.json should be, judged without opening it. */
sealed interface Place {
    record Nothing() implements Place {}

    /**
     * A regular file below the root.
     *
     * @param path where it really is: neither the file nor, behind a link, any folder of it is a link
     * @param size in bytes
     * @param stamp changes with the file, and with a link that leads to it
     */
    record Regular(Path path, long size, FileStamp stamp) implements Place {}

    /** Something that must not be opened, or can not be. */
    record Barred(Rejected rejection, FileStamp stamp) implements Place {}
}
