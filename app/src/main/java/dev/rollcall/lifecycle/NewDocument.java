package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusEdit;
import java.math.BigDecimal;
import java.util.List;

/** The document of an agent that has none yet. Pure. */
final class NewDocument {
    static final String NO_MISSION = "No mission assigned";

    private NewDocument() {}

    static byte[] of(AgentId agent, String now) {
        return StatusEdit.create()
                .setText("agent_id", agent.value())
                .setText("agent_name", "Agent")
                .setText("status", "IDLE")
                .setText("fsm_state", FsmSteps.START)
                .setText("current_phase", "Initialized")
                .setText("last_updated", now)
                .setText("current_mission", NO_MISSION)
                .setText("mission_priority", "NONE")
                .setNumber("cycle_count", BigDecimal.ZERO)
                .setNumber("points_earned", BigDecimal.ZERO)
                .setTexts("current_tasks", List.of())
                .setTexts("completed_tasks", List.of())
                .setTexts("achievements", List.of())
                .setTexts("blockers", List.of())
                .setTexts("next_actions", List.of("Await mission assignment"))
                .bytes();
    }
}
