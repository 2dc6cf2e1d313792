package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Question.Scope;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who should take a task, of those whose circumstances are known. */
public final class Recommender {
    /** Fitting agents that are weighed against each other. */
    private static final int CANDIDATES = 50;

    private final Searcher searcher;

    public Recommender(Searcher searcher) {
        this.searcher = searcher;
    }

    /**
     * What an agent is at besides.
     *
     * @param silence how long ago its last sign of life was, in times after which it counts as stale; infinite where
     *     nobody knows
     * @param openTasks current tasks of its document
     */
    public record Circumstances(State state, Freshness freshness, double silence, int openTasks) {}

    /** The best first; nobody who has left. */
    public List<Recommendation> recommend(String task, Map<AgentId, Circumstances> agents, int atMost) {
        Question question = new Question(task, Scope.EXPERTISE, agent -> isHere(agents.get(agent)), CANDIDATES);
        return searcher.search(question).stream()
                .map(hit -> Recommendation.of(hit, Objects.requireNonNull(agents.get(hit.agent()))))
                .sorted(Comparator.comparingDouble(Recommendation::score)
                        .reversed()
                        .thenComparing(one -> one.hit().agent()))
                .limit(atMost)
                .toList();
    }

    private static boolean isHere(@Nullable Circumstances agent) {
        return agent != null && agent.freshness() != Freshness.LEFT;
    }
}
