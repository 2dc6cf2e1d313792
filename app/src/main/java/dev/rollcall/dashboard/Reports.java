package dev.rollcall.dashboard;

import dev.rollcall.answers.ReportQuestion;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.report.Report;
import dev.rollcall.report.TimeExpression;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reports that were asked for a moment ago: a page, what it loads, and whoever else looks share one. Thread-safe. */
final class Reports {
    private static final Duration FRESH = Duration.ofSeconds(3);
    private static final int KEPT = 6;

    private final OpenSwarm swarm;
    private final Map<String, Made> reports = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Made> eldest) {
            return size() > KEPT;
        }
    };

    Reports(OpenSwarm swarm) {
        this.swarm = swarm;
    }

    private record Made(Instant at, Report report) {}

    /**
     * The whole swarm from a moment up to now; one at a time, as each reads much.
     *
     * @throws dev.rollcall.problem.ProblemException for what is no time
     */
    synchronized Report since(String since) {
        Instant now = swarm.swarm().clock().instant();
        Made made = reports.get(since);
        if (made == null || made.at().plus(FRESH).isBefore(now)) {
            made = new Made(now, swarm.rolls().ask(rollcall -> report(rollcall, since, now)));
            reports.put(since, made);
        }
        return made.report();
    }

    /** Before the first version of a young roll there is nothing to tell. */
    private static Report report(Rollcall rollcall, String since, Instant now) {
        String begin = rollcall.past()
                .first()
                .filter(first -> first.isBefore(now))
                .filter(first ->
                        TimeExpression.find(since, now).filter(first::isAfter).isPresent())
                .map(Instant::toString)
                .orElse(since);
        return new ReportQuestion(begin, null, null).answer(rollcall);
    }
}
