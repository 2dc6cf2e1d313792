package dev.rollcall.search;

import dev.rollcall.app.SwarmSearch;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.AgentId;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.JudgedSwarm.Judged;
import dev.rollcall.search.Methods.Method;
import dev.rollcall.search.Question.Scope;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** How well the search of one judged swarm finds what is asked for. */
final class SearchQuality {
    private final JudgedSwarm swarm;
    private final Methods methods;
    private final Map<Method, Figures> figures = new EnumMap<>(Method.class);

    /** @param embedder reads the questions */
    SearchQuality(JudgedSwarm swarm, Embedder embedder) {
        this.swarm = swarm;
        this.methods = new Methods(swarm, embedder);
    }

    JudgedSwarm swarm() {
        return swarm;
    }

    Figures figures(Method method) {
        return figures.computeIfAbsent(
                method, one -> Figures.of(swarm.questions(), question -> methods.ranked(one, question)));
    }

    /** Of the questions that somebody answers, the share whose first hit is strong. */
    double strong(Weights weights) {
        return share(Judged::isFitting, Strength.STRONG, question -> methods.hits(weights, question));
    }

    /** Of the questions that nobody answers, the share whose first hit is weak, or which have none. */
    double weak(Weights weights) {
        return share(Judged::isUnfitting, Strength.WEAK, question -> methods.hits(weights, question));
    }

    double strongByWords() {
        return share(Judged::isFitting, Strength.STRONG, methods::hitsByWords);
    }

    double weakByWords() {
        return share(Judged::isUnfitting, Strength.WEAK, methods::hitsByWords);
    }

    private double share(Predicate<Judged> which, Strength wanted, Function<Judged, List<Hit>> search) {
        return swarm.questions().stream()
                .filter(which)
                .mapToDouble(question -> strengthOfFirst(search.apply(question)) == wanted ? 1 : 0)
                .average()
                .orElse(Double.NaN);
    }

    private static Strength strengthOfFirst(List<Hit> hits) {
        return hits.isEmpty() ? Strength.WEAK : hits.getFirst().strength();
    }

    /** Questions about states that are answered from the columns as they should be; others are left to the texts. */
    List<String> rightlyFromColumns() {
        return fromColumns(this::isRightFromColumns);
    }

    /** Questions that are wrongly answered from the columns: about something else, or with other agents. */
    List<String> wronglyFromColumns() {
        return fromColumns(question -> !isRightFromColumns(question));
    }

    private List<String> fromColumns(Predicate<Judged> which) {
        return swarm.questions().stream()
                .filter(question -> StateQuestion.in(question.text()).isPresent())
                .filter(which)
                .map(Judged::text)
                .toList();
    }

    private boolean isRightFromColumns(Judged question) {
        SwarmSearch search = swarm.asUsed();
        Set<AgentId> told = search.search(question.text(), Scope.ALL, Wanted.ANYBODY, 100).stream()
                .map(answer -> answer.hit().agent())
                .collect(Collectors.toSet());
        return question.isAboutState() && told.equals(question.answers());
    }

    /** Pairs that the search says do the same work. */
    Set<Set<AgentId>> overlaps() {
        return swarm.asUsed().overlaps().pairs().stream()
                .map(pair ->
                        Set.of(pair.pair().first().agent(), pair.pair().second().agent()))
                .collect(Collectors.toSet());
    }

    /** Where the other of a pair stands among those who are similar to the one, from 1. */
    int placeAmongSimilar(AgentId one, AgentId other) {
        return similar(one).stream().map(Hit::agent).toList().indexOf(other) + 1;
    }

    List<Hit> similar(AgentId agent) {
        return new Likeness(swarm.passages(), swarm.index()).like(agent, other -> true, 100);
    }
}
