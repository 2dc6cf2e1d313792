package dev.rollcall.lifecycle;

import dev.rollcall.document.Finding;
import dev.rollcall.problem.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The states that an agent's work goes through, and the usual steps between them. Pure. */
public final class FsmSteps {
    static final String START = "start";
    static final String ACTIVE = "active";
    static final String PROCESS = "process";
    static final String BLOCKED = "blocked";
    static final String COMPLETE = "complete";
    static final String END = "end";

    /** The code of the finding. */
    public static final String UNUSUAL_STEP = "unusual_step";

    private static final Map<String, List<String>> USUAL_STEPS = Map.of(
            START, List.of(ACTIVE),
            ACTIVE, List.of(PROCESS, BLOCKED, COMPLETE),
            PROCESS, List.of(ACTIVE),
            BLOCKED, List.of(ACTIVE),
            COMPLETE, List.of(END),
            END, List.of(START));

    private FsmSteps() {}

    /**
     * What is odd about a step; agents jump, so it is never refused. Staying where one is, is no step, and neither is
     * anything from or to a state that is not told.
     *
     * @param from fsm_state as reported, in any case; empty when it is not told
     */
    public static Optional<Finding> finding(String from, String to) {
        String known = canonical(from);
        String next = canonical(to);
        List<String> usual = USUAL_STEPS.getOrDefault(known, List.of());
        if (known.isEmpty() || next.isEmpty() || known.equals(next) || usual.contains(next)) {
            return Optional.empty();
        }
        String after =
                usual.isEmpty() ? "which is no known state" : "where " + String.join(" or ", usual) + " is usual";
        return Optional.of(new Finding(
                UNUSUAL_STEP,
                "fsm_state",
                "fsm_state went from " + ShownText.of(from) + " to " + ShownText.of(to) + ", " + after));
    }

    private static String canonical(String state) {
        return state.strip().toLowerCase(Locale.ROOT);
    }
}
