package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An agent's file here as it stands on another host, which alone decides what is in it: put and removed byte for byte,
 * whether or not the bytes are a document, under the agent's lock. What is no document is recorded by whoever watches the
 * files, as is a removal. All methods throw {@link dev.rollcall.problem.ProblemException} WORKSPACE_UNREADABLE when the
 * file can not be read or written; it is as it was then. Thread-safe.
 */
public final class MirroredFile {
    private final AgentId agent;
    private final StatusFile file;
    private final RollUpdate roll;

    public MirroredFile(AgentId agent, StatusFile file, RollUpdate roll) {
        this.agent = agent;
        this.file = file;
        this.roll = roll;
    }

    /** What became of it. */
    public sealed interface Outcome {
        /**
         * The bytes stand there.
         *
         * @param roll whether the roll has them; null when they are no document
         * @param isNew whether there was no file before
         */
        record Written(RollUpdate.@Nullable Outcome roll, boolean isNew) implements Outcome {}

        /** No file stands there. */
        record Removed() implements Outcome {}

        /**
         * Something else stands there than was expected, and was left.
         *
         * @param sha256 of it; null when nothing does
         */
        record Other(@Nullable String sha256) implements Outcome {}
    }

    /**
     * Puts the bytes there, unless they are there already.
     *
     * @param expectedSha256 of what they are to replace; null for nothing
     */
    public Outcome put(byte[] bytes, Instant modifiedAt, @Nullable String expectedSha256) {
        return file.hold(agent, held -> {
            Optional<byte[]> found = held.read();
            String foundSha256 = found.map(DocumentContent::sha256Of).orElse(null);
            if (!DocumentContent.sha256Of(bytes).equals(foundSha256)) {
                if (!isSame(foundSha256, expectedSha256)) {
                    return new Outcome.Other(foundSha256);
                }
                held.replace(bytes, modifiedAt);
            }
            return new Outcome.Written(recorded(found.orElseGet(() -> new byte[0]), bytes), found.isEmpty());
        });
    }

    /**
     * Removes the file, unless there is none already.
     *
     * @param expectedSha256 of what is to go
     */
    public Outcome remove(String expectedSha256) {
        return file.hold(agent, held -> {
            Optional<byte[]> found = held.read();
            String foundSha256 = found.map(DocumentContent::sha256Of).orElse(null);
            if (foundSha256 != null) {
                if (!foundSha256.equals(expectedSha256)) {
                    return new Outcome.Other(foundSha256);
                }
                if (!held.remove(found.get())) {
                    return held.read()
                            .<Outcome>map(other -> new Outcome.Other(DocumentContent.sha256Of(other)))
                            .orElseGet(Outcome.Removed::new);
                }
            }
            return new Outcome.Removed();
        });
    }

    private RollUpdate.@Nullable Outcome recorded(byte[] before, byte[] after) {
        return StatusParser.parse(after) instanceof ParseResult.Parsed ? roll.record(agent, before, after) : null;
    }

    private static boolean isSame(@Nullable String one, @Nullable String other) {
        return one == null ? other == null : one.equals(other);
    }
}
