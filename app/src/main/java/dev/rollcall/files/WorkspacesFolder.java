package dev.rollcall.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.sync.FileStamp;
import dev.rollcall.sync.StatusSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A workspaces root on disk. Between the look at a file and its opening, somebody who may write into the folder could
 * put a FIFO there; a link put there is refused by the opening itself.
 */
public final class WorkspacesFolder implements StatusSource {
    /** Contract, section 8. */
    public static final long DEFAULT_MAX_BYTES = 4L * 1024 * 1024;

    static final String ROOT_HINT = "Name the folder that holds the agents' folders with --root or ROLLCALL_ROOT;"
            + " `rollcall up --demo` shows what there is to see without any.";

    /** From this many entries on, two threads look faster than one (measured: 1 µs each to hand over, 5 µs to look). */
    private static final int MANY_ENTRIES = 1000;

    private static final int SHARE = 250;

    /** About as long as a share takes: a change is then never behind more than half a processor's scan. */
    private static final Duration REST = Duration.ofMillis(1);

    /** What stands for bytes that are not text when a file's name is turned into text. */
    private static final char UNDECODABLE = '\uFFFD';

    private final Path root;
    private final long maxBytes;
    private final Whereabouts whereabouts;

    /** How long a scan rests after each share; without a rest it takes all the processors it can use. */
    private final Duration rest;

    public WorkspacesFolder(Path root) {
        this(root, DEFAULT_MAX_BYTES);
    }

    /** @param maxBytes larger files are refused before they are read whole */
    public WorkspacesFolder(Path root, long maxBytes) {
        this(root, maxBytes, Duration.ZERO);
    }

    private WorkspacesFolder(Path root, long maxBytes, Duration rest) {
        this.root = root;
        this.maxBytes = maxBytes;
        this.whereabouts = new Whereabouts(root);
        this.rest = rest;
    }

    /** The same folder for whoever scans it again and again beside other work: on one thread, which rests in between. */
    public WorkspacesFolder unhurried() {
        return new WorkspacesFolder(root, maxBytes, REST);
    }

    @Override
    public Scan scan() {
        List<Sight> sights = sights(entries());
        Map<AgentId, FileStamp> files = HashMap.newHashMap(sights.size());
        List<String> ignored = new ArrayList<>();
        for (Sight sight : sights) {
            switch (sight) {
                case Sight.Agent(AgentId agent, FileStamp stamp) -> files.put(agent, stamp);
                case Sight.Nobody(String shownName) -> ignored.add(shownName);
            }
        }
        return new Scan(files, ignored);
    }

    @Override
    public Look look(AgentId agent) {
        Optional<FileStamp> stamp = whereabouts.stamp(folder(agent));
        if (stamp.isEmpty()) {
            requireRoot();
            return new Look.Absent();
        }
        return new Look.Present(stamp.get());
    }

    @Override
    public Read read(AgentId agent) {
        return switch (place(agent)) {
            case Place.Nothing nothing -> {
                requireRoot();
                yield Files.isDirectory(folder(agent)) ? new Read.Vanished() : new Read.Absent();
            }
            case Place.Barred barred -> new Read.Unacceptable(barred.rejection(), barred.stamp());
            case Place.Regular file when file.size() > maxBytes -> tooLarge(file, "is " + file.size() + " bytes");
            case Place.Regular file -> read(file);
        };
    }

    @Override
    public String path(AgentId agent) {
        return folder(agent)
                .resolve(Whereabouts.FILE_NAME)
                .toAbsolutePath()
                .normalize()
                .toString();
    }

    @Override
    public boolean isElsewhere(String recordedPath) {
        try {
            Path recorded = Path.of(recordedPath);
            return recorded.isAbsolute()
                    && Files.isRegularFile(recorded)
                    && !recorded.toRealPath().startsWith(root.toRealPath());
        } catch (InvalidPathException | IOException edited) {
            return false;
        }
    }

    Path root() {
        return root;
    }

    long maxBytes() {
        return maxBytes;
    }

    Whereabouts whereabouts() {
        return whereabouts;
    }

    Place place(AgentId agent) {
        return whereabouts.find(folder(agent));
    }

    Path folder(AgentId agent) {
        try {
            return root.resolve(agent.value());
        } catch (InvalidPathException unwritable) {
            throw FailureWords.problem(
                    "folder of " + agent + ": this environment can not spell the name in a path",
                    "Set LC_ALL to a UTF-8 locale, for example C.UTF-8.");
        }
    }

    void requireRoot() {
        if (!Files.isDirectory(root)) {
            IOException cause = Files.exists(root, NOFOLLOW_LINKS)
                    ? new NotDirectoryException(root.toString())
                    : new NoSuchFileException(root.toString());
            throw FailureWords.problem("workspaces root", root, cause, ROOT_HINT);
        }
    }

    private List<Path> entries() {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
            folders.forEach(entries::add);
            return entries;
        } catch (DirectoryIteratorException failure) {
            throw FailureWords.problem("scan of", root, Objects.requireNonNull(failure.getCause()), ROOT_HINT);
        } catch (IOException failure) {
            throw FailureWords.problem("scan of", root, failure, ROOT_HINT);
        }
    }

    /** In shares small enough that two threads are done at the same time, whenever the second one gets going. */
    private List<Sight> sights(List<Path> entries) {
        AtomicInteger next = new AtomicInteger();
        Supplier<List<Sight>> look = () -> {
            List<Sight> sights = new ArrayList<>();
            for (int from = next.getAndAdd(SHARE); from < entries.size(); from = next.getAndAdd(SHARE)) {
                for (Path entry : entries.subList(from, Math.min(from + SHARE, entries.size()))) {
                    sight(entry).ifPresent(sights::add);
                }
                LockSupport.parkNanos(rest.toNanos());
            }
            return sights;
        };
        if (entries.size() < MANY_ENTRIES || rest.isPositive()) {
            return look.get();
        }
        CompletableFuture<List<Sight>> other = CompletableFuture.supplyAsync(look);
        List<Sight> sights = look.get();
        sights.addAll(BackgroundFailure.join(other));
        return sights;
    }

    private Optional<Sight> sight(Path entry) {
        Optional<FileStamp> stamp = whereabouts.stamp(entry);
        if (stamp.isEmpty()) {
            return Optional.empty();
        }
        String name = entry.getFileName().toString();
        if (name.indexOf(UNDECODABLE) >= 0 && !leadsTo(name, entry)) {
            return Optional.of(new Sight.Nobody(ShownText.of(name)));
        }
        try {
            return Optional.of(new Sight.Agent(new AgentId(name), stamp.get()));
        } catch (ProblemException invalidName) {
            return Optional.of(new Sight.Nobody(ShownText.of(name)));
        }
    }

    /** Whether the name as text leads back to the same bytes on disk. */
    private boolean leadsTo(String name, Path entry) {
        try {
            return root.resolve(name).equals(entry);
        } catch (InvalidPathException unwritable) {
            return false;
        }
    }

    private Read read(Place.Regular file) {
        try (InputStream in = Files.newInputStream(file.path(), NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes((int) Math.min(maxBytes + 1, Integer.MAX_VALUE - 8));
            return bytes.length > maxBytes
                    ? tooLarge(file, "grew while it was read")
                    : new Read.Content(bytes, file.stamp());
        } catch (NoSuchFileException goneMeanwhile) {
            return new Read.Vanished();
        } catch (ClosedByInterruptException stopped) {
            throw FailureWords.problem("read of", file.path(), stopped, "Run the command again.");
        } catch (IOException failure) {
            Place.Barred barred = Whereabouts.unreadable(failure, file.stamp());
            return new Read.Unacceptable(barred.rejection(), barred.stamp());
        }
    }

    private Read tooLarge(Place.Regular file, String fact) {
        String message = "status.json " + fact + ", and at most " + maxBytes + " bytes are accepted";
        Place.Barred barred = Whereabouts.barred(RejectionCode.TOO_LARGE, message, file.stamp());
        return new Read.Unacceptable(barred.rejection(), barred.stamp());
    }

    /** A folder with a status.json. */
    private sealed interface Sight {
        record Agent(AgentId id, FileStamp stamp) implements Sight {}

        record Nobody(String shownName) implements Sight {}
    }
}
