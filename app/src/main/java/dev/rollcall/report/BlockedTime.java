package dev.rollcall.report;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long an agent was blocked, by the text of the blocker. Seconds. Counted is time in the state BLOCKED; it counts in
 * full for each blocker that the version names, so that two blockers at a time count twice, and under
 * {@value #UNNAMED} where it names none. Texts that differ in case and white space only are one. Where a version's
 * document was not read, the blockers of the last one that was count on while the agent stays BLOCKED. Gaps count nothing.
 */
public final class BlockedTime {
    /** Stands for the blocker of an agent that is BLOCKED and does not say by what. */
    public static final String UNNAMED = "(no blocker named)";

    private BlockedTime() {}

    /** By the text as it was written first, in the order of first occurrence. */
    public static Map<String, Duration> of(AgentPast past) {
        Map<String, String> texts = new LinkedHashMap<>();
        Map<String, Duration> times = new LinkedHashMap<>();
        List<String> named = List.of();
        for (AgentPast.Piece piece : past.pieces()) {
            if (piece.condition() != Condition.BLOCKED || piece.version() == null) {
                named = piece.condition().isTold() ? List.of() : named;
                continue;
            }
            Contents contents = piece.version().contents();
            named = contents == null ? named : contents.blockers();
            Duration length = Duration.between(piece.from(), piece.until());
            for (String blocker : named.isEmpty() ? List.of(UNNAMED) : named) {
                String text = texts.computeIfAbsent(Contents.plain(blocker), plain -> blocker);
                times.merge(text, length, Duration::plus);
            }
        }
        return times;
    }
}
