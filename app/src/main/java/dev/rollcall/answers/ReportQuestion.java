package dev.rollcall.answers;

import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Moments;
import dev.rollcall.report.Report;
import dev.rollcall.report.TimeExpression;
import dev.rollcall.report.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which stretch of whose work a report is wanted of.
 *
 * @param since where it begins, as it was typed: a moment, or {@code last} for that of the last report; null for a week
 *     ago, or the first version if that is later
 * @param until where it ends, included, as it was typed; null for now
 * @param agent only this agent; null for the whole swarm
 */
public record ReportQuestion(
        @Nullable String since,
        @Nullable String until,
        @Nullable AgentId agent) {
    private static final String LAST = "last";
    private static final Duration USUAL = Duration.ofDays(7);

    /**
     * Every figure of it.
     *
     * @throws ProblemException WRONG_USAGE for a time that can not be, UNKNOWN_AGENT, UNKNOWN_VERSION
     */
    public Report answer(Rollcall rollcall) {
        Instant now = rollcall.clock().instant();
        Moments moments = new Moments(rollcall.roll(), rollcall.past(), now);
        Instant end = until == null ? now : end(until, moments, now);
        Instant last = rollcall.lastReport().read().orElse(null);
        Instant begin = since == null ? usual(rollcall, now) : begin(since, moments, last);
        if (begin.isAfter(end)) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "a report since " + begin + " would begin after its end, " + end,
                    "Name an earlier since or a later until.");
        }
        Window window = new Window(begin, end);
        // What changed since the last report is told where that report lies in the window.
        Instant changedSince = last != null && window.contains(last) ? last : begin;
        return rollcall.report(agent, window, changedSince, end.equals(now) ? rollcall.currentAgents() : Map.of());
    }

    /** Before the first version of a young roll there is nothing to tell. */
    private static Instant usual(Rollcall rollcall, Instant now) {
        Instant begin = now.minus(USUAL);
        return rollcall.past()
                .first()
                .filter(first -> first.isAfter(begin) && first.isBefore(now))
                .orElse(begin);
    }

    /** What is still to come is now. */
    private Instant end(String text, Moments moments, Instant now) {
        return TimeExpression.find(text, now).filter(time -> time.isAfter(now)).isPresent()
                ? now
                : moment(text, moments);
    }

    /** Of one agent a revision or commit must be one of its own. */
    private Instant moment(String text, Moments moments) {
        return agent == null ? moments.read(text) : moments.read(agent, text).time();
    }

    private Instant begin(String from, Moments moments, @Nullable Instant last) {
        if (!from.strip().equalsIgnoreCase(LAST)) {
            return moment(from, moments);
        }
        if (last == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "there is no last report of this swarm",
                    "The first one needs a time, for example --since 7d.");
        }
        return last;
    }
}
