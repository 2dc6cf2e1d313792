package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The status files of one swarm.
 *
 * <p><b>What one call does.</b> {@link #scan} lists the agents whose folder holds a status.json (of whatever kind) and
 * the stat data of each, without opening any; {@link #look} gives one file's stat data; {@link #read} reads one file
 * once. <b>Atomic:</b> nothing; a writer may be in the middle of its work. <b>A second call</b> looks again.
 * <b>Absent:</b> no folder or no file is {@link Look.Absent}; reading tells the
 * two apart. <b>Exceptions:</b>
 * {@link dev.rollcall.problem.ProblemException} with WORKSPACE_UNREADABLE when the root is missing or unreadable; one
 * agent's trouble is a value, not an exception. <b>Threads:</b> any number.
 */
public interface StatusSource {
    Scan scan();

    Look look(AgentId agent);

    Read read(AgentId agent);

    /** Where the agent's file is, as an absolute path. */
    String path(AgentId agent);

    /** Whether a path that was recorded earlier lies outside this root and there is a file. */
    boolean isElsewhere(String recordedPath);

    /**
     * @param files the stat data of each agent's file
     * @param ignored folders with a status.json whose name can not be an agent's id, made safe to show
     */
    record Scan(Map<AgentId, FileStamp> files, List<String> ignored) {
        static final Scan EMPTY = new Scan(Map.of(), List.of());

        /** Takes the map over: a copy for every pass would be felt with 100,000 agents. */
        public Scan {
            files = Collections.unmodifiableMap(files);
            ignored = List.copyOf(ignored);
        }
    }

    /** What is at an agent's place. */
    sealed interface Look {
        record Absent() implements Look {}

        record Present(FileStamp stamp) implements Look {}
    }

    /** What one reading gave. */
    sealed interface Read {
        record Absent() implements Read {}

        /** The folder is there without its file: gone, or about to be renamed into place. */
        record Vanished() implements Read {}

        /** The bytes, and the stat data taken before they were read. */
        record Content(byte[] bytes, FileStamp stamp) implements Read {}

        /** Not a regular file, too large, or not readable: judged without its bytes. */
        record Unacceptable(ParseResult.Rejected rejection, FileStamp stamp) implements Read {}
    }
}
