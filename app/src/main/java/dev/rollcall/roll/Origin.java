package dev.rollcall.roll;

import java.util.regex.Pattern;

/**
 * How a version came to be recorded, as one word: {@code sync}, {@code lifecycle}, or {@code git:} and the id of the
 * commit that it was taken from. A version that was only ever committed beside the line that an import followed has
 * {@code git-branch:} and the id: history keeps it, and at no time was it in force.
 */
public record Origin(String label) {
    /** Read from the file by a sync. */
    public static final Origin SYNC = new Origin("sync");

    /** Written by a lifecycle verb. */
    public static final Origin LIFECYCLE = new Origin("lifecycle");

    private static final String COMMIT = "git:";
    private static final String BESIDE = "git-branch:";

    /** As many digits of a commit's id as git itself shows. */
    private static final int BRIEF = 7;

    /** SHA-1 or SHA-256, whole. */
    private static final Pattern COMMIT_ID = Pattern.compile("[0-9a-f]{40}|[0-9a-f]{64}");

    public Origin {
        if (!isKnown(label)) {
            throw new IllegalArgumentException("no version comes from \"" + label + "\"");
        }
    }

    /** Taken from a commit of the line that was followed. */
    public static Origin commit(String id) {
        return new Origin(COMMIT + id);
    }

    /** Taken from a commit of a branch beside that line. */
    public static Origin beside(String id) {
        return new Origin(BESIDE + id);
    }

    /** Of the same commit, on the line. */
    public Origin onLine() {
        return isBeside(label) ? commit(idOf(label)) : this;
    }

    /** Of the same commit, beside the line. */
    public Origin besideLine() {
        return isCommit(label) ? beside(idOf(label)) : this;
    }

    /** The label with no more of a commit's id than people need to find it: seven digits. Other texts stay as they are. */
    public static String brief(String label) {
        return isCommit(label) ? label.substring(0, label.indexOf(':') + 1 + BRIEF) : label;
    }

    /** Whether the text, which may come out of a database, is a label. */
    public static boolean isKnown(String text) {
        return text.equals("sync") || text.equals("lifecycle") || isCommit(text);
    }

    /** Whether the label is that of a commit whose id begins so. */
    public static boolean isCommit(String label, String beginningOfId) {
        return isCommit(label) && idOf(label).startsWith(beginningOfId);
    }

    /** Whether the label is that of a commit, on the line or beside it. */
    public static boolean isCommit(String label) {
        return (label.startsWith(COMMIT) || isBeside(label))
                && COMMIT_ID.matcher(idOf(label)).matches();
    }

    /** Whether the label, which may come out of a database, is that of a version that was never in force. */
    public static boolean isBeside(String label) {
        return label.startsWith(BESIDE);
    }

    private static String idOf(String label) {
        return label.substring(label.indexOf(':') + 1);
    }
}
