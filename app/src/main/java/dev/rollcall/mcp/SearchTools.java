package dev.rollcall.mcp;

import dev.rollcall.answers.HitsAnswer;
import dev.rollcall.answers.OverlapsAnswer;
import dev.rollcall.answers.RecommendationAnswer;
import dev.rollcall.app.SearchAnswers;
import dev.rollcall.app.SearchRequest;
import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.State;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.search.Question.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Agents by meaning. */
final class SearchTools {
    private static final int USUAL = 5;
    private static final int MOST = 50;

    /** What matters most of somebody who was found. */
    private static final Set<String> BRIEF_HIT =
            Set.of("agent_id", "score", "strength", "text", "field", "state", "freshness", "past", "recommendation");

    private SearchTools() {}

    /** An answer, and what it lacks in sentences. */
    private record Told(String json, List<String> notices) {}

    static List<Tool> all() {
        Argument many = new Argument(
                "k",
                Argument.Type.INTEGER,
                "At most so many, 1 to " + MOST + " (default " + USUAL + ").",
                Argument.Need.OPTIONAL,
                List.of(),
                1,
                MOST);
        return List.of(
                Tool.reading(
                        "search",
                        "Agents by meaning: who does something, knows it, or did it before; each with the sentence that says so."
                                + " strength=weak means that nobody clearly fits. " + Reply.WARNING,
                        List.of(
                                Argument.text("query", "What to look for, in your own words.")
                                        .required(),
                                Argument.choice("scope", Scope.class, "What counts more (default all)."),
                                Argument.choice("state", State.class, "Only agents in this state."),
                                many,
                                Argument.DETAIL),
                        SearchTools::search),
                Tool.reading(
                        "similar",
                        "Agents like this one, by all that their documents say. " + Reply.WARNING,
                        List.of(Argument.agent("To whom.").required(), many, Argument.DETAIL),
                        SearchTools::similar),
                Tool.reading(
                        "recommend",
                        "Who should take a task: who knows it, is free, and has few tasks. Call it before you hand work on. "
                                + Reply.WARNING,
                        List.of(
                                Argument.text("task", "The task, in your own words.")
                                        .required(),
                                many,
                                Argument.DETAIL),
                        SearchTools::recommend),
                Tool.reading(
                        "overlaps",
                        "Pairs of agents that do the same work now. Call it before a new mission begins. "
                                + Reply.WARNING,
                        List.of(Argument.DETAIL),
                        SearchTools::overlaps));
    }

    private static String search(Call call) {
        Arguments arguments = call.arguments();
        String query = arguments.required("query");
        Wanted wanted = new Wanted(arguments.choice("state", State.class).orElse(null), null);
        Scope scope = arguments.choice("scope", Scope.class).orElse(Scope.ALL);
        SearchRequest request = new SearchRequest(Kind.SEARCH, query, scope, wanted, arguments.number("k", USUAL));
        SearchAnswers told = call.ask(rollcall -> rollcall.searching().ask(request));
        return reply(arguments.detail(), new Told(HitsAnswer.ofSearch(query, told), told.notices()));
    }

    private static String similar(Call call) {
        Arguments arguments = call.arguments();
        AgentId agent = arguments.agent();
        SearchRequest request =
                new SearchRequest(Kind.SIMILAR, agent.value(), Scope.ALL, Wanted.ANYBODY, arguments.number("k", USUAL));
        SearchAnswers told = call.ask(rollcall -> rollcall.searching().ask(request));
        return reply(arguments.detail(), new Told(HitsAnswer.ofSimilar(agent.value(), told.answers()), told.notices()));
    }

    private static String recommend(Call call) {
        Arguments arguments = call.arguments();
        String task = arguments.required("task");
        int atMost = arguments.number("k", USUAL);
        return here(call, search -> RecommendationAnswer.json(task, search.recommend(task, atMost)));
    }

    private static String overlaps(Call call) {
        return here(call, search -> OverlapsAnswer.json(search.overlaps()));
    }

    private static String here(Call call, Function<SwarmSearch, String> question) {
        Told told = call.askForLong(
                rollcall -> rollcall.searching().here(search -> new Told(question.apply(search), search.notices())));
        return reply(call.arguments().detail(), told);
    }

    private static String reply(Detail detail, Told told) {
        JsonValue.Obj answer = Fitted.read(told.json());
        List<JsonValue.Member> members = new ArrayList<>();
        for (JsonValue.Member member : answer.members()) {
            boolean isHits = member.name().equals("hits") && detail == Detail.BRIEF;
            members.add(
                    isHits && member.value() instanceof JsonValue.Arr hits
                            ? new JsonValue.Member(member.name(), member.nameStart(), brief(hits))
                            : member);
        }
        if (!told.notices().isEmpty()) {
            List<JsonValue> notices = told.notices().stream()
                    .map(notice -> (JsonValue) new JsonValue.Text(notice, 0, 0))
                    .toList();
            members.add(new JsonValue.Member("notices", 0, new JsonValue.Arr(notices, 0, 0)));
        }
        return Reply.of(detail, new JsonValue.Obj(members, 0, 0), Set.of());
    }

    private static JsonValue brief(JsonValue.Arr hits) {
        return new JsonValue.Arr(
                hits.items().stream()
                        .map(hit -> hit instanceof JsonValue.Obj found ? Reply.kept(found, BRIEF_HIT) : hit)
                        .toList(),
                hits.start(),
                hits.end());
    }
}
