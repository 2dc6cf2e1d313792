package dev.rollcall.report;

import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.State;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.StoredDocument;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What figures need of one agent's documents, which are taken in one after the other, oldest first, and not kept: of each
 * the tasks that no earlier one had completed, and its blockers where they count. For one thread at a time.
 */
final class AgentDocuments {
    /** A longer text of a task is known by its digest. */
    private static final int LONGEST_KEY = 64;

    /** Characters of a task's text that are kept. */
    private static final int LONGEST_TASK = 100;

    private static final Contents NOTHING_NEW = new Contents(Map.of(), List.of());

    private final Set<Long> blocked = new HashSet<>();
    private final Map<Long, Contents> contents = new HashMap<>();
    private final Set<String> completed = new HashSet<>();
    private List<String> blockers = List.of();
    private int read;
    private int damaged;

    /** @param versions of the agent, oldest first */
    AgentDocuments(List<Revision> versions) {
        for (Revision version : versions) {
            if (version.columns().state() == State.BLOCKED) {
                blocked.add(version.revision());
            }
        }
        // What the version in force at the window's end is blocked by is told whatever its state.
        if (!versions.isEmpty()) {
            blocked.add(versions.getLast().revision());
        }
    }

    void take(long revision, StoredDocument document) {
        read++;
        Contents found = document instanceof StoredDocument.Intact intact
                ? Contents.of(intact.bytes()).orElse(null)
                : null;
        if (found == null) {
            damaged++;
        } else {
            contents.put(revision, kept(revision, found));
        }
    }

    /** Null where the document was not read, or could not be had back. */
    @Nullable
    Contents of(Revision version) {
        return contents.get(version.revision());
    }

    int read() {
        return read;
    }

    int damaged() {
        return damaged;
    }

    private Contents kept(long revision, Contents found) {
        Map<String, String> tasks = new LinkedHashMap<>();
        found.completed().forEach((plain, text) -> {
            String key = key(plain);
            if (completed.add(key)) {
                tasks.put(key, Contents.cut(text, LONGEST_TASK));
            }
        });
        if (blocked.contains(revision)) {
            List<String> named = found.blockers().stream().map(Contents::cut).toList();
            blockers = named.equals(blockers) ? blockers : named;
        }
        List<String> counted = blocked.contains(revision) ? blockers : List.of();
        return tasks.isEmpty() && counted.isEmpty()
                ? NOTHING_NEW
                : new Contents(tasks.isEmpty() ? Collections.emptyMap() : tasks, counted);
    }

    private static String key(String plain) {
        return plain.length() <= LONGEST_KEY ? plain : DocumentContent.sha256Of(plain.getBytes(StandardCharsets.UTF_8));
    }
}
