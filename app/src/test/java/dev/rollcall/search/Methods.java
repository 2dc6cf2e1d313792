package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.JudgedSwarm.Judged;
import dev.rollcall.search.Question.Scope;
import java.util.List;

/** The search of a judged swarm, whole and with parts left out. Beside the BM25 baseline all know what is compared. */
final class Methods {
    /** More than any of the swarms has agents. */
    private static final int ALL_AGENTS = 100;

    private static final Weights DENSE = weights(0, 0, Weights.STANDARD.strong());

    private final JudgedSwarm swarm;
    private final Embedder embedder;
    private final DocumentWords documents;

    /** @param embedder reads the questions */
    Methods(JudgedSwarm swarm, Embedder embedder) {
        this.swarm = swarm;
        this.embedder = embedder;
        this.documents = new DocumentWords(swarm);
    }

    /** What is measured. */
    enum Method {
        DOCUMENTS("BM25 over whole documents"),
        WORDS("words alone"),
        WHOLE_VECTORS("vectors, the question as it stands"),
        VECTORS("vectors"),
        VECTORS_WORDS("vectors and words"),
        VECTORS_PROFILE("vectors and profile"),
        FULL("**full: vectors, words, profile**"),
        WHOLE("full, the question as it stands"),
        SCOPED("full, scope as the kind of question"),
        KNOWN_MEMBERS("full, known members only"),
        UNLABELLED("full, texts without labels");

        private final String title;

        Method(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    static Weights weights(double words, double profile, double strong) {
        Weights standard = Weights.STANDARD;
        return new Weights(words, profile, standard.outOfScope(), standard.lead(), standard.unknown(), strong);
    }

    /** Agents, the best first. */
    List<AgentId> ranked(Method method, Judged question) {
        Weights standard = Weights.STANDARD;
        return switch (method) {
            case DOCUMENTS -> documents.ranked(question.text());
            case WORDS -> agents(hitsByWords(question));
            case WHOLE_VECTORS -> agents(asItStands(DENSE, question));
            case VECTORS -> agents(hits(DENSE, question));
            case VECTORS_WORDS -> agents(hits(weights(standard.words(), 0, standard.strong()), question));
            case VECTORS_PROFILE -> agents(hits(weights(0, standard.profile(), standard.strong()), question));
            case FULL, UNLABELLED -> agents(hits(standard, question));
            case WHOLE -> agents(asItStands(standard, question));
            case SCOPED -> agents(searcher(standard).search(asked(question, scope(question))));
            case KNOWN_MEMBERS ->
                agents(new Searcher(new KnownMembers(swarm.passages()), swarm.index(), embedder)
                        .search(asked(question, Scope.ALL)));
        };
    }

    List<Hit> hits(Weights weights, Judged question) {
        return searcher(weights).search(asked(question, Scope.ALL));
    }

    List<Hit> hitsByWords(Judged question) {
        return new Searcher(swarm.passages(), swarm.index(), null).search(asked(question, Scope.ALL));
    }

    private List<Hit> asItStands(Weights weights, Judged question) {
        return searcher(weights).search(asked(question, Scope.ALL), embedder.embed(question.text()));
    }

    private Searcher searcher(Weights weights) {
        return new Searcher(swarm.passages(), swarm.index(), embedder, weights);
    }

    private static Question asked(Judged question, Scope scope) {
        return new Question(question.text(), scope, agent -> true, ALL_AGENTS);
    }

    private static Scope scope(Judged question) {
        return switch (question.kind()) {
            case "current" -> Scope.CURRENT;
            case "expertise" -> Scope.EXPERTISE;
            default -> Scope.ALL;
        };
    }

    private static List<AgentId> agents(List<Hit> hits) {
        return hits.stream().map(Hit::agent).toList();
    }
}
