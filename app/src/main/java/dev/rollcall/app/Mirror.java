package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.lifecycle.MirroredFile;
import dev.rollcall.sync.AfterWrite;
import dev.rollcall.sync.FileDigests;
import dev.rollcall.sync.FileDigests.Digest;
import java.util.List;

/** The swarm's files for a host that pushes its own: what stands in them, and a hand on each. */
public final class Mirror {
    private final Rollcall rollcall;

    public Mirror(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /**
     * What stands in the file of every agent that has one, in order.
     *
     * @param digests from the calls before
     * @throws dev.rollcall.problem.ProblemException WORKSPACE_UNREADABLE
     */
    public List<Digest> list(FileDigests digests) {
        return digests.of(rollcall.folder(), rollcall.clock());
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
