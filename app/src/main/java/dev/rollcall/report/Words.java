package dev.rollcall.report;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sentences that all renderings say alike; agent text in them is as it was written, for the rendering to make safe. */
public final class Words {
    /** What a reader must know of points. */
    public static final String POINTS = "Points are what was gained from version to version: those of an agent's first"
            + " version are not among them.";

    /** What is shown as 100 % without a rest. */
    private static final double ALL = 0.995;

    private Words() {}

    /** What changed for one agent, in short clauses. */
    public static List<String> clauses(AgentChange change) {
        List<String> clauses = new ArrayList<>();
        if (change.isJoined()) {
            clauses.add("joined, " + change.after());
        } else if (change.isLeft()) {
            clauses.add("left");
        } else if (change.before() != change.after()) {
            clauses.add(change.before() + " \u2192 " + change.after());
        }
        if (!change.ended().isEmpty()) {
            clauses.add("ended " + quoted(change.ended()));
        }
        if (!change.begun().isEmpty()) {
            clauses.add("began " + quoted(change.begun()));
        }
        if (change.points().signum() > 0) {
            clauses.add("+" + Numbers.shown(change.points()) + " points");
        }
        if (change.tasks() > 0) {
            clauses.add(counted(change.tasks(), "task") + " done");
        }
        return clauses;
    }

    private static String quoted(List<String> missions) {
        String last = "\u201c" + SafeText.cut(missions.getLast(), 60) + "\u201d";
        return missions.size() == 1 ? last : last + " and " + (missions.size() - 1) + " before it";
    }

    /** Changes that a captain wants to see first: who came, went, got stuck or free; then who gained most. */
    public static List<AgentChange> byWeight(List<AgentChange> changes) {
        return changes.stream()
                .sorted((a, b) -> weight(a) != weight(b)
                        ? Integer.compare(weight(a), weight(b))
                        : b.points().compareTo(a.points()))
                .toList();
    }

    private static int weight(AgentChange change) {
        if (change.isBlocked() || change.after() == Condition.ERROR || change.after() == Condition.REJECTED) {
            return change.before() == change.after() ? 4 : 0;
        }
        if (change.isJoined() || change.isLeft()) {
            return 1;
        }
        if (change.isUnblocked()) {
            return 2;
        }
        return change.before() != change.after() ? 3 : 4;
    }

    public static String counted(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    /** How much of the time agents were at work, and of how much of the time anybody knows. */
    public static String atWork(Report report) {
        String recorded = report.recorded()
                .filter(share -> share < ALL)
                .map(share -> " (" + Numbers.percent(share) + " of the window)")
                .orElse("");
        return report.utilisation()
                .map(share -> Numbers.percent(share) + " of the " + (recorded.isEmpty() ? "" : "recorded ")
                        + "time at work" + recorded)
                .orElse("no time recorded");
    }

    /** To the minute, in UTC. */
    public static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).toString().substring(0, 16).replace('T', ' ') + " UTC";
    }

    /** Who is in the circle. */
    public static String circle(List<dev.rollcall.document.AgentId> circle) {
        return circle.stream().map(agent -> agent.value()).collect(Collectors.joining(", "));
    }

    /** What a reader must know of how documents were read; empty when there is nothing. */
    public static String caveat(Report report) {
        List<String> sentences = new ArrayList<>();
        if (report.reading().sampled() > 0) {
            sentences.add(
                    "Of " + counted(report.reading().sampled(), "agent")
                            + " tasks and blockers were read at the end of each day and where it became BLOCKED, not in every version.");
        }
        if (report.reading().damaged() > 0) {
            sentences.add(counted(report.reading().damaged(), "document")
                    + " could not be read: rollcall verify --all --deep.");
        }
        return String.join(" ", sentences);
    }
}
