package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.Question.Scope;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import dev.rollcall.search.WorkSearch;
import dev.rollcall.vectors.ExactIndex;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who is already at a piece of work that somebody is about to begin. By meaning where a watch runs, which has the model
 * loaded; else by the words alone: a lifecycle verb does not wait for a model. Missions that no search has read yet are
 * compared as they stand on the roll.
 */
final class SameWork {
    private static final int MOST = 3;

    private final Rollcall rollcall;

    SameWork(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /** The likest first; without the agent itself and without those that have left or are done. */
    List<Answer> of(String work, AgentId self) {
        Map<AgentId, RollEntry> others = new LinkedHashMap<>();
        rollcall.roll().list().stream()
                .filter(SwarmSearch::isAtWork)
                .filter(entry -> !entry.agent().equals(self))
                .forEach(entry -> others.put(entry.agent(), entry));
        return others.isEmpty() ? List.of() : answers(hits(work, others));
    }

    private Collection<Hit> hits(String work, Map<AgentId, RollEntry> others) {
        Map<AgentId, Hit> found = new LinkedHashMap<>();
        askWatch(work).orElseGet(() -> byWords(work, others)).stream()
                .filter(hit -> others.containsKey(hit.agent()))
                .forEach(hit -> found.put(hit.agent(), hit));
        others.values().stream()
                .flatMap(entry -> byMission(work, entry).stream())
                .forEach(hit -> found.putIfAbsent(hit.agent(), hit));
        return found.values();
    }

    private Optional<List<Hit>> askWatch(String work) {
        return rollcall.searching()
                .askWatch(
                        new SearchRequest(SearchRequest.Kind.SAME_WORK, work, Scope.CURRENT, Wanted.ANYBODY, MOST + 1))
                .map(told -> told.answers().stream().map(Answer::hit).toList());
    }

    private List<Hit> byWords(String work, Map<AgentId, RollEntry> others) {
        return new WorkSearch(rollcall.reading().passages(), new ExactIndex(1), null)
                .at(work, others::containsKey, MOST);
    }

    private static Optional<Hit> byMission(String work, RollEntry entry) {
        return entry.columns()
                .text(StatusField.CURRENT_MISSION)
                .filter(mission -> WorkSearch.isSameByWords(work, mission))
                .map(mission -> hit(mission, entry));
    }

    /** How an agent is now is asked of those few alone that are told of: their files are looked at for it. */
    private List<Answer> answers(Collection<Hit> hits) {
        Observations now = rollcall.observations();
        return hits.stream()
                .limit(MOST)
                .flatMap(hit ->
                        now.find(hit.agent(), Detail.FRESHNESS).map(agent -> SwarmSearch.answer(hit, agent)).stream())
                .toList();
    }

    private static Hit hit(String mission, RollEntry entry) {
        FoundPassage passage = new FoundPassage(
                0,
                entry.agent(),
                "mission",
                mission,
                entry.revision(),
                Optional.ofNullable(entry.lastActivityAt()).orElse(Instant.EPOCH),
                When.NOW,
                null);
        return new Hit(entry.agent(), 1, Strength.STRONG, passage, 0, 1, 0);
    }
}
