package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a push came to.
 *
 * @param agents who were looked at
 * @param sent whose document was sent
 * @param unchanged whose document stood there already
 * @param removed who are gone here, and from there too now
 * @param concerns what needs somebody's attention, by agent
 * @param ignored folders whose name can not be an agent's id, made safe to show
 */
public record PushReport(
        int agents,
        int sent,
        int unchanged,
        int removed,
        List<Concern> concerns,
        List<String> ignored,
        Duration elapsed) {
    public PushReport {
        concerns = List.copyOf(concerns);
        ignored = List.copyOf(ignored);
    }

    public boolean isClean() {
        return concerns.isEmpty();
    }

    /**
     * One agent's trouble.
     *
     * @param message one sentence
     */
    public record Concern(AgentId agent, Kind kind, String message) {}

    /** What kind of trouble. */
    public enum Kind {
        /** What stands there was not put there by this host, and was left. */
        CONFLICT,
        /** The file is no document; it stands there as it is here. */
        REJECTED,
        /** There is no regular file here that could be sent. */
        UNREADABLE,
        /** The receiver does not take it. */
        REFUSED,
        /** It stands there, but the receiver's roll does not have it. */
        UNRECORDED;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
