package dev.rollcall.sync;

import java.time.Instant;
import java.util.List;

/**
 * One commit of an archive.
 *
 * @param id the whole id, in hex
 * @param parents the commits it was made on, first parent first; empty for a root and where history is cut
 * @param at when it says it was made; nothing is promised about that
 * @param writtenAt when its author says that what it holds was written, which stays when the commit is made anew on other
 *     parents; nothing is promised about that either
 */
public record Commit(String id, List<String> parents, Instant at, Instant writtenAt) {
    public Commit {
        parents = List.copyOf(parents);
    }
}
