package dev.rollcall.app;

import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/**
 * Who wrote what through the window: a line for each attempt, with tabs between time, token, address, action, agent and
 * outcome, in Rollcall's own folder. A write that can not be logged is not done. Thread-safe.
 */
public final class AuditLog {
    private static final String FILE = "audit.log";

    private final StateFolder folder;
    private final ReentrantLock turn = new ReentrantLock();

    AuditLog(StateFolder folder) {
        this.folder = folder;
    }

    /** @throws ProblemException WORKSPACE_UNREADABLE when the line can not be written */
    public void add(Instant at, List<String> words) {
        String line = at + "\t"
                + words.stream().map(ShownText::of).map(AuditLog::ofOneField).collect(Collectors.joining("\t")) + "\n";
        Path file = folder.create().resolve(FILE);
        turn.lock();
        try (var log = Files.newByteChannel(
                file,
                EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            log.write(java.nio.ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "a line can not be added to " + file + ": " + ShownText.of(String.valueOf(failure.getMessage())),
                    "Check the folder and the space on the disk.");
        } finally {
            turn.unlock();
        }
    }

    private static String ofOneField(String text) {
        return text.replace('\t', ' ').replace('\n', ' ').replace('\r', ' ');
    }
}
