package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.lifecycle.MirroredFile;
import dev.rollcall.sync.AfterWrite;
import dev.rollcall.sync.StatusSource.Read;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The swarm's files for a host that pushes its own: what stands in them, and a hand on each. */
public final class Mirror {
    private final Rollcall rollcall;

    public Mirror(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /**
     * What stands in an agent's file.
     *
     * @param sha256 of its bytes; null where there is something that can not be read as a file
     */
    public record Standing(AgentId agent, @Nullable String sha256, Instant modifiedAt) {}

    /**
     * Of every agent that has a file, in order. Reads them all.
     *
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE
     */
    public List<Standing> list() {
        WorkspacesFolder folder = rollcall.folder();
        List<Standing> list = new ArrayList<>();
        folder.scan().files().keySet().stream()
                .sorted()
                .forEach(agent -> standing(agent, folder.read(agent)).ifPresent(list::add));
        return list;
    }

    private static Optional<Standing> standing(AgentId agent, Read read) {
        return switch (read) {
            case Read.Absent absent -> Optional.empty();
            case Read.Vanished vanished -> Optional.empty();
            case Read.Content(byte[] bytes, var stamp) ->
                Optional.of(new Standing(agent, DocumentContent.sha256Of(bytes), stamp.modifiedAt()));
            case Read.Unacceptable(var rejection, var stamp) ->
                Optional.of(new Standing(agent, null, stamp.modifiedAt()));
        };
    }

    /** The agent's file. */
    public MirroredFile file(AgentId agent) {
        Settings settings = rollcall.settings();
        return new MirroredFile(
                agent,
                new StatusFiles(settings.root(), settings.maxDocumentBytes()),
                new AfterWrite(
                        rollcall.folder(),
                        () -> rollcall.writing(Rollcall.VERB_LOCK_TIMEOUT),
                        settings.rules(),
                        rollcall.clock()));
    }
}
