package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RollChange;
import dev.rollcall.sync.SettledReader.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What came of looking at agents, counted while it happens. */
final class Tally {
    private final Progress progress;
    private final Consumer<RollChange> onRecorded;
    private final List<Waiting> unsettled = new ArrayList<>();
    private final List<AgentId> overtaken = new ArrayList<>();
    private final List<Elsewhere> elsewhere = new ArrayList<>();
    private int total;
    private int done;
    private int recorded;
    private int left;

    /** @param onRecorded told of each change that became a revision, once it is committed */
    Tally(Progress progress, Consumer<RollChange> onRecorded) {
        this.progress = progress;
        this.onRecorded = onRecorded;
    }

    void expect(int agents) {
        total += agents;
    }

    void lookedAt(List<Examined> batch) {
        batch.forEach(examined -> examined.unsettled().ifPresent(unsettled::add));
        done = Math.min(total, done + batch.size());
        progress.at(done, total);
    }

    void recorded(RollChange change) {
        recorded++;
        onRecorded.accept(change);
    }

    void noted(RollChange change) {
        left += change instanceof RollChange.Departed ? 1 : 0;
    }

    void overtaken(AgentId agent) {
        overtaken.add(agent);
    }

    void owned(AgentId agent, RecordOutcome.Owned owned) {
        elsewhere.add(Elsewhere.owned(agent, owned));
    }

    /** Agents that other sources have. */
    List<Elsewhere> elsewhere() {
        return List.copyOf(elsewhere);
    }

    /** Versions that became revisions. */
    int recorded() {
        return recorded;
    }

    /** Agents that were marked as gone. */
    int left() {
        return left;
    }

    /** Agents whose file somebody may be writing. */
    List<Waiting> unsettled() {
        return List.copyOf(unsettled);
    }

    /** Agents that another process recorded first, since the last call. */
    List<AgentId> takeOvertaken() {
        List<AgentId> all = List.copyOf(overtaken);
        overtaken.clear();
        return all;
    }
}
