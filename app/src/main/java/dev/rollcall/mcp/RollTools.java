package dev.rollcall.mcp;

import dev.rollcall.answers.AgentAnswer;
import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.answers.KnownAgent;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.roll.Freshness;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who is on the roll, and what one agent says of itself. */
final class RollTools {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    /** Any reason to look at an agent. */
    private static final String ANY = "any";

    private static final List<String> REASONS = Stream.concat(
                    Stream.of(ANY), Stream.of(Need.values()).filter(Need::isAny).map(Need::label))
            .toList();

    private static final String AT =
            "As of a past moment: a time such as 2025-10-15T12:00:00Z, \"2h ago\", yesterday, or a revision such as r123.";

    /** What matters most of an agent, and of its document. */
    private static final Set<String> BRIEF_AGENT = Set.of(
            "agent_id",
            "state",
            "status",
            "freshness",
            "age_seconds",
            "current_mission",
            "current_focus",
            "cycle_count",
            "points_earned",
            "findings",
            "rejected_since",
            "revision",
            "lag_cycles",
            "at",
            "damaged",
            "document");

    private static final Set<String> BRIEF_DOCUMENT =
            Set.of("current_phase", "mission_priority", "current_tasks", "blockers", "next_actions");

    /** As people count, and what is told a page at a time in that order is told once. */
    static final Comparator<String> BY_ID = Comparator.comparing(AgentId::new);

    private RollTools() {}

    static List<Tool> all() {
        return List.of(
                Tool.reading(
                        "roll",
                        "The whole swarm at a glance: for each agent its state, freshness, mission and why it needs attention,"
                                + " and how many there are of each. Begin here; attention=any tells whom to look at. "
                                + "Agents come by id, a page at a time. " + Reply.WARNING,
                        List.of(
                                Argument.choice("state", State.class, "Only agents in this state."),
                                Argument.choice("freshness", Freshness.class, "Only agents of this freshness."),
                                Argument.choice(
                                        "attention",
                                        REASONS,
                                        "Only agents that need attention, for any or for this reason."),
                                Argument.text("at", AT),
                                Argument.limit(USUAL, MOST),
                                Argument.CURSOR,
                                Argument.DETAIL),
                        RollTools::roll),
                Tool.reading(
                        "agent",
                        "One agent: what it says it is doing, how fresh that is, its tasks, blockers and next actions, and"
                                + " what is odd about it. detail=normal adds its whole document. " + Reply.WARNING,
                        List.of(
                                Argument.agent("Whom, as roll tells it.").required(),
                                Argument.text("at", AT),
                                Argument.DETAIL),
                        RollTools::agent));
    }

    private static String roll(Call call) {
        Arguments arguments = call.arguments();
        String at = arguments.text("at");
        return call.ask(rollcall -> at == null ? now(rollcall, arguments) : then(rollcall, arguments, at));
    }

    private static String now(Rollcall rollcall, Arguments arguments) {
        List<Observation> all = rollcall.observations().all(Detail.EVIDENCE);
        return page(rollcall, arguments, all, rollcall.clock().instant());
    }

    private static String then(Rollcall rollcall, Arguments arguments, String text) {
        Hindsight hindsight = rollcall.hindsight();
        Instant at = hindsight.moments().read(text);
        return page(rollcall, arguments, hindsight.all(at).agents(), at);
    }

    private static String page(Rollcall rollcall, Arguments arguments, List<Observation> all, Instant at) {
        List<Observation> wanted = wanted(arguments, all);
        Reply.Turn turn = arguments.turn(USUAL);
        Reply.Pages<Observation> pages = new Reply.Pages<>(
                "agents",
                agent -> agent.entry().agent().value(),
                BY_ID,
                agent -> Fitted.read(JsonOutput.line(json -> row(json, agent, turn.detail()))));
        return pages.page(turn, wanted, json -> {
            json.text("swarm", rollcall.settings().swarm().value())
                    .time("at", at)
                    .number("agents_on_roll", all.size())
                    .number("matching", wanted.size());
            if (turn.cursor() == null) {
                counts(json, "by_state", all, agent -> agent.entry().columns().state());
                counts(json, "by_freshness", all, Observation::freshness);
                counts(json, "needing_attention", needing(all), Need::of);
            }
        });
    }

    private static List<Observation> wanted(Arguments arguments, List<Observation> all) {
        State state = arguments.choice("state", State.class).orElse(null);
        Freshness freshness = arguments.choice("freshness", Freshness.class).orElse(null);
        String attention = arguments.text("attention");
        return (attention == null ? all.stream() : needing(all).stream())
                .filter(agent -> state == null || agent.entry().columns().state() == state)
                .filter(agent -> freshness == null || agent.freshness() == freshness)
                .filter(agent -> attention == null
                        || attention.equals(ANY)
                        || Need.of(agent).label().equals(attention))
                .toList();
    }

    private static List<Observation> needing(List<Observation> all) {
        return all.stream().filter(agent -> Need.of(agent).isAny()).toList();
    }

    private static String label(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }

    private static void counts(
            JsonOutput json, String name, List<Observation> agents, Function<Observation, Enum<?>> word) {
        Map<Enum<?>, Long> counts =
                agents.stream().collect(Collectors.groupingBy(word, TreeMap::new, Collectors.counting()));
        json.object(name, member -> counts.forEach((each, count) -> member.number(label(each), count)));
    }

    /** Other than an agent's answer it tells why the agent needs attention. */
    private static void row(JsonOutput json, Observation agent, dev.rollcall.mcp.Detail detail) {
        if (detail.isAtLeast(dev.rollcall.mcp.Detail.FULL)) {
            JsonShapes.observation(json, agent);
        } else {
            briefly(json, agent);
        }
        Need need = Need.of(agent);
        if (need != Need.NONE) {
            json.text("attention", need.label());
        }
        if (detail == dev.rollcall.mcp.Detail.NORMAL) {
            json.text("status", text(agent, StatusField.STATUS))
                    .text("current_focus", text(agent, StatusField.CURRENT_FOCUS))
                    .number("cycle_count", agent.entry().columns().cycleCount().orElse(null))
                    .decimal(
                            "points_earned",
                            agent.entry().columns().pointsEarned().orElse(null))
                    .number("lag_cycles", agent.lag().cycles())
                    .texts(
                            "findings",
                            agent.findings().stream()
                                    .map(finding -> finding.message())
                                    .toList());
        }
    }

    private static void briefly(JsonOutput json, Observation agent) {
        json.text("agent_id", agent.entry().agent().value())
                .text("state", label(agent.entry().columns().state()))
                .text("freshness", label(agent.freshness()))
                .number(
                        "age_seconds",
                        agent.age() == null ? null : Long.valueOf(agent.age().toSeconds()))
                .text("mission", text(agent, StatusField.CURRENT_MISSION))
                .texts("blockers", agent.entry().columns().blockers());
    }

    private static @Nullable String text(Observation agent, StatusField field) {
        return agent.entry().columns().text(field).orElse(null);
    }

    private static String agent(Call call) {
        Arguments arguments = call.arguments();
        AgentId agent = arguments.agent();
        String at = arguments.text("at");
        String answer = call.ask(rollcall -> at == null ? agentNow(rollcall, agent) : agentThen(rollcall, agent, at));
        return arguments.detail().isAtLeast(dev.rollcall.mcp.Detail.NORMAL)
                ? Reply.of(arguments.detail(), answer)
                : Reply.of(arguments.detail(), brief(Fitted.read(answer)), BRIEF_AGENT);
    }

    static String agentNow(Rollcall rollcall, AgentId agent) {
        Observation observation =
                rollcall.observations().find(agent, Detail.EVIDENCE).orElseThrow(() -> rollcall.unknown(agent));
        return AgentAnswer.json(
                observation, rollcall.roll().currentDocument(agent).orElse("null"));
    }

    private static String agentThen(Rollcall rollcall, AgentId agent, String at) {
        Hindsight hindsight = KnownAgent.past(rollcall, agent);
        return AgentAnswer.json(hindsight.find(agent, hindsight.moments().read(agent, at)));
    }

    /** With only those members of the document that matter most. */
    private static JsonValue.Obj brief(JsonValue.Obj answer) {
        return new JsonValue.Obj(
                answer.members().stream()
                        .flatMap(member -> member.value() instanceof JsonValue.Obj document
                                        && member.name().equals("document")
                                ? Stream.of(new JsonValue.Member(
                                        member.name(), member.nameStart(), Reply.kept(document, BRIEF_DOCUMENT)))
                                : Stream.of(member))
                        .toList(),
                answer.start(),
                answer.end());
    }
}
