package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.PastVersion.Writing;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Counts, for each version of an archive, those that its commit stands on and that nothing but the commit tells from it. */
final class Writings {
    private final Lineage lineage;

    /** Places of the commits by what their versions have in common; mostly one. */
    private final Map<Long, List<Integer>> commits = new HashMap<>();

    Writings(Lineage lineage) {
        this.lineage = lineage;
    }

    /** Of a version; those that were counted are of commits before it. */
    Writing of(AgentId agent, Commit commit, String sha256) {
        List<Integer> before = commits.getOrDefault(common(agent, commit, sha256), List.of());
        return new Writing(commit.writtenAt(), lineage.countBelow(commit, before));
    }

    /** Counts a version from now on: one that the roll keeps as another than the one before it. */
    void count(AgentId agent, Commit commit, String sha256) {
        long common = common(agent, commit, sha256);
        List<Integer> before = commits.getOrDefault(common, List.of());
        commits.put(
                common,
                Stream.concat(before.stream(), Stream.of(lineage.placeOf(commit)))
                        .toList());
    }

    /** FNV-1a in 64 bits: a long history takes little memory. */
    private static long common(AgentId agent, Commit commit, String sha256) {
        String text = agent.value() + ' ' + commit.writtenAt() + ' ' + sha256;
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return hash;
    }
}
