package dev.rollcall.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The agents of a {@link TrainingRun}: as much in their documents as agents are wont to write, and one that is torn. */
final class TrainingSwarm {
    /** Files that were just written would be read again at every pass. */
    private static final Instant LONG_AGO = Instant.parse("2025-10-15T12:00:00Z");

    private TrainingSwarm() {}

    /** Agents with short documents, numbered from 1. */
    static void few(Path root, int agents) {
        IntStream.rangeClosed(1, agents)
                .forEach(number -> write(root.resolve("Agent-" + number), LONG_AGO, document(number, 0, 1)));
    }

    /** Agents with documents of the usual length, some 9 KB, numbered from 1. Each edition says something else. */
    static void many(Path root, int agents, int edition) {
        Instant at = LONG_AGO.plusSeconds(edition);
        IntStream.rangeClosed(1, agents)
                .forEach(number -> write(root.resolve("Agent-" + number), at, document(number, edition, 10)));
    }

    static void broken(Path root) {
        write(root.resolve("Broken"), LONG_AGO, "{\"status\": \"ACTIVE\",");
    }

    /** @param length 10 for one of the usual length, some 9 KB */
    private static String document(int number, int edition, int length) {
        int first = number + edition;
        return """
                {
                  "agent_id": "Agent-%d",
                  "agent_name": "Apprentice of sm\\u00f8rrebr\\u00f8d",
                  "status": "ACTIVE - contract COMPLETE",
                  "fsm_state": "active",
                  "current_phase": "Warming up",
                  "current_mission": "Fill the start-up cache ✓",
                  "mission_priority": "HIGH",
                  "last_updated": "2025-10-15 12:00:0%d",
                  "cycle_count": %d,
                  "points_earned": "12.50",
                  "current_tasks": ["one", {"task": "two", "priority": 1}],
                  "completed_tasks": [%s],
                  "achievements": ["first"],
                  "blockers": "none",
                  "next_actions": ["Await mission assignment"],
                  "extra": {"nested": [1, 2.5e3, true, null]},
                  "notes": {%s}
                }
                """.formatted(number, edition, first, completed(first, length), notes(first, length));
    }

    private static String completed(int number, int length) {
        return IntStream.range(0, length * 2)
                .mapToObj(i -> "\"Charted reef %d of the archipelago, and repainted the buoys around it\""
                        .formatted(number + i))
                .collect(Collectors.joining(",\n    "));
    }

    private static String notes(int number, int length) {
        return IntStream.range(0, length * 4)
                .mapToObj(i -> """
                        "log_%d": {
                              "said": "fog over the winch at low tide, lamp room %d calibrated again",
                              "at": %d,
                              "checked": true
                            }""".formatted(i, number + i, number * 1000 + i))
                .collect(Collectors.joining(",\n    "));
    }

    private static void write(Path folder, Instant at, String document) {
        try {
            Files.createDirectories(folder);
            Path file = Files.writeString(folder.resolve("status.json"), document);
            Files.setLastModifiedTime(file, FileTime.from(at));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
