package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.StatusParser;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.Overlaps;
import dev.rollcall.search.Question;
import dev.rollcall.search.Question.Scope;
import dev.rollcall.search.Recommendation;
import dev.rollcall.search.Recommender.Circumstances;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import dev.rollcall.search.StateQuestion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Agents by meaning: who does something, who is like somebody, who should do something, who does the same. Each answer is
 * of one moment. For one thread at a time.
 */
public final class SwarmSearch {
    private static final Set<State> AT_WORK =
            EnumSet.of(State.ACTIVE, State.WAITING, State.BLOCKED, State.ERROR, State.UNKNOWN);

    /** Whether it has work in hand and has not left. */
    static boolean isAtWork(RollEntry agent) {
        return AT_WORK.contains(agent.columns().state()) && agent.presence() == Presence.PRESENT;
    }

    private final SearchSession session;
    private final Map<AgentId, Observation> agents;
    private final Rollcall rollcall;

    SwarmSearch(Rollcall rollcall, SearchSession session) {
        this.rollcall = rollcall;
        this.session = session;
        this.agents = rollcall.observations().all(Detail.FRESHNESS).stream()
                .collect(Collectors.toMap(agent -> agent.entry().agent(), agent -> agent));
    }

    /** An agent that answers, and how it is now. */
    public record Answer(Hit hit, State state, Freshness freshness) {}

    /**
     * Whose answers are wanted.
     *
     * @param state null for any
     * @param freshness null for any
     */
    public record Wanted(@Nullable State state, @Nullable Freshness freshness) {
        public static final Wanted ANYBODY = new Wanted(null, null);

        boolean has(Observation agent) {
            return (state == null || agent.entry().columns().state() == state)
                    && (freshness == null || agent.freshness() == freshness);
        }
    }

    /** What an answer lacks, in sentences; empty when it lacks nothing. */
    public List<String> notices() {
        return session.notices();
    }

    /** The best first. A question about states alone is answered from the roll's columns. */
    public SearchAnswers ask(String question, Scope scope, Wanted wanted, int atMost) {
        Optional<StateQuestion> states = StateQuestion.in(question);
        if (states.isEmpty()) {
            List<Answer> answers =
                    answers(session.searcher().search(new Question(question, scope, wanted(wanted), atMost)));
            return SearchAnswers.ofTexts(answers, notices());
        }
        List<Answer> all = inState(states.get(), wanted);
        List<Answer> told = all.stream().limit(atMost).toList();
        return new SearchAnswers(told, notices(), Source.COLUMNS, all.size() - told.size());
    }

    /** The answers of {@link #ask} alone. */
    public List<Answer> search(String question, Scope scope, Wanted wanted, int atMost) {
        return ask(question, scope, wanted, atMost).answers();
    }

    /** @throws dev.rollcall.problem.ProblemException UNKNOWN_AGENT with the nearest names */
    public List<Answer> similar(AgentId agent, Wanted wanted, int atMost) {
        if (!agents.containsKey(agent)) {
            throw rollcall.unknown(agent);
        }
        return answers(session.likeness().like(agent, wanted(wanted), atMost));
    }

    /** A recommendation, and how the agent is now. */
    public record Recommended(Recommendation recommendation, State state, Freshness freshness) {}

    /** The best first; nobody who has left. */
    public List<Recommended> recommend(String task, int atMost) {
        Map<AgentId, Circumstances> circumstances = new HashMap<>();
        agents.forEach((id, agent) -> circumstances.put(
                id,
                new Circumstances(agent.entry().columns().state(), agent.freshness(), silence(agent), openTasks(id))));
        return session.recommender().recommend(task, circumstances, atMost).stream()
                .map(one -> {
                    Observation agent = known(one.hit().agent());
                    return new Recommended(one, agent.entry().columns().state(), agent.freshness());
                })
                .toList();
    }

    /** Who is at this piece of work now, the likest first. */
    public List<Answer> atWork(String work, int atMost) {
        return answers(session.works()
                .at(work, id -> agents.containsKey(id) && isAtWork(known(id).entry()), atMost));
    }

    /** Two that do the same work, and how fresh what each says is. */
    public record Overlapping(Overlaps.Pair pair, Freshness first, Freshness second) {}

    /**
     * Pairs that do the same work now.
     *
     * @param pairs the likest first
     * @param more how many there are besides, none of them liker
     */
    public record Overlapped(List<Overlapping> pairs, long more) {}

    public Overlapped overlaps() {
        Overlaps.Found found = session.overlaps()
                .among(agents.values().stream()
                        .map(Observation::entry)
                        .filter(SwarmSearch::isAtWork)
                        .map(RollEntry::agent)
                        .toList());
        return new Overlapped(
                found.pairs().stream()
                        .map(pair -> new Overlapping(
                                pair,
                                known(pair.first().agent()).freshness(),
                                known(pair.second().agent()).freshness()))
                        .toList(),
                found.more());
    }

    private Predicate<AgentId> wanted(Wanted wanted) {
        return id -> agents.containsKey(id) && wanted.has(known(id));
    }

    private Observation known(AgentId agent) {
        return Objects.requireNonNull(agents.get(agent));
    }

    private List<Answer> answers(List<Hit> hits) {
        return hits.stream().map(hit -> answer(hit, known(hit.agent()))).toList();
    }

    static Answer answer(Hit hit, Observation agent) {
        return new Answer(hit, agent.entry().columns().state(), agent.freshness());
    }

    private List<Answer> inState(StateQuestion question, Wanted wanted) {
        List<Answer> answers = new ArrayList<>();
        for (AgentId id : agents.keySet().stream().sorted().toList()) {
            Observation agent = known(id);
            List<String> blockers = agent.entry().columns().blockers();
            boolean isMeant = question.isAnsweredBy(agent.entry().columns().state(), blockers);
            if (isMeant && agent.freshness() != Freshness.LEFT && wanted.has(agent)) {
                answers.add(answer(stated(agent, blockers), agent));
            }
        }
        return answers;
    }

    private static Hit stated(Observation agent, List<String> blockers) {
        String field = blockers.isEmpty() ? "status" : "blocker";
        String text = blockers.isEmpty()
                ? agent.entry().columns().text(StatusField.STATUS).orElse("")
                : blockers.getFirst();
        FoundPassage passage = new FoundPassage(
                0,
                agent.entry().agent(),
                field,
                text,
                agent.entry().revision(),
                Optional.ofNullable(agent.entry().lastActivityAt()).orElse(Instant.EPOCH),
                When.NOW,
                null);
        return new Hit(agent.entry().agent(), 1, Strength.STRONG, passage, 0, 0, 0);
    }

    private static double silence(Observation agent) {
        Duration age = agent.age();
        double untilStale = Math.max(1, agent.thresholds().quietFor().toMillis());
        return age == null ? Double.POSITIVE_INFINITY : age.toMillis() / untilStale;
    }

    private int openTasks(AgentId agent) {
        String document = rollcall.roll().currentDocument(agent).orElse("");
        return StatusParser.parse(document.getBytes(StandardCharsets.UTF_8)) instanceof ParseResult.Parsed parsed
                ? parsed.document()
                        .root()
                        .member("current_tasks")
                        .map(member -> member.value() instanceof JsonValue.Arr tasks
                                ? tasks.items().size()
                                : 0)
                        .orElse(0)
                : 0;
    }
}
