package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Moments as people type them: what {@link TimeExpression} reads, a revision ({@code r123} or {@code 123}), or the first
 * digits of a commit's id, at least seven. For one thread at a time.
 */
public final class Moments {
    public static final String FORMS =
            "Write for example 2025-10-15T12:00:00Z, 2025-10-15, yesterday, now, \"2h ago\", "
                    + "r123 for a revision, or 7 digits or more of a commit.";

    private static final Pattern REVISION = Pattern.compile("[rR]?(\\d{1,18})");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

    private final RollQuery roll;
    private final RollPast past;
    private final Instant now;

    public Moments(RollQuery roll, RollPast past, Instant now) {
        this.roll = roll;
        this.past = past;
        this.now = now;
    }

    /**
     * A moment in the life of one agent.
     *
     * @throws ProblemException WRONG_USAGE for what is no moment, or is still to come; UNKNOWN_VERSION for a revision
     *     that is none of the agent's, and for a commit that no version of the swarm is of
     */
    public Moment read(AgentId agent, String text) {
        String written = text.strip();
        Optional<Revision> revision =
                revision(written).filter(found -> found.getKey().equals(agent)).map(Map.Entry::getValue);
        if (revision.isEmpty() && isCommit(written)) {
            revision = commit(written, roll.history(agent).stream());
            if (revision.isEmpty()) {
                // One that changed others only is a moment in this life, too.
                Optional<Revision> ofOthers = commit(written, versionsOfAll());
                if (ofOthers.isPresent()) {
                    return new Moment(ofOthers.get().observedAt(), null);
                }
            }
        }
        return revision.map(Moment::of).orElseGet(() -> new Moment(time(written, " of " + agent), null));
    }

    /**
     * A moment in the life of the whole swarm: a revision is the moment at which it was observed; a commit the moment at
     * which the last of its versions was. A commit is looked for in all histories.
     *
     * @throws ProblemException as {@link #read(AgentId, String)}
     */
    public Instant read(String text) {
        String written = text.strip();
        Optional<Revision> revision = revision(written).map(Map.Entry::getValue);
        if (revision.isEmpty() && isCommit(written)) {
            revision = commit(written, versionsOfAll());
        }
        return revision.map(Revision::observedAt).orElseGet(() -> time(written, ""));
    }

    private Stream<Revision> versionsOfAll() {
        return past.at(now).keySet().stream().flatMap(agent -> roll.history(agent).stream());
    }

    private Optional<Map.Entry<AgentId, Revision>> revision(String written) {
        return revisionNumber(written).flatMap(past::revision);
    }

    private static Optional<Long> revisionNumber(String written) {
        var matcher = REVISION.matcher(written);
        return matcher.matches() ? Optional.of(Long.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static boolean isCommit(String written) {
        return COMMIT.matcher(written).matches();
    }

    private static Optional<Revision> commit(String written, Stream<Revision> versions) {
        String beginning = written.toLowerCase(Locale.ROOT);
        List<Revision> found = versions.filter(version -> Origin.isCommit(version.origin(), beginning))
                .toList();
        if (found.stream().map(Revision::origin).distinct().count() > 1) {
            throw new ProblemException(
                    ProblemCode.UNKNOWN_VERSION,
                    "more than one commit begins with " + beginning,
                    "Write more digits of its id.");
        }
        return found.stream().max(Comparator.comparing(Revision::observedAt).thenComparingLong(Revision::revision));
    }

    /** @param whose " of Agent-7" where only that agent's versions count */
    private Instant time(String written, String whose) {
        Instant time = TimeExpression.find(written, now).orElseThrow(() -> notFound(written, whose));
        if (time.isAfter(now)) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, time + " is still to come; the roll only knows the past", FORMS);
        }
        return time;
    }

    private ProblemException notFound(String written, String whose) {
        Optional<Long> number = revisionNumber(written);
        if (number.isPresent()) {
            String owner = revision(written)
                    .map(found -> "; that is one of " + found.getKey())
                    .orElse("");
            return new ProblemException(
                    ProblemCode.UNKNOWN_VERSION,
                    "there is no revision " + number.get() + whose + owner,
                    "rollcall history shows an agent's revisions. A date has hyphens: 2025-10-15.");
        }
        return isCommit(written)
                ? new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        "no version" + whose + " was taken from a commit that begins with " + written,
                        "rollcall history shows where versions came from.")
                : new ProblemException(
                        ProblemCode.WRONG_USAGE,
                        "\"" + ShownText.of(written) + "\" is no time, revision or commit",
                        FORMS);
    }
}
