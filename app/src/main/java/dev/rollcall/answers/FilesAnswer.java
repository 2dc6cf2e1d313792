package dev.rollcall.answers;

import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.MirroredFile.Outcome;
import dev.rollcall.lifecycle.RollUpdate;
import dev.rollcall.sync.FileDigests.Digest;
import java.util.ArrayList;
import java.util.List;

/** What stands in the files of a swarm, and what was put there for another host. */
public final class FilesAnswer {
    private FilesAnswer() {}

    public static String json(List<Digest> files) {
        return JsonOutput.object(json -> json.objects(
                "files",
                files,
                (member, file) -> member.text("agent_id", file.agent().value())
                        .text("content_sha256", file.sha256())
                        .time("modified_at", file.modifiedAt())));
    }

    /** @param more warnings beside the one of a roll that does not have it */
    public static String json(AgentId agent, Outcome.Written written, List<String> more) {
        List<String> warnings = new ArrayList<>(more);
        if (written.roll() instanceof RollUpdate.Outcome.NotSynced(String cause)) {
            warnings.add("the roll could not be updated: " + cause);
        }
        return JsonOutput.object(json -> json.text("agent_id", agent.value())
                .flag("written", () -> true)
                .flag("synced", () -> written.roll() instanceof RollUpdate.Outcome.Synced)
                .number(
                        "revision",
                        written.roll() instanceof RollUpdate.Outcome.Synced(long revision) ? (Long) revision : null)
                .flag("created", written::isNew)
                .texts("warnings", warnings));
    }

    public static String removed(AgentId agent, List<String> warnings) {
        return JsonOutput.object(json ->
                json.text("agent_id", agent.value()).flag("removed", () -> true).texts("warnings", warnings));
    }
}
