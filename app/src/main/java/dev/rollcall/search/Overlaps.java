package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.RollPassages.FoundPassage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of agents that do the same work now, by their missions and current tasks. Compares every pair of texts: some
 * seconds at 10,000 texts. Keeps no more than the likest {@value #MOST} pairs.
 */
public final class Overlaps {
    /** Score from which two tasks count as the same work; seen on the judged swarms (decision 0014). */
    public static final double SAME_WORK = 0.6;

    /** Pairs that are told. */
    public static final int MOST = 1_000;

    /** What a ticket counts that both texts name. */
    private static final double SAME_TICKET = 0.1;

    private static final Pattern TICKET = Pattern.compile("\\b(?!AGENT)\\p{Lu}[\\p{Lu}\\d]+-\\d+\\b");

    /** Numbers, ids, dates, names of files with a number: what tells one use of a phrase from the next. */
    private static final Pattern COUNTED = Pattern.compile("\\S*\\d\\S*");

    /** The fields that tell what an agent does now. */
    public static final List<String> WORK = List.of("mission", "current_task");

    /** Agents that may share a text or a ticket before it counts as a phrase of the swarm and not as work. */
    private static final int SHARED_BY = 3;

    /** Agents whose texts are compared with those of as many others while both lie in the processor's cache. */
    private static final int TILE = 64;

    private static final Comparator<Pair> LIKEST_FIRST = Comparator.comparingDouble(Pair::score)
            .reversed()
            .thenComparing(pair -> pair.first().agent())
            .thenComparing(pair -> pair.second().agent());

    private final RollPassages passages;

    public Overlaps(RollPassages passages) {
        this.passages = passages;
    }

    /**
     * Two agents and what they both do.
     *
     * @param score cosine of the two texts, more when both name a ticket; {@value #SAME_WORK} to 1
     * @param first of the agent whose id comes first
     */
    public record Pair(FoundPassage first, FoundPassage second, double score) {}

    /**
     * One pair for each two agents.
     *
     * @param pairs the likest first
     * @param more how many there are besides, none of them liker
     */
    public record Found(List<Pair> pairs, long more) {}

    /**
     * A text as it is compared.
     *
     * @param tickets that few name
     * @param isPhrase whether many say the same but for a number; then only a ticket makes it work
     */
    private record Work(FoundPassage passage, int[] components, double length, Set<String> tickets, boolean isPhrase) {
        static Work of(FoundPassage passage, Embedding embedding, Set<String> tickets, boolean isPhrase) {
            byte[] bytes = embedding.bytes();
            int[] components = new int[bytes.length];
            for (int i = 0; i < bytes.length; i++) {
                components[i] = bytes[i];
            }
            return new Work(passage, components, Math.sqrt(dot(components, components)), tickets, isPhrase);
        }

        double likeness(Work other) {
            boolean isSameTicket = !Collections.disjoint(tickets, other.tickets);
            if ((isPhrase || other.isPhrase) && !isSameTicket) {
                return 0;
            }
            double cosine = dot(components, other.components) / (length * other.length);
            return Math.min(1, cosine + (isSameTicket ? SAME_TICKET : 0));
        }
    }

    /** Of ints, because the optimizing compiler makes vector instructions of it. */
    private static int dot(int[] a, int[] b) {
        int sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** @param working agents that are at work */
    public Found among(Collection<AgentId> working) {
        List<FoundPassage> texts = working.stream()
                .sorted()
                .flatMap(agent -> passages.of(agent, WORK).stream())
                .toList();
        Map<String, Set<AgentId>> shapes = new HashMap<>();
        Map<String, Set<AgentId>> tickets = new HashMap<>();
        for (FoundPassage text : texts) {
            noted(shapes, shape(text.text()), text.agent());
            tickets(text.text()).forEach(ticket -> noted(tickets, ticket, text.agent()));
        }
        tickets.values().removeIf(agents -> agents.size() > SHARED_BY);
        Map<AgentId, List<Work>> works = new HashMap<>();
        for (FoundPassage text : texts) {
            Embedding embedding = text.embedding();
            Set<String> named = tickets(text.text());
            named.retainAll(tickets.keySet());
            boolean isPhrase = shapes.getOrDefault(shape(text.text()), Set.of()).size() > SHARED_BY;
            if (embedding != null && !(isPhrase && named.isEmpty())) {
                works.computeIfAbsent(text.agent(), agent -> new ArrayList<>())
                        .add(Work.of(text, embedding, named, isPhrase));
            }
        }
        return compared(works.keySet().stream().sorted().map(works::get).toList());
    }

    private static void noted(Map<String, Set<AgentId>> users, String what, AgentId agent) {
        users.computeIfAbsent(what, text -> new HashSet<>()).add(agent);
    }

    private static Set<String> tickets(String text) {
        return TICKET.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(HashSet::new));
    }

    /** What "Process shard 7 of 20" and "process shard 8 of 20" have in common; the text where nothing is left. */
    private static String shape(String text) {
        String words = String.join(" ", Words.parts(COUNTED.matcher(text).replaceAll(" ")))
                .toLowerCase(Locale.ROOT);
        return words.isEmpty() ? text : words;
    }

    private static Found compared(List<List<Work>> agents) {
        PriorityQueue<Pair> best = new PriorityQueue<>(LIKEST_FIRST.reversed());
        long all = 0;
        for (int rows = 0; rows < agents.size(); rows += TILE) {
            for (int columns = rows; columns < agents.size(); columns += TILE) {
                all += tile(agents, rows, columns, best);
            }
        }
        List<Pair> pairs = best.stream().sorted(LIKEST_FIRST).toList();
        return new Found(pairs, all - pairs.size());
    }

    /** How many pairs there are in it. */
    private static long tile(List<List<Work>> agents, int rows, int columns, PriorityQueue<Pair> best) {
        long found = 0;
        for (int i = rows; i < Math.min(rows + TILE, agents.size()); i++) {
            for (int j = Math.max(i + 1, columns); j < Math.min(columns + TILE, agents.size()); j++) {
                found += compare(agents.get(i), agents.get(j), best) ? 1 : 0;
            }
        }
        return found;
    }

    private static boolean compare(List<Work> one, List<Work> other, PriorityQueue<Pair> best) {
        double score = 0;
        Work first = null;
        Work second = null;
        for (Work its : one) {
            for (Work others : other) {
                double likeness = its.likeness(others);
                if (likeness >= SAME_WORK && likeness > score) {
                    score = likeness;
                    first = its;
                    second = others;
                }
            }
        }
        if (first == null || second == null) {
            return false;
        }
        keep(first, second, score, best);
        return true;
    }

    private static void keep(Work first, Work second, double score, PriorityQueue<Pair> best) {
        @Nullable Pair worst = best.size() < MOST ? null : best.element();
        if (worst != null && score < worst.score()) {
            return;
        }
        best.add(new Pair(first.passage(), second.passage(), score));
        if (best.size() > MOST) {
            best.remove();
        }
    }
}
