package dev.rollcall.sync;

import org.jspecify.annotations.Nullable;

/**
 * The place of a status.json in an archive.
 *
 * @param root the path of the workspaces root, with slashes; empty for the top of the archive
 * @param agent the name of the folder that the file is in
 */
record StatusPath(String root, String agent) {
    private static final String FILE = "/status.json";

    /** Null for a path that is no status.json in a folder. */
    static @Nullable StatusPath of(String path) {
        if (!path.endsWith(FILE)) {
            return null;
        }
        String folder = path.substring(0, path.length() - FILE.length());
        int slash = folder.lastIndexOf('/');
        return folder.isEmpty()
                ? null
                : new StatusPath(slash < 0 ? "" : folder.substring(0, slash), folder.substring(slash + 1));
    }
}
