package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.PassageIndex.Near;
import dev.rollcall.search.Question.Scope;
import dev.rollcall.search.Ranking.Scored;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Agents that are at a piece of work now: by missions and current tasks alone, as {@link Overlaps} compares them, so that
 * whatever else an agent says hides nothing. For one thread at a time.
 */
public final class WorkSearch {
    /** Share of the words from which they tell the same work, where there is nothing but words. */
    private static final double SAME_WORDS = 0.8;

    private static final int FIRST_LOOK = 200;
    private static final int BY_WORDS = 500;
    private static final int MOST_WORDS = 40;

    private final RollPassages passages;
    private final PassageIndex index;
    private final @Nullable Embedder embedder;

    /** @param embedder null to compare by words alone */
    public WorkSearch(RollPassages passages, PassageIndex index, @Nullable Embedder embedder) {
        this.passages = passages;
        this.index = index;
        this.embedder = embedder;
    }

    /** The likest first; one hit for each agent. */
    public List<Hit> at(String work, Predicate<AgentId> eligible, int atMost) {
        Question question = new Question(work, Scope.CURRENT, eligible, atMost);
        Map<AgentId, Hit> best = new HashMap<>();
        if (!Words.parts(question.text()).isEmpty()) {
            List<Hit> hits = embedder == null ? byWords(question) : byMeaning(question, embedder);
            hits.forEach(hit -> best.merge(hit.agent(), hit, (a, b) -> a.score() >= b.score() ? a : b));
        }
        return best.values().stream()
                .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::agent))
                .limit(atMost)
                .toList();
    }

    /** As many of the nearest as it takes: whatever is liker than the answers may be of agents that are no answers. */
    private List<Hit> byMeaning(Question question, Embedder model) {
        if (index.size() == 0) {
            return List.of();
        }
        Embedding asked = model.embed(PassageText.of("mission", question.text()));
        List<Hit> hits;
        List<Near> near;
        int look = FIRST_LOOK;
        do {
            near = index.nearest(asked, look);
            Map<Long, Double> alike = near.stream()
                    .filter(one -> one.cosine() >= Overlaps.SAME_WORK)
                    .collect(Collectors.toMap(Near::number, Near::cosine));
            hits = passages.found(alike.keySet()).stream()
                    .filter(passage -> isWork(passage, question))
                    .map(passage -> hit(passage, alike.getOrDefault(passage.number(), 0.0), 0))
                    .toList();
            look *= 4;
        } while (near.size() == look / 4
                && near.getLast().cosine() >= Overlaps.SAME_WORK
                && hits.stream().map(Hit::agent).distinct().count() < question.atMost());
        return hits;
    }

    private List<Hit> byWords(Question question) {
        List<String> words = Words.ofQuestion(question.text());
        RollPassages.WordMatches matches =
                passages.byWords(words.subList(0, Math.min(MOST_WORDS, words.size())), BY_WORDS);
        Ranking ranking = new Ranking(
                question,
                null,
                matches.frequencies(),
                Math.max(1, passages.place().newest()),
                Weights.STANDARD);
        List<Hit> hits = new ArrayList<>();
        for (FoundPassage passage : passages.found(matches.numbers())) {
            Scored scored = ranking.score(passage);
            if (isWork(passage, question) && scored.sharedWords() >= SAME_WORDS) {
                hits.add(hit(passage, 0, scored.sharedWords()));
            }
        }
        return hits;
    }

    private static boolean isWork(FoundPassage passage, Question question) {
        return passage.when() == When.NOW
                && Overlaps.WORK.contains(passage.field())
                && question.eligible().test(passage.agent());
    }

    /** @param similarity or shared words, of which the other is 0 */
    private static Hit hit(FoundPassage passage, double similarity, double sharedWords) {
        return new Hit(passage.agent(), similarity + sharedWords, Strength.STRONG, passage, similarity, sharedWords, 0);
    }

    /** Whether two texts are the same but for spelling, order and a few words, without anything else to go by. */
    public static boolean isSameByWords(String one, String other) {
        Set<String> ones = stems(one);
        Set<String> others = stems(other);
        Set<String> both = new HashSet<>(ones);
        both.retainAll(others);
        return !both.isEmpty() && both.size() >= SAME_WORDS * Math.max(ones.size(), others.size());
    }

    private static Set<String> stems(String text) {
        return Words.parts(text).stream()
                .map(word -> Words.stem(word.toLowerCase(Locale.ROOT)))
                .collect(Collectors.toSet());
    }
}
