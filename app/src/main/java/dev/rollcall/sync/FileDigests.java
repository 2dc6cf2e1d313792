package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.sync.StatusSource.Look;
import dev.rollcall.sync.StatusSource.Read;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The SHA-256 of every agent's file. A file that was at rest when it was read, and has the same stat data still, is not
 * read again. Holds no more than the agents of the last call. Thread-safe.
 */
public final class FileDigests {
    private final Map<AgentId, Known> rested = new ConcurrentHashMap<>();

    private record Known(FileStamp stamp, String sha256) {}

    /**
     * What stands in an agent's file.
     *
     * @param sha256 of its bytes; null where there is something that can not be read as a file
     */
    public record Digest(AgentId agent, @Nullable String sha256, Instant modifiedAt) {}

    /**
     * Of every agent that has a file, in order.
     *
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE
     */
    public List<Digest> of(StatusSource source, InstantSource clock) {
        Map<AgentId, FileStamp> files = new TreeMap<>(source.scan().files());
        rested.keySet().retainAll(files.keySet());
        List<Digest> digests = new ArrayList<>(files.size());
        files.forEach((agent, stamp) -> {
            Known known = rested.get(agent);
            if (known != null && known.stamp().equals(stamp)) {
                digests.add(new Digest(agent, known.sha256(), stamp.modifiedAt()));
            } else {
                read(agent, source, clock.instant()).ifPresent(digests::add);
            }
        });
        return digests;
    }

    private Optional<Digest> read(AgentId agent, StatusSource source, Instant at) {
        rested.remove(agent);
        return switch (source.read(agent)) {
            case Read.Absent absent -> Optional.empty();
            case Read.Vanished vanished -> Optional.empty();
            case Read.Content(byte[] bytes, FileStamp stamp) -> {
                String sha256 = DocumentContent.sha256Of(bytes);
                if (stamp.isAtRestSince(at.minus(Settler.PATIENCE))
                        && source.look(agent) instanceof Look.Present(FileStamp after)
                        && after.equals(stamp)) {
                    rested.put(agent, new Known(stamp, sha256));
                }
                yield Optional.of(new Digest(agent, sha256, stamp.modifiedAt()));
            }
            case Read.Unacceptable(var rejection, FileStamp stamp) ->
                Optional.of(new Digest(agent, null, stamp.modifiedAt()));
        };
    }
}
