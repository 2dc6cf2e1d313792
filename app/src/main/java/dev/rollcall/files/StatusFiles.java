package dev.rollcall.files;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.WriteSteps.Step;
import dev.rollcall.lifecycle.StatusFile;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.StatusSource.Read;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Status files below a workspaces root; locks and temporary files are in the {@link StateFolder} beside it. */
public final class StatusFiles implements StatusFile {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WRITE_HINT =
            "The file is as it was. Check permissions and free space, then run the command again.";

    /** How long a folder may be without its file before the file counts as gone. */
    private static final Duration GAP = Duration.ofMillis(200);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private final WorkspacesFolder folder;
    private final WriteSteps steps;
    private final Duration patience;

    /** @param maxBytes larger files are neither read nor written */
    public StatusFiles(Path root, long maxBytes) {
        this(new WorkspacesFolder(root, maxBytes), WriteSteps.UNDISTURBED, PATIENCE);
    }

    StatusFiles(WorkspacesFolder folder, WriteSteps steps, Duration patience) {
        this.folder = folder;
        this.steps = steps;
        this.patience = patience;
    }

    @Override
    public <T> T hold(AgentId agent, Function<Held, T> work) {
        folder.requireRoot();
        StateFolder state = new StateFolder(folder.root());
        Path lock = state.create("locks").resolve(lockName(agent));
        try (var _ = AgentLock.take(lock, patience);
                HeldFile held = new HeldFile(agent, new DurableReplacement(state.create("tmp"), steps))) {
            return work.apply(held);
        }
    }

    /** Agents whose files are one file, because of a link, share its lock. */
    private String lockName(AgentId agent) {
        String key = agent.value() + "/" + Whereabouts.FILE_NAME;
        if (folder.place(agent) instanceof Place.Regular file
                && !file.path().equals(folder.folder(agent).resolve(Whereabouts.FILE_NAME))) {
            key = relativeToRoot(file.path());
        }
        return DocumentContent.sha256Of(key.getBytes(StandardCharsets.UTF_8)).substring(0, 32) + ".lock";
    }

    private String relativeToRoot(Path real) {
        try {
            return folder.root().toRealPath().relativize(real).toString();
        } catch (IOException failure) {
            throw FailureWords.problem("workspaces root", folder.root(), failure, WorkspacesFolder.ROOT_HINT);
        }
    }

    private final class HeldFile implements Held, AutoCloseable {
        private final AgentId agent;
        private final DurableReplacement replacement;
        private boolean released;

        private HeldFile(AgentId agent, DurableReplacement replacement) {
            this.agent = agent;
            this.replacement = replacement;
        }

        @Override
        public Optional<byte[]> read() {
            requireLock();
            return switch (settled()) {
                case Read.Absent absent -> Optional.empty();
                case Read.Vanished gone -> Optional.empty();
                case Read.Content content -> Optional.of(content.bytes());
                case Read.Unacceptable(var rejection, var stamp) -> throw refusal(rejection.message());
            };
        }

        /** A file that somebody has moved away to put a new one in its place is waited for. */
        private Read settled() {
            long deadline = System.nanoTime() + GAP.toNanos();
            Read read = folder.read(agent);
            while (read instanceof Read.Vanished && System.nanoTime() < deadline) {
                LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                read = folder.read(agent);
            }
            return read;
        }

        @Override
        public void replace(byte[] bytes) {
            write(bytes, null);
        }

        @Override
        public void replace(byte[] bytes, Instant modifiedAt) {
            write(bytes, modifiedAt);
        }

        private void write(byte[] bytes, @Nullable Instant modifiedAt) {
            requireLock();
            if (bytes.length > folder.maxBytes()) {
                throw new ProblemException(
                        ProblemCode.DOCUMENT_NOT_EDITABLE,
                        "write of " + folder.path(agent) + ": the document would be " + bytes.length
                                + " bytes, and at most " + folder.maxBytes() + " are accepted",
                        "Shorten its lists; rollcall never drops anything by itself.");
            }
            try {
                switch (folder.place(agent)) {
                    case Place.Regular file -> replacement.replace(file.path(), bytes, modifiedAt);
                    case Place.Barred(var rejection, var stamp) -> throw refusal(rejection.message());
                    case Place.Nothing nothing -> create(bytes, modifiedAt);
                }
            } catch (IOException failure) {
                throw FailureWords.problem("write of", Path.of(folder.path(agent)), failure, WRITE_HINT);
            }
        }

        @Override
        public boolean remove(byte[] expected) {
            requireLock();
            Path place = folder.folder(agent);
            Path file = place.resolve(Whereabouts.FILE_NAME);
            if (Files.isSymbolicLink(place) || Files.isSymbolicLink(file)) {
                throw refusal("what is behind a link is not removed");
            }
            try {
                if (!replacement.remove(file, expected)) {
                    return false;
                }
                removeIfEmpty(place);
                return true;
            } catch (NoSuchFileException gone) {
                return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
            } catch (IOException failure) {
                throw FailureWords.problem("removal of", file, failure, "Check permissions of the agent's folder.");
            }
        }

        @Override
        public void close() {
            released = true;
        }

        private void create(byte[] bytes, @Nullable Instant modifiedAt) throws IOException {
            Path place = folder.folder(agent);
            if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
                replacement.replace(insideRoot(place).resolve(Whereabouts.FILE_NAME), bytes, modifiedAt);
                return;
            }
            steps.reached(Step.CREATE_FOLDER);
            Files.createDirectory(place);
            try {
                DurableReplacement.sync(folder.root());
                replacement.replace(place.resolve(Whereabouts.FILE_NAME), bytes, modifiedAt);
            } catch (IOException | RuntimeException | Error failure) {
                removeIfEmpty(place, failure);
                throw failure;
            }
        }

        private Path insideRoot(Path place) throws IOException {
            Path real = place.toRealPath();
            if (!Files.isDirectory(real)) {
                throw refusal("what has its name is no folder");
            }
            if (Files.isSymbolicLink(place) && !folder.whereabouts().contains(real)) {
                throw refusal("its folder is a link out of the workspaces root");
            }
            return real;
        }

        private void removeIfEmpty(Path place) throws IOException {
            try {
                Files.delete(place);
                DurableReplacement.sync(folder.root());
            } catch (DirectoryNotEmptyException others) {
                // What else the agent keeps there is its own.
            }
        }

        private static void removeIfEmpty(Path place, Throwable failure) {
            try {
                Files.deleteIfExists(place);
            } catch (IOException notEmpty) {
                failure.addSuppressed(notEmpty);
            }
        }

        private void requireLock() {
            if (released) {
                throw new IllegalStateException("the lock of " + agent + " was given back");
            }
        }

        private ProblemException refusal(String message) {
            return new ProblemException(
                    new Problem(
                            ProblemCode.WORKSPACE_UNREADABLE,
                            "status of " + agent + " (" + folder.path(agent) + "): " + message,
                            "Rollcall only writes to a regular file that it may read, below the workspaces root; nothing was changed."));
        }
    }
}
