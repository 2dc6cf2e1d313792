package dev.rollcall.http;

import dev.rollcall.answers.HitsAnswer;
import dev.rollcall.answers.OverlapsAnswer;
import dev.rollcall.answers.RecommendationAnswer;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.SearchRequest;
import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.search.Question.Scope;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** Agents by meaning. */
final class SearchRoutes {
    private static final int USUAL = 5;
    private static final int MOST = 1_000;

    private final OpenSwarm swarm;

    SearchRoutes(OpenSwarm swarm) {
        this.swarm = swarm;
    }

    void addTo(RoutesConfig routes) {
        Looking.at(routes, "/api/v1/search", this::search);
        Looking.at(routes, "/api/v1/agents/{id}/similar", this::similar);
        Looking.at(routes, "/api/v1/recommend", this::recommend);
        Looking.at(routes, "/api/v1/overlaps", this::overlaps);
    }

    private void search(Context context) {
        Parameters parameters = Parameters.of(context, "q", "scope", "state", "freshness", "k");
        String query = parameters.required("q");
        Scope scope = parameters.choice("scope", Scope.class).orElse(Scope.ALL);
        Wanted wanted = new Wanted(
                parameters.choice("state", State.class).orElse(null),
                parameters.choice("freshness", Freshness.class).orElse(null));
        SearchRequest request = new SearchRequest(Kind.SEARCH, query, scope, wanted, atMost(parameters));
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .ask(rollcall ->
                                HitsAnswer.ofSearch(query, rollcall.searching().ask(request))));
    }

    private void similar(Context context) {
        Parameters parameters = Parameters.of(context, "k");
        String agent = parameters.agent().value();
        SearchRequest request = new SearchRequest(Kind.SIMILAR, agent, Scope.ALL, Wanted.ANYBODY, atMost(parameters));
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .ask(rollcall -> HitsAnswer.ofSimilar(
                                agent, rollcall.searching().ask(request).answers())));
    }

    private void recommend(Context context) {
        Parameters parameters = Parameters.of(context, "task", "k");
        String task = parameters.required("task");
        int atMost = atMost(parameters);
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .askForLong(rollcall -> RecommendationAnswer.json(
                                task, rollcall.searching().here(search -> search.recommend(task, atMost)))));
    }

    private void overlaps(Context context) {
        Parameters.of(context);
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .askForLong(rollcall ->
                                OverlapsAnswer.json(rollcall.searching().here(SwarmSearch::overlaps))));
    }

    private static int atMost(Parameters parameters) {
        return parameters.number("k", USUAL, 1, MOST);
    }
}
