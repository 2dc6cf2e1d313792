package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.Finding;
import dev.rollcall.document.StatusField;
import dev.rollcall.lifecycle.FsmSteps;
import dev.rollcall.roll.Evidence;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows of an agent's entry and versions at a moment. Pure.
 *
 * @param now the moment
 */
record Observer(Settings settings, Instant now) {
    /**
     * What is known of an agent.
     *
     * @param findings of its document and its versions
     * @param cadence how often it reports; null when nobody can tell yet
     */
    record Known(
            RollEntry entry,
            List<Finding> findings,
            @Nullable Duration cadence) {}

    /** @param latest its latest versions, oldest first; needed for {@link Detail#EVIDENCE} alone */
    Known known(RollEntry entry, List<Revision> latest, @Nullable Duration cadence, Detail detail) {
        List<Finding> findings = new ArrayList<>(entry.columns().findings());
        if (detail == Detail.EVIDENCE) {
            findings.addAll(Evidence.of(entry, latest, settings.rules().vocabulary(), now));
            unusualStep(latest).ifPresent(findings::add);
        }
        return new Known(entry, List.copyOf(findings), cadence);
    }

    Observation observation(Known known, Lag lag) {
        RollEntry entry = known.entry();
        FreshnessThresholds thresholds = settings.freshness().thresholds(entry.agent(), known.cadence());
        Instant last = entry.lastActivityAt();
        Freshness freshness = Freshness.of(entry.presence(), last, now, thresholds);
        Duration age = last == null ? null : last.isAfter(now) ? Duration.ZERO : Duration.between(last, now);
        List<Finding> findings = known.findings();
        Optional<Finding> trails = lag.finding();
        if (trails.isPresent()) {
            findings = new ArrayList<>(findings);
            findings.add(trails.get());
        }
        return new Observation(entry, freshness, age, known.cadence(), thresholds, lag, List.copyOf(findings));
    }

    /** The latest step of the agent's state machine, when it is none that the lifecycle knows. */
    private static Optional<Finding> unusualStep(List<Revision> latest) {
        return latest.size() < 2
                ? Optional.empty()
                : FsmSteps.finding(fsmState(latest.get(latest.size() - 2)), fsmState(latest.getLast()));
    }

    private static String fsmState(Revision version) {
        return version.columns().text(StatusField.FSM_STATE).orElse("");
    }
}
