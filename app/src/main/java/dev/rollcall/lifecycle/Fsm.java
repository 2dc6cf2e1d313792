package dev.rollcall.lifecycle;

import dev.rollcall.document.Finding;
import dev.rollcall.problem.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The states that an agent's work goes through, and the usual steps between them. Pure. */
final class Fsm {
    static final String START = "start";
    static final String ACTIVE = "active";
    static final String PROCESS = "process";
    static final String BLOCKED = "blocked";
    static final String COMPLETE = "complete";
    static final String END = "end";

    private static final Map<String, List<String>> USUAL_STEPS = Map.of(
            START, List.of(ACTIVE),
            ACTIVE, List.of(PROCESS, BLOCKED, COMPLETE),
            PROCESS, List.of(ACTIVE),
            BLOCKED, List.of(ACTIVE),
            COMPLETE, List.of(END),
            END, List.of(START));

    private Fsm() {}

    /** What is odd about a step; agents jump, so it is never refused. Staying where one is, is no step. */
    static Optional<Finding> oddity(String from, String to) {
        String known = from.strip().toLowerCase(Locale.ROOT);
        List<String> usual = USUAL_STEPS.getOrDefault(known, List.of());
        if (known.equals(to) || usual.contains(to)) {
            return Optional.empty();
        }
        String after = usual.isEmpty() ? "that is no known state" : "usual is " + String.join(" or ", usual);
        return Optional.of(new Finding(
                "unusual_step", "fsm_state", "from " + ShownText.of(from) + " to " + to + "; " + after));
    }
}
