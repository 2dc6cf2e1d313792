package dev.rollcall.roll;

import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.UtcText;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the three clocks of an agent's latest version say of each other: the time it claims, its file's time, and the
 * time it was seen. That a version is seen long after it was written is no finding: somebody may look once a day. Used
 * once.
 */
final class ClockEvidence {
    /** As for {@code time_in_future}: clocks of two machines differ, file systems round. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Half of all zones are at least this far from a neighbour, and no clock that anybody sets is. */
    private static final Duration APART = Duration.ofHours(1);

    /** Many agents tell their time in minutes, and write more often. */
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private static final Duration DAY = Duration.ofDays(1);

    private static final Pattern DATE_ONLY = Pattern.compile("\\s*\\d{4}-\\d{2}-\\d{2}\\s*");

    private final RollEntry entry;
    private final List<Revision> versions;
    private final Revision newest;
    private final boolean tellsDaysOnly;
    private final List<Finding> findings = new ArrayList<>();

    /**
     * The clocks of one agent.
     *
     * @param versions its latest versions, newest last; at least one
     */
    ClockEvidence(RollEntry entry, List<Revision> versions) {
        this.entry = entry;
        this.versions = versions;
        this.newest = versions.getLast();
        this.tellsDaysOnly = entry.columns()
                .text(StatusField.LAST_UPDATED_RAW)
                .filter(raw -> DATE_ONLY.matcher(raw).matches())
                .isPresent();
    }

    List<Finding> findings() {
        Instant claim = newest.columns().lastUpdated().orElse(null);
        unchanged();
        if (claim != null) {
            future(claim);
        }
        apart(claim);
        return findings;
    }

    /** By the files' own times, as one look may find what was written a moment ago and the next what was long before. */
    private void unchanged() {
        List<Revision> same = Evidence.unchanged(versions, StatusField.LAST_UPDATED);
        if (!Evidence.isSeries(same)) {
            return;
        }
        Instant first = same.getFirst().sourceModifiedAt();
        Instant last = same.getLast().sourceModifiedAt();
        if (first != null && last != null && isLonger(first, last, tellsDaysOnly ? DAY : MINUTE)) {
            add(
                    "time_unchanged",
                    "last_updated stayed at "
                            + newest.columns().text(StatusField.LAST_UPDATED).orElse("") + " over the latest "
                            + (same.size() - 1) + " changes of the document, written within " + roughly(first, last));
        }
    }

    /** What {@code time_in_future} says already is not said twice. */
    private void future(Instant claim) {
        boolean isSaid = entry.columns().findings().stream()
                .anyMatch(finding -> finding.code().equals("time_in_future"));
        if (!isSaid && isLonger(newest.observedAt(), claim, TOLERANCE)) {
            add(
                    "time_after_seen",
                    "last_updated is " + UtcText.of(claim) + ", and that was read at " + UtcText.of(newest.observedAt())
                            + ", " + roughly(newest.observedAt(), claim) + " earlier");
        }
    }

    private void apart(@Nullable Instant claim) {
        // Of a commit that is its author's time, which may be far from when it came to the line.
        Instant file = Origin.isCommit(newest.origin()) ? newest.observedAt() : newest.sourceModifiedAt();
        Duration early = tellsDaysOnly ? APART.plus(DAY) : APART;
        if ((file != null && isOff(file, APART)) || (claim != null && isOff(claim, early))) {
            Instant before = before();
            add(
                    "clocks_apart",
                    "more than an hour apart: claimed " + (claim == null ? "nothing" : UtcText.of(claim))
                            + ", file time "
                            + (file == null ? "unknown" : UtcText.of(file)) + ", seen "
                            + UtcText.of(newest.observedAt())
                            + (before == null ? "" : " after the version before at " + UtcText.of(before)));
        }
    }

    /**
     * Whether the version can not have been written then: after it was seen, or before the version before it was seen.
     * A claim between these two that is older than the file proves nothing: files are copied and pulled.
     */
    private boolean isOff(Instant time, Duration early) {
        Instant before = before();
        return isLonger(newest.observedAt(), time, APART) || (before != null && isLonger(time, before, early));
    }

    private @Nullable Instant before() {
        return versions.size() < 2 ? null : versions.get(versions.size() - 2).observedAt();
    }

    private static boolean isLonger(Instant from, Instant to, Duration limit) {
        return Duration.between(from, to).compareTo(limit) > 0;
    }

    /** The time between two moments as people say it. */
    static String roughly(Instant from, Instant to) {
        Duration time = Duration.between(from, to);
        long minutes = Math.max(0, time.toMinutes());
        if (minutes < 120) {
            return minutes + (minutes == 1 ? " minute" : " minutes");
        }
        return time.toHours() < 48 ? time.toHours() + " hours" : time.toDays() + " days";
    }

    private void add(String code, String message) {
        findings.add(new Finding(code, "last_updated", message));
    }
}
