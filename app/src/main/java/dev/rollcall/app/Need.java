package dev.rollcall.app;

import dev.rollcall.document.Finding;
import dev.rollcall.roll.Attention;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Why a captain should look at an agent, most urgent first: {@link Attention}, and what contradicts itself. The pages, the
 * API and the tools for models all go by this.
 */
public enum Need {
    REJECTED,
    STUCK,
    LAGGING,
    STALE,
    /** What it says does not go together with what it does, or with what else it says. */
    CONTRADICTED,
    NONE,
    LEFT;

    /** Findings that one of two things can not be as it is said. A cycle count that stays is none: a cycle has many steps. */
    private static final Set<String> CONTRADICTIONS = Set.of(
            "active_with_blockers",
            "status_contradicts_fsm",
            "points_fell",
            "time_unchanged",
            "time_after_seen",
            "clocks_apart",
            "document_shrunk");

    /** @param agent with the findings of its evidence */
    public static Need of(Observation agent) {
        return switch (Attention.of(agent.entry(), agent.freshness(), agent.lag())) {
            case REJECTED -> REJECTED;
            case STUCK -> STUCK;
            case LAGGING -> LAGGING;
            case STALE -> STALE;
            case LEFT -> LEFT;
            case NONE -> contradiction(agent).isPresent() ? CONTRADICTED : NONE;
        };
    }

    /** The first finding that makes it {@link #CONTRADICTED}. */
    public static Optional<Finding> contradiction(Observation agent) {
        return agent.findings().stream()
                .filter(finding -> CONTRADICTIONS.contains(finding.code()))
                .findFirst();
    }

    /** Whether somebody should look at it. */
    public boolean isAny() {
        return compareTo(NONE) < 0;
    }

    /** Whether it tells something that it has lasted for so long. */
    public boolean hasBegun() {
        return this == REJECTED || this == STUCK || this == STALE;
    }

    /** As it stands in answers, addresses and class names. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
