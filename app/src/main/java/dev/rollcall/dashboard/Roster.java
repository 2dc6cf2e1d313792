package dev.rollcall.dashboard;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.dashboard.Member.Awaited;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.report.Waits;
import dev.rollcall.report.WaitsFor;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Everybody on the roll at one moment, by id, with what each needs. */
record Roster(Look look, List<Member> members) {
    private static final Comparator<Member> URGENCY = Comparator.comparing(Member::need)
            .thenComparing(Member::since, Comparator.nullsFirst(Comparator.naturalOrder()))
            .thenComparing(Member::agent);

    /** Also asks the database since when agents are stuck, of whom that is not known yet. */
    static Roster of(Look look, StuckTimes times) {
        List<Observation> agents = look.agents();
        Map<AgentId, List<Awaited>> awaited = awaited(agents);
        List<Need> needs = agents.stream().map(Need::of).toList();
        List<RollEntry> stuck = IntStream.range(0, agents.size())
                .filter(i -> needs.get(i) == Need.STUCK)
                .mapToObj(i -> agents.get(i).entry())
                .toList();
        Map<AgentId, Instant> since = times.of(stuck, look);
        List<Member> members = new ArrayList<>(agents.size());
        for (int i = 0; i < agents.size(); i++) {
            AgentId id = agents.get(i).entry().agent();
            members.add(new Member(
                    agents.get(i),
                    needs.get(i),
                    look.rejected().get(id),
                    since.get(id),
                    awaited.getOrDefault(id, List.of())));
        }
        return new Roster(look, members);
    }

    private static Map<AgentId, List<Awaited>> awaited(List<Observation> agents) {
        Map<AgentId, List<String>> blockers = new HashMap<>();
        Map<AgentId, State> states = new HashMap<>();
        for (Observation agent : agents) {
            states.put(agent.entry().agent(), agent.entry().columns().state());
            List<String> texts = agent.entry().columns().blockers();
            if (!texts.isEmpty() && agent.freshness() != Freshness.LEFT) {
                blockers.put(agent.entry().agent(), texts);
            }
        }
        if (blockers.isEmpty()) {
            return Map.of();
        }
        List<WaitsFor> waits = Waits.of(blockers, states.keySet()).waits();
        Set<AgentId> waiting = new HashSet<>();
        waits.forEach(wait -> waiting.add(wait.waiting()));
        Map<AgentId, List<Awaited>> awaited = new HashMap<>();
        for (WaitsFor wait : waits) {
            awaited.computeIfAbsent(wait.waiting(), agent -> new ArrayList<>())
                    .add(new Awaited(
                            wait.awaited(),
                            states.getOrDefault(wait.awaited(), State.UNKNOWN),
                            waiting.contains(wait.awaited())));
        }
        return awaited;
    }

    Instant at() {
        return look.at();
    }

    /** Who needs somebody, most urgent first. */
    List<Member> needy() {
        return members.stream()
                .filter(member -> member.need().isAny())
                .sorted(URGENCY)
                .toList();
    }

    /** How many are in each state, those that left apart; without states in which nobody is. */
    Map<State, Long> states() {
        return members.stream()
                .filter(member -> member.need() != Need.LEFT)
                .collect(Collectors.groupingBy(Member::state, Collectors.counting()));
    }

    /** How many are of each freshness; without those of which nobody is. */
    Map<Freshness, Long> freshness() {
        return members.stream()
                .collect(Collectors.groupingBy(member -> member.observation().freshness(), Collectors.counting()));
    }

    /** Those whose workspace is there. */
    long present() {
        return members.size() - freshness().getOrDefault(Freshness.LEFT, 0L);
    }

    /** The member of this id; null for nobody. */
    @Nullable
    Member find(AgentId agent) {
        return members.stream()
                .filter(member -> member.agent().equals(agent))
                .findFirst()
                .orElse(null);
    }
}
