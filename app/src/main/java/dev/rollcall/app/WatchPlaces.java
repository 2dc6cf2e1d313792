package dev.rollcall.app;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.StateFolder;
import dev.rollcall.roll.SwarmName;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Where the watch over one root and one database keeps its lock and its control socket.
 *
 * @param lock taken by the one who leads
 * @param socket answered by the one who leads
 */
record WatchPlaces(Path lock, Path socket) {
    /** Of several databases and swarms beside one root each has its own watch. */
    private static final int KEY_DIGITS = 12;

    static WatchPlaces of(StateFolder folder, String database, SwarmName swarm) {
        String key = DocumentContent.sha256Of((swarm.value() + "\n" + database).getBytes(StandardCharsets.UTF_8))
                .substring(0, KEY_DIGITS);
        return new WatchPlaces(folder.resolve("watch-" + key + ".lock"), folder.resolve("watch-" + key + ".sock"));
    }
}
