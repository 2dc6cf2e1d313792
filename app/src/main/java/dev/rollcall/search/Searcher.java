package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passages;
import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.Ranking.Candidate;
import dev.rollcall.search.Ranking.Scored;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.WordMatches;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds the agents that answer a question: candidates by meaning and by words, then {@link Ranking}. With up to
 * {@value #FIRST_LOOK} passages every passage is a candidate; beyond that the nearest ones are, and more of them until
 * enough agents are among them, or another look shows nobody new. For one thread at a time.
 */
public final class Searcher {
    /** Nearest passages of the first look, and of the last one: each looks at four times as many. */
    private static final int FIRST_LOOK = 300;

    private static final int LAST_LOOK = 20_000;
    private static final int BY_WORDS = 500;

    /** Words of a question that are looked for, each by itself. */
    private static final int MOST_WORDS = 40;

    /** Agents of which the profile is read. */
    private static final int MOST_CANDIDATES = 100;

    private final RollPassages passages;
    private final PassageIndex index;
    private final @Nullable Embedder embedder;
    private final Weights weights;

    /** @param embedder null to search by words alone */
    public Searcher(RollPassages passages, PassageIndex index, @Nullable Embedder embedder) {
        this(passages, index, embedder, Weights.STANDARD);
    }

    Searcher(RollPassages passages, PassageIndex index, @Nullable Embedder embedder, Weights weights) {
        this.passages = passages;
        this.index = index;
        this.embedder = embedder;
        this.weights = weights;
    }

    /** The best first. A question without a letter or digit has no answer. */
    public List<Hit> search(Question question) {
        if (Words.parts(question.text()).isEmpty()) {
            return List.of();
        }
        return search(question, embedder == null ? null : direction(question.text(), embedder));
    }

    /** Halfway between the whole question and its telling words: "who can find", "config_manager" lead it astray. */
    private static Embedding direction(String question, Embedder embedder) {
        Embedding whole = embedder.embed(question);
        List<String> telling = Words.ofQuestion(question);
        return telling.isEmpty() ? whole : whole.halfwayTo(embedder.embed(String.join(" ", telling)));
    }

    /** @param asked where the question points; null to search by words alone */
    List<Hit> search(Question question, @Nullable Embedding asked) {
        Predicate<AgentId> eligible =
                question.eligible().and(Compared.in(question.text()).negate());
        List<String> words = Words.ofQuestion(question.text());
        WordMatches matches = passages.byWords(words.subList(0, Math.min(MOST_WORDS, words.size())), BY_WORDS);
        Ranking ranking = new Ranking(
                question,
                asked,
                matches.frequencies(),
                Math.max(1, index.size() > 0 ? index.size() : passages.place().newest()),
                weights);
        Map<AgentId, Best> best = new HashMap<>();
        Set<Long> seen = new HashSet<>(matches.numbers());
        take(ranking, eligible, seen, best);
        if (asked != null && index.size() > 0) {
            int enough = Math.max(2 * question.atMost(), 20);
            int before = -1;
            List<Near> near;
            int look = FIRST_LOOK;
            do {
                before = look == FIRST_LOOK ? -1 : best.size();
                near = index.nearest(asked, look);
                Set<Long> more = near.stream().map(Near::number).collect(Collectors.toCollection(HashSet::new));
                more.removeAll(seen);
                seen.addAll(more);
                take(ranking, eligible, more, best);
                look *= 4;
            } while (near.size() == look / 4 && look < LAST_LOOK && best.size() < enough && best.size() != before);
        }
        return ranking.hits(candidates(ranking, best));
    }

    /** An agent's best passage so far, and the likest one. */
    private record Best(Scored passage, double similarity) {
        Best or(Best other) {
            return new Best(
                    other.passage.score() > passage.score() ? other.passage : passage,
                    Math.max(similarity, other.similarity));
        }
    }

    private void take(Ranking ranking, Predicate<AgentId> eligible, Set<Long> numbers, Map<AgentId, Best> best) {
        for (FoundPassage passage : passages.found(numbers)) {
            if (eligible.test(passage.agent())) {
                Scored scored = ranking.score(passage);
                best.merge(passage.agent(), new Best(scored, scored.similarity()), Best::or);
            }
        }
    }

    private List<Candidate> candidates(Ranking ranking, Map<AgentId, Best> best) {
        return best.entrySet().stream()
                .sorted(Comparator.comparingDouble((Map.Entry<AgentId, Best> one) ->
                        -one.getValue().passage().score()))
                .limit(MOST_CANDIDATES)
                .map(one -> ranking.candidate(
                        one.getValue().passage(), one.getValue().similarity(), profile(one.getKey())))
                .toList();
    }

    private @Nullable FoundPassage profile(AgentId agent) {
        return passages.of(agent, List.of(Passages.PROFILE)).stream()
                .findFirst()
                .orElse(null);
    }
}
