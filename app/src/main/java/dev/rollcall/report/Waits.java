package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who waits for whom: blockers of the versions in force at the window's end, whatever their state, that name the id of
 * another agent of the roll as a whole word, in any case. Letters, digits, {@code -} and {@code _} belong to a word, so
 * that Agent-1 does not stand in "Agent-12" or "Agent-1-old". Agents in a gap wait for nobody.
 *
 * @param waits by the waiting agent, each awaited one once, with the first blocker that names it
 * @param circles groups of agents of which each waits, directly or through others, for all of its group: the strongly
 *     connected components of more than one agent, found by Tarjan's algorithm; by id
 */
public record Waits(List<WaitsFor> waits, List<List<AgentId>> circles) {
    /** @param blockers the blockers of each agent that has any */
    public static Waits of(Map<AgentId, List<String>> blockers, Collection<AgentId> roll) {
        Map<String, AgentId> ids = new HashMap<>();
        roll.forEach(agent -> ids.put(agent.value().toLowerCase(Locale.ROOT), agent));
        int longest = ids.keySet().stream().mapToInt(String::length).max().orElse(0);
        List<WaitsFor> waits = new ArrayList<>();
        new TreeMap<>(blockers).forEach((waiting, texts) -> {
            Set<AgentId> seen = new HashSet<>(Set.of(waiting));
            for (String text : texts) {
                for (AgentId awaited : named(text, ids, longest)) {
                    if (seen.add(awaited)) {
                        waits.add(new WaitsFor(waiting, awaited, text));
                    }
                }
            }
        });
        return new Waits(List.copyOf(waits), new Circles(waits).found());
    }

    /** The agents whose ids stand in the text. Ids may hold blanks, so each beginning of a word is tried. */
    private static Set<AgentId> named(String text, Map<String, AgentId> ids, int longest) {
        Set<AgentId> named = new TreeSet<>();
        String lower = text.toLowerCase(Locale.ROOT);
        for (int start = 0; start < lower.length(); start++) {
            if (start > 0 && isOfWord(lower, start - 1)) {
                continue;
            }
            int last = Math.min(lower.length(), start + longest);
            for (int end = start + 1; end <= last; end++) {
                AgentId agent =
                        end == lower.length() || !isOfWord(lower, end) ? ids.get(lower.substring(start, end)) : null;
                if (agent != null) {
                    named.add(agent);
                }
            }
        }
        return named;
    }

    private static boolean isOfWord(String text, int at) {
        char c = text.charAt(at);
        return Character.isLetterOrDigit(c) || c == '-' || c == '_';
    }

    /** Tarjan's strongly connected components, without recursion as chains can be long. */
    private static final class Circles {
        private final Map<AgentId, List<AgentId>> awaited = new TreeMap<>();
        private final Map<AgentId, Integer> numbers = new HashMap<>();
        private final Map<AgentId, Integer> lows = new HashMap<>();
        private final Set<AgentId> open = new HashSet<>();
        private final Deque<AgentId> path = new ArrayDeque<>();
        private final List<List<AgentId>> circles = new ArrayList<>();

        Circles(List<WaitsFor> waits) {
            waits.forEach(wait -> awaited.computeIfAbsent(wait.waiting(), agent -> new ArrayList<>())
                    .add(wait.awaited()));
        }

        List<List<AgentId>> found() {
            awaited.keySet().stream()
                    .filter(agent -> !numbers.containsKey(agent))
                    .toList()
                    .forEach(this::walk);
            circles.sort((a, b) -> a.getFirst().compareTo(b.getFirst()));
            return List.copyOf(circles);
        }

        /** An agent on the way, and which of those it waits for is next. */
        private static final class Step {
            private final AgentId agent;
            private int next;

            Step(AgentId agent) {
                this.agent = agent;
            }
        }

        private void walk(AgentId start) {
            if (numbers.containsKey(start)) {
                return;
            }
            Deque<Step> steps = new ArrayDeque<>();
            steps.push(entered(start));
            while (!steps.isEmpty()) {
                Step step = steps.element();
                List<AgentId> others = awaited.getOrDefault(step.agent, List.of());
                if (step.next < others.size()) {
                    AgentId other = others.get(step.next++);
                    if (!numbers.containsKey(other)) {
                        steps.push(entered(other));
                    } else if (open.contains(other)) {
                        lows.merge(step.agent, number(other), Math::min);
                    }
                } else {
                    steps.pop();
                    leave(step.agent);
                    Step before = steps.peek();
                    if (before != null) {
                        lows.merge(before.agent, low(step.agent), Math::min);
                    }
                }
            }
        }

        private Step entered(AgentId agent) {
            int number = numbers.size();
            numbers.put(agent, number);
            lows.put(agent, number);
            path.push(agent);
            open.add(agent);
            return new Step(agent);
        }

        private void leave(AgentId agent) {
            if (low(agent) != number(agent)) {
                return;
            }
            List<AgentId> group = new ArrayList<>();
            AgentId member;
            do {
                member = path.pop();
                open.remove(member);
                group.add(member);
            } while (!member.equals(agent));
            if (group.size() > 1) {
                circles.add(group.stream().sorted().toList());
            }
        }

        private int number(AgentId agent) {
            return numbers.getOrDefault(agent, 0);
        }

        private int low(AgentId agent) {
            return lows.getOrDefault(agent, 0);
        }
    }
}
