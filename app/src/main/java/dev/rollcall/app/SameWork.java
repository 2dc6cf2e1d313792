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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
        Map<AgentId, Observation> others = new HashMap<>();
        rollcall.observations().all(Detail.FRESHNESS).stream()
                .filter(SwarmSearch::isAtWork)
                .filter(agent -> !agent.entry().agent().equals(self))
                .forEach(agent -> others.put(agent.entry().agent(), agent));
        Map<AgentId, Answer> found = new LinkedHashMap<>();
        rollcall
                .searching()
                .askWatch(
                        new SearchRequest(SearchRequest.Kind.SAME_WORK, work, Scope.CURRENT, Wanted.ANYBODY, MOST + 1))
                .map(SearchAnswers::answers)
                .orElseGet(() -> byWords(work, others))
                .stream()
                .filter(answer -> others.containsKey(answer.hit().agent()))
                .forEach(answer -> found.put(answer.hit().agent(), answer));
        others.keySet().stream()
                .sorted()
                .map(others::get)
                .map(Objects::requireNonNull)
                .flatMap(agent -> byMission(work, agent).stream())
                .forEach(answer -> found.putIfAbsent(answer.hit().agent(), answer));
        return found.values().stream().limit(MOST).toList();
    }

    private List<Answer> byWords(String work, Map<AgentId, Observation> others) {
        return new WorkSearch(rollcall.reading().passages(), new ExactIndex(1), null)
                .at(work, others::containsKey, MOST).stream()
                        .map(hit -> SwarmSearch.answer(hit, Objects.requireNonNull(others.get(hit.agent()))))
                        .toList();
    }

    private static Optional<Answer> byMission(String work, Observation agent) {
        return agent.entry()
                .columns()
                .text(StatusField.CURRENT_MISSION)
                .filter(mission -> WorkSearch.isSameByWords(work, mission))
                .map(mission -> SwarmSearch.answer(hit(mission, agent.entry()), agent));
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
