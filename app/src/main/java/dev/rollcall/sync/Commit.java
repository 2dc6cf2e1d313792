package dev.rollcall.sync;

import java.time.Instant;
import java.util.List;

/**
 * One commit of an archive.
 *
 * @param id the whole id, in hex
 * @param parents the commits it was made on, first parent first; empty for a root and where history is cut
 * @param at when it says it was made; nothing is promised about that
 */
public record Commit(String id, List<String> parents, Instant at) {
    public Commit {
        parents = List.copyOf(parents);
    }
}
