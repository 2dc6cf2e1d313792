package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passages;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Who is like an agent: for each of its texts the nearest one of the other, on average, and 0.4 times the likeness of
 * their profiles. For one thread at a time.
 */
public final class Likeness {
    /** Texts of the agent that are compared; who it is and what it is at come first. */
    private static final int MOST_TEXTS = 60;

    private static final int NEAREST = 300;

    /** What counts as likeness where a text of the other is not among the nearest: hardly any. */
    private static final double FAR = 0.2;

    /** Score from which a likeness is strong; seen on the judged swarms (decision 0014). */
    private static final double STRONG = 0.58;

    private static final List<String> FIRST =
            List.of(Passages.PROFILE, "role", "mission", "phase", "current_task", "achievement", "completed_task");

    private final RollPassages passages;
    private final PassageIndex index;

    public Likeness(RollPassages passages, PassageIndex index) {
        this.passages = passages;
        this.index = index;
    }

    /** The nearest text of another agent to one of ours. */
    private record Pair(FoundPassage theirs, double cosine) {}

    /** The best first; without the agent itself. Empty for an agent whose texts have no vectors. */
    public List<Hit> like(AgentId agent, Predicate<AgentId> eligible, int atMost) {
        List<FoundPassage> own = passages.of(agent).stream()
                .filter(passage -> passage.embedding() != null)
                .sorted(Comparator.comparingInt(Likeness::rank).thenComparingLong(FoundPassage::number))
                .limit(MOST_TEXTS)
                .toList();
        Map<AgentId, List<Pair>> pairs = new HashMap<>();
        for (FoundPassage text : own) {
            nearest(text, agent).forEach((other, pair) -> {
                if (eligible.test(other)) {
                    pairs.computeIfAbsent(other, id -> new ArrayList<>()).add(pair);
                }
            });
        }
        Embedding profile = profile(agent);
        return pairs.entrySet().stream()
                .map(other -> hit(other.getKey(), other.getValue(), own.size(), profile))
                .sorted(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::agent))
                .limit(atMost)
                .toList();
    }

    private static int rank(FoundPassage passage) {
        int rank = FIRST.indexOf(passage.field());
        return rank < 0 ? FIRST.size() : rank;
    }

    private Map<AgentId, Pair> nearest(FoundPassage text, AgentId agent) {
        Embedding asked = Objects.requireNonNull(text.embedding());
        List<Long> numbers = index.nearest(asked, NEAREST).stream()
                .map(PassageIndex.Near::number)
                .toList();
        Map<AgentId, Pair> nearest = new HashMap<>();
        for (FoundPassage theirs : passages.found(numbers)) {
            Embedding there = theirs.embedding();
            if (there != null && !theirs.agent().equals(agent)) {
                Pair pair = new Pair(theirs, asked.cosine(there));
                nearest.merge(theirs.agent(), pair, (a, b) -> a.cosine() >= b.cosine() ? a : b);
            }
        }
        return nearest;
    }

    private Hit hit(AgentId other, List<Pair> pairs, int texts, @Nullable Embedding profile) {
        List<Pair> ordered = pairs.stream()
                .sorted(Comparator.comparingDouble(Pair::cosine).reversed())
                .toList();
        double sum = ordered.stream().mapToDouble(Pair::cosine).sum();
        double mean = (sum + FAR * (texts - ordered.size())) / texts;
        Embedding its = profile(other);
        double profiles = profile == null || its == null ? 0 : profile.cosine(its);
        double score = mean + Weights.STANDARD.profile() * profiles;
        return new Hit(
                other,
                score,
                score >= STRONG ? Strength.STRONG : Strength.WEAK,
                ordered.getFirst().theirs(),
                ordered.getFirst().cosine(),
                0,
                profiles);
    }

    private @Nullable Embedding profile(AgentId agent) {
        return passages.of(agent, List.of(Passages.PROFILE)).stream()
                .map(FoundPassage::embedding)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
