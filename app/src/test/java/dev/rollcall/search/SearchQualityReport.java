package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.embedding.MiniLmEmbedder;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.JudgedSwarm.Judged;
import dev.rollcall.search.Methods.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints how well the search finds what judged questions ask for. Started by benchmarks/quality.py: {@code FOLDER...} */
final class SearchQualityReport {
    private static final double[] BOUNDS = {0.27, 0.32, 0.37, 0.42, 0.47};

    private final List<SearchQuality> sets = new ArrayList<>();
    private final Map<Method, List<Figures>> figures = new EnumMap<>(Method.class);

    private SearchQualityReport() {}

    public static void main(String[] folders) throws IOException {
        System.out.printf("In brackets: 95 %% intervals over resampled questions, seed %d.%n", Figures.SEED);
        try (Embedder embedder = new RememberingEmbedder(MiniLmEmbedder.load(null))) {
            SearchQualityReport report = new SearchQualityReport();
            for (String folder : folders) {
                report.add(Path.of(folder), embedder);
            }
            report.printTogether();
            report.printBounds();
            report.sets.forEach(set -> set.swarm().close());
        }
    }

    private void add(Path folder, Embedder embedder) throws IOException {
        JudgedSwarm swarm = JudgedSwarm.load(folder, Files.createTempDirectory("judged"), embedder);
        SearchQuality set = new SearchQuality(swarm, embedder);
        sets.add(set);
        Map<Method, Figures> its = new EnumMap<>(Method.class);
        for (Method method : Method.values()) {
            its.put(method, method == Method.UNLABELLED ? unlabelled(folder, embedder) : set.figures(method));
        }
        its.forEach((method, one) ->
                figures.computeIfAbsent(method, key -> new ArrayList<>()).add(one));
        System.out.printf(
                "%n### %s: %d agents, %d questions%n%n",
                swarm.name(), swarm.agents().size(), swarm.questions().size());
        print(its);
        printRest(set);
    }

    private static Figures unlabelled(Path folder, Embedder embedder) throws IOException {
        Path place = Files.createTempDirectory("unlabelled");
        try (JudgedSwarm swarm = JudgedSwarm.load(folder, place, new UnlabelledEmbedder(embedder))) {
            return new SearchQuality(swarm, embedder).figures(Method.UNLABELLED);
        }
    }

    private static void print(Map<Method, Figures> figures) {
        System.out.println("| method | questions | hit@1 | MRR | recall@3 |");
        System.out.println("|---|---|---|---|---|");
        figures.forEach((method, all) -> {
            System.out.printf(
                    "| %s | all %d | %s |%n", method.title(), all.outcomes().size(), all.row());
            for (String overlap : List.of("low", "high")) {
                Figures some = all.withOverlap(overlap);
                System.out.printf("| | %s %d | %s |%n", overlap, some.outcomes().size(), some.row());
            }
        });
    }

    private static void printRest(SearchQuality set) {
        System.out.printf(
                "%nFirst hit strong where somebody fits: %.2f; weak where nobody does: %.2f. By words alone: %.2f; %.2f.%n",
                set.strong(Weights.STANDARD), set.weak(Weights.STANDARD), set.strongByWords(), set.weakByWords());
        long aboutState =
                set.swarm().questions().stream().filter(Judged::isAboutState).count();
        System.out.printf(
                "Questions about states: %d; answered from the columns: %d; wrongly: %s.%n",
                aboutState, set.rightlyFromColumns().size(), set.wronglyFromColumns());
        Set<Set<AgentId>> judged = set.swarm().overlaps();
        Set<Set<AgentId>> found = set.overlaps();
        long right = found.stream().filter(judged::contains).count();
        System.out.printf(
                "Same work: %d pairs judged, %d found, %d of them judged.%n", judged.size(), found.size(), right);
        for (Set<AgentId> pair : judged) {
            List<AgentId> both = pair.stream().sorted().toList();
            System.out.printf(
                    "Similar to %1$s: %2$s is number %3$d; to %2$s: %1$s is number %4$d.%n",
                    both.getFirst(),
                    both.getLast(),
                    set.placeAmongSimilar(both.getFirst(), both.getLast()),
                    set.placeAmongSimilar(both.getLast(), both.getFirst()));
        }
        List<Hit> similar = set.swarm().agents().stream()
                .flatMap(agent -> set.similar(agent).stream())
                .toList();
        System.out.printf(
                "Similar: %d of %d are strong.%n",
                similar.stream()
                        .filter(hit -> hit.strength() == Strength.STRONG)
                        .count(),
                similar.size());
    }

    private void printTogether() {
        System.out.printf("%n### All sets together%n%n");
        Map<Method, Figures> together = new EnumMap<>(Method.class);
        figures.forEach((method, some) -> together.put(method, Figures.together(some)));
        print(together);
        Figures full = together.getOrDefault(Method.FULL, new Figures(List.of()));
        System.out.printf("%n| MRR of full, less that of | question by question |%n|---|---|%n");
        together.forEach((method, one) -> System.out.printf("| %s | %s |%n", method.title(), full.against(one)));
    }

    /** Where a stricter or a milder bound of a strong hit would lead. */
    private void printBounds() {
        System.out.printf(
                "%n| bound | set | strong where somebody fits | weak where nobody does |%n|---|---|---|---|%n");
        for (double bound : BOUNDS) {
            Weights weights = Methods.weights(Weights.STANDARD.words(), Weights.STANDARD.profile(), bound);
            for (SearchQuality set : sets) {
                System.out.printf(
                        "| %.2f | %s | %.2f | %.2f |%n",
                        bound, set.swarm().name(), set.strong(weights), set.weak(weights));
            }
        }
    }
}
