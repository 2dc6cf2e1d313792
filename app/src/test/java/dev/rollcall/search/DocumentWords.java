package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a search without meaning finds: BM25 over whole documents, with the same words and stems as the search has. */
final class DocumentWords {
    private static final double SATURATION = 1.2;
    private static final double LENGTH = 0.75;

    private final Map<AgentId, Map<String, Integer>> counts = new HashMap<>();
    private final Map<String, Integer> documents = new HashMap<>();
    private final Map<AgentId, Integer> lengths = new HashMap<>();

    DocumentWords(JudgedSwarm swarm) {
        for (AgentId agent : swarm.agents()) {
            Map<String, Integer> words = new HashMap<>();
            for (String word : Words.parts(swarm.document(agent))) {
                words.merge(stem(word), 1, Integer::sum);
            }
            counts.put(agent, words);
            lengths.put(
                    agent, words.values().stream().mapToInt(Integer::intValue).sum());
            words.keySet().forEach(word -> documents.merge(word, 1, Integer::sum));
        }
    }

    private static String stem(String word) {
        return Words.stem(word.toLowerCase(Locale.ROOT));
    }

    /** All agents, the best first. */
    List<AgentId> ranked(String question) {
        Set<String> words = new HashSet<>();
        Words.ofQuestion(question).forEach(word -> words.add(stem(word)));
        Map<AgentId, Double> scores = new HashMap<>();
        counts.keySet().forEach(agent -> scores.put(agent, score(agent, words)));
        List<AgentId> ranked = new ArrayList<>(counts.keySet());
        ranked.sort(Comparator.comparingDouble((AgentId agent) -> -scores.getOrDefault(agent, 0.0))
                .thenComparing(Comparator.naturalOrder()));
        return ranked;
    }

    private double score(AgentId agent, Set<String> words) {
        double mean =
                lengths.values().stream().mapToInt(Integer::intValue).average().orElse(1);
        double score = 0;
        for (String word : words) {
            int holding = documents.getOrDefault(word, 0);
            double rarity = Math.log(1 + (counts.size() - holding + 0.5) / (holding + 0.5));
            int count = counts.getOrDefault(agent, Map.of()).getOrDefault(word, 0);
            double norm = SATURATION * (1 - LENGTH + LENGTH * lengths.getOrDefault(agent, 0) / mean);
            score += rarity * count * (SATURATION + 1) / (count + norm);
        }
        return score;
    }
}
