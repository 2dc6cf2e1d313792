package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.push.PushReport.Concern;
import dev.rollcall.push.PushReport.Kind;
import dev.rollcall.sync.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What comes of pushing, counted while it happens. For one thread at a time. */
final class Tally {
    private final int agents;
    private final Progress progress;
    private final Instant start;
    private final List<Concern> concerns = new ArrayList<>();
    private int done;
    private int sent;
    private int unchanged;
    private int removed;

    Tally(int agents, Progress progress, Instant start) {
        this.agents = agents;
        this.progress = progress;
        this.start = start;
    }

    void sent() {
        sent++;
        nothing();
    }

    void unchanged() {
        unchanged++;
        nothing();
    }

    void removed() {
        removed++;
        nothing();
    }

    /** An agent's turn is over. */
    void nothing() {
        done = Math.min(agents, done + 1);
        progress.at(done, agents);
    }

    void concern(AgentId agent, Kind kind, String message) {
        concerns.add(new Concern(agent, kind, message));
    }

    PushReport report(List<String> ignored, Instant now) {
        concerns.sort(Comparator.comparing(Concern::agent));
        return new PushReport(agents, sent, unchanged, removed, concerns, ignored, Duration.between(start, now));
    }
}
