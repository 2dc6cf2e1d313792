package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.push.PushReport.Concern;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What of the agents needs attention, each said once for as long as it stays the same. For one thread at a time. */
final class Concerns {
    private static final int MOST_SHOWN = 20;

    private final Consumer<String> said;
    private final Map<AgentId, Set<Concern>> told = new HashMap<>();

    Concerns(Consumer<String> said) {
        this.said = said;
    }

    /** Of everybody: who is not in it has no trouble any more. */
    void tellAll(PushReport report) {
        tellOf(new HashSet<>(told.keySet()), report);
    }

    void tellOf(Collection<AgentId> agents, PushReport report) {
        List<Concern> news = report.concerns().stream()
                .filter(concern -> !told.getOrDefault(concern.agent(), Set.of()).contains(concern))
                .toList();
        agents.forEach(told::remove);
        told.putAll(report.concerns().stream().collect(Collectors.groupingBy(Concern::agent, Collectors.toSet())));
        news.stream()
                .limit(MOST_SHOWN)
                .forEach(concern -> said.accept(
                        "warning: " + concern.agent() + ": " + concern.kind().label() + ": " + concern.message()));
        if (news.size() > MOST_SHOWN) {
            said.accept("warning: ... and " + (news.size() - MOST_SHOWN)
                    + " more; end this push, and rollcall push -v names all");
        }
    }
}
