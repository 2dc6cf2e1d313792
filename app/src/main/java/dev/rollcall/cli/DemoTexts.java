package dev.rollcall.cli;

import java.time.Instant;

/** Files that agents of the demos write by themselves, without a lifecycle verb. */
final class DemoTexts {
    /** ACTIVE with a blocker, another agent's name, an older counter, the same member twice, a time without zone. */
    static final String CONTRADICTORY = """
            {
              "agent_id": "Agent-9",
              "status": "WAITING",
              "status": "ACTIVE - mission COMPLETE",
              "fsm_state": "blocked",
              "last_updated": "2031-01-01 12:00:00",
              "current_mission": "Translate the 1911 storm log",
              "cycle_count": 1,
              "points_earned": "120",
              "blockers": ["the ink is too faint"]
            }
            """;

    private DemoTexts() {}

    /** At work, by its own words; the last of them are so old. */
    static String silentSince(Instant last) {
        return """
                {
                  "agent_id": "Agent-7",
                  "status": "ACTIVE",
                  "fsm_state": "active",
                  "last_updated": "%s",
                  "current_mission": "Survey the northern reef",
                  "cycle_count": 12,
                  "points_earned": 340
                }
                """.formatted(last);
    }

    /** A good file with a comma too many. */
    static String broken(String good) {
        return good.stripTrailing().replaceFirst("}$", "").stripTrailing() + ",\n}\n";
    }
}
