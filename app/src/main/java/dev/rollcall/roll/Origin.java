package dev.rollcall.roll;

import java.util.regex.Pattern;

/**
 * How a version came to be recorded, as one word: {@code sync}, {@code lifecycle}, or {@code git:} and the id of the
 * commit that it was taken from.
 */
public record Origin(String label) {
    /** Read from the file by a sync. */
    public static final Origin SYNC = new Origin("sync");

    /** Written by a lifecycle verb. */
    public static final Origin LIFECYCLE = new Origin("lifecycle");

    private static final String COMMIT = "git:";

    /** As many digits of a commit's id as git itself shows. */
    private static final int BRIEF = 7;

    /** SHA-1 or SHA-256, whole. */
    private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public Origin {
        if (!isKnown(label)) {
            throw new IllegalArgumentException("no version comes from \"" + label + "\"");
        }
    }

    /** Taken from a commit of a git repository. */
    public static Origin commit(String id) {
        return new Origin(COMMIT + id);
    }

    /** The label with no more of a commit's id than people need to find it: seven digits. Other texts stay as they are. */
    public static String brief(String label) {
        return isCommit(label) ? label.substring(0, COMMIT.length() + BRIEF) : label;
    }

    /** Whether the text, which may come out of a database, is a label. */
    public static boolean isKnown(String text) {
        return text.equals("sync") || text.equals("lifecycle") || isCommit(text);
    }

    /** Whether the label is that of a commit whose id begins so. */
    public static boolean isCommit(String label, String beginningOfId) {
        return isCommit(label) && label.startsWith(beginningOfId, COMMIT.length());
    }

    /** Whether the label is that of a commit. */
    public static boolean isCommit(String label) {
        return label.startsWith(COMMIT)
                && COMMIT_ID.matcher(label.substring(COMMIT.length())).matches();
    }
}
