package dev.rollcall.sync;

import java.util.List;
import java.util.Optional;

/**
 * Every status.json that was ever committed, in an archive that nobody here changes.
 *
 * <p><b>What one call does.</b> {@link #commits} lists the whole history, and {@link #head} where the branch that is checked
 * out ends: from there back by first parents is the line, whose files were in force one after the other. What other
 * branches held was in force from the merge on that brought it to the line. {@link #changes} tells which files called
 * status.json some of the commits changed; {@link #content} gives the bytes of one. A commit's id is not its identity: a
 * rebase gives what was written another id and another time of commit, and leaves it its bytes and its author's time.
 *
 * <p><b>Atomic:</b> nothing; what is committed meanwhile may be missing. <b>A second call</b> gives the same, and what came
 * to it. <b>Absent, empty, broken:</b> an archive without commits has an empty list; a commit or content that can not be
 * read is named as such and the others are told. <b>Exceptions:</b> {@link dev.rollcall.problem.ProblemException} with
 * WORKSPACE_UNREADABLE when the archive can not be read at all. <b>Threads:</b> one at a time.
 */
public interface CommittedVersions extends AutoCloseable {
    /** Where the archive is, for people. */
    String place();

    /** At how many commits history is cut, because what was before was not copied. */
    int cuts();

    /** Every commit of every branch, parents before children. */
    List<Commit> commits();

    /** The id of the commit that is checked out, which ends the line that the archive follows; empty where none is. */
    Optional<String> head();

    /** What the commits changed against their first parents, in the order in which the commits are named. */
    Changed changes(List<Commit> commits);

    /** The bytes under an id that a change told. */
    Content content(String id);

    @Override
    void close();

    /**
     * @param files what changed
     * @param unreadable ids of the commits of which nobody knows what they changed
     */
    record Changed(List<ChangedFile> files, List<String> unreadable) {
        public Changed {
            files = List.copyOf(files);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * One file as one commit left it.
     *
     * @param path with slashes, from the top of the archive
     */
    record ChangedFile(Commit commit, String path, State state) {}

    /** What a commit left at a path. */
    sealed interface State {
        /** @param content to ask {@link #content} for */
        record Held(String content) implements State {}

        /** Nothing. */
        record Gone() implements State {}

        /** A link, or something else that holds no document. */
        record Odd() implements State {}
    }

    /** What there is under an id. */
    sealed interface Content {
        record Bytes(byte[] bytes) implements Content {}

        /** More than is read. */
        record TooLarge(long bytes, long limit) implements Content {}

        /** The archive does not have it. */
        record Missing() implements Content {}
    }
}
