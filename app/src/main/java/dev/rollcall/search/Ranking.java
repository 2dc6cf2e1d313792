package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Passages;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How well passages and agents answer one question. A passage scores its cosine, and a share of the question's words that it
 * holds; an agent scores its best passage, and a share of the cosine of its profile, because a passage often tells what was
 * done and only the profile for what. What counts how much is said by {@link Weights}.
 */
final class Ranking {
    /** Without a model: of the question's words, rare ones counting more. */
    static final double STRONG_BY_WORDS = 0.6;

    private static final Set<String> OF_EXPERTISE = Set.of("role", "completed_task", "achievement", Passages.PROFILE);
    private static final Set<String> OF_NOW =
            Set.of("mission", "phase", "current_task", "blocker", "next_action", Passages.PROFILE);

    private final Question question;
    private final @Nullable Embedding asked;
    private final Weights weights;
    private final Map<String, Double> rarities;
    private final double allRarities;
    private final double unknown;

    /** @param frequencies how many passages hold each word of the question, and how many there are in all */
    Ranking(
            Question question,
            @Nullable Embedding asked,
            Map<String, Long> frequencies,
            long passages,
            Weights weights) {
        this.question = question;
        this.asked = asked;
        this.weights = weights;
        Map<String, Double> byStem = new HashMap<>();
        double all = 0;
        double inNone = 0;
        for (Map.Entry<String, Long> word : frequencies.entrySet()) {
            long count = Math.min(word.getValue(), passages);
            double rarity = Math.log(1 + (passages - count + 0.5) / (count + 0.5));
            byStem.put(Words.stem(word.getKey()), rarity);
            all += rarity;
            inNone += count == 0 ? rarity : 0;
        }
        this.rarities = byStem;
        this.allRarities =
                byStem.values().stream().mapToDouble(Double::doubleValue).sum();
        this.unknown = all == 0 ? 0 : inNone / all;
    }

    /** A passage and what it scores. */
    record Scored(FoundPassage passage, double similarity, double sharedWords, double score) {}

    Scored score(FoundPassage passage) {
        Embedding there = passage.embedding();
        double similarity = asked == null || there == null ? 0 : asked.cosine(there);
        double shared = sharedWords(passage);
        double score = similarity + (asked == null ? shared : weights.words() * shared);
        return new Scored(passage, similarity, shared, isInScope(passage) ? score : score - weights.outOfScope());
    }

    private double sharedWords(FoundPassage passage) {
        if (allRarities == 0) {
            return 0;
        }
        Set<String> there = new HashSet<>();
        for (String word : Words.ofQuestion(PassageText.label(passage.field()) + " " + passage.text())) {
            there.add(Words.stem(word));
        }
        double shared = 0;
        for (Map.Entry<String, Double> word : rarities.entrySet()) {
            shared += there.contains(word.getKey()) ? word.getValue() : 0;
        }
        return shared / allRarities;
    }

    private boolean isInScope(FoundPassage passage) {
        return switch (question.scope()) {
            case ALL -> true;
            case CURRENT -> passage.when() == When.NOW && !isOnly(passage, OF_EXPERTISE, OF_NOW);
            case EXPERTISE -> passage.when() == When.BEFORE || !isOnly(passage, OF_NOW, OF_EXPERTISE);
        };
    }

    private static boolean isOnly(FoundPassage passage, Set<String> one, Set<String> other) {
        return one.contains(passage.field()) && !other.contains(passage.field());
    }

    /** An agent's best passage and its profile. */
    record Candidate(AgentId agent, Scored best, double similarity, double profile, double score) {}

    /**
     * @param similarity of the likest passage, which may be another one than the best
     * @param profile the agent's; null without one
     */
    Candidate candidate(Scored best, double similarity, @Nullable FoundPassage profile) {
        Embedding its = profile == null ? null : profile.embedding();
        double toProfile = asked == null || its == null ? 0 : asked.cosine(its);
        return new Candidate(
                best.passage().agent(), best, similarity, toProfile, best.score() + weights.profile() * toProfile);
    }

    /** The best first; equals by id, so that the same question has the same answer. */
    List<Hit> hits(List<Candidate> candidates) {
        List<Candidate> ordered = candidates.stream()
                .sorted(Comparator.comparingDouble(Candidate::score).reversed().thenComparing(Candidate::agent))
                .toList();
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < Math.min(question.atMost(), ordered.size()); i++) {
            Candidate one = ordered.get(i);
            double lead =
                    i == 0 && ordered.size() > 1 ? one.score() - ordered.get(1).score() : 0;
            hits.add(new Hit(
                    one.agent(),
                    one.score(),
                    strength(one, lead),
                    one.best().passage(),
                    one.best().similarity(),
                    one.best().sharedWords(),
                    one.profile()));
        }
        return hits;
    }

    /** A best hit far ahead of the next one deserves more trust; words that no agent has ever used deserve less. */
    private Strength strength(Candidate one, double lead) {
        boolean isStrong = asked == null
                ? one.best().sharedWords() >= STRONG_BY_WORDS
                : one.similarity() + weights.lead() * lead - weights.unknown() * unknown >= weights.strong();
        return isStrong ? Strength.STRONG : Strength.WEAK;
    }
}
