package dev.rollcall.http;

import dev.rollcall.answers.AgentAnswer;
import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.answers.KnownAgent;
import dev.rollcall.answers.RollAnswer;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.PastRoll;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.State;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.StoredDocument;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roll and its agents, as of now and as they were. */
final class RollRoutes {
    private static final int MOST = 100_000;

    private final OpenSwarm swarm;
    private final AgentTexts texts = new AgentTexts();

    RollRoutes(OpenSwarm swarm) {
        this.swarm = swarm;
    }

    void addTo(RoutesConfig routes) {
        Looking.at(routes, "/api/v1/roll", this::roll);
        Looking.at(routes, "/api/v1/agents/{id}", this::agent);
        Looking.at(routes, "/api/v1/agents/{id}/status", this::status);
        Looking.at(routes, "/api/v1/rejected", this::rejected);
    }

    private void roll(Context context) {
        Parameters parameters = Parameters.of(context, "state", "freshness", "sort", "at", "limit", "offset");
        Wanted wanted = new Wanted(
                parameters.choice("state", State.class).orElse(null),
                parameters.choice("freshness", Freshness.class).orElse(null),
                parameters.choice("sort", Order.class).orElse(Order.AGENT),
                parameters.number("offset", 0, 0, Integer.MAX_VALUE),
                parameters.number("limit", MOST, 1, MOST));
        String at = parameters.text("at");
        if (at == null) {
            now(context, wanted);
        } else {
            then(context, wanted, at);
        }
    }

    /**
     * Which of the agents.
     *
     * @param state null for any
     * @param freshness null for any
     */
    private record Wanted(@Nullable State state, @Nullable Freshness freshness, Order order, int offset, int limit) {
        List<Observation> of(List<Observation> agents) {
            return agents.stream()
                    .filter(agent -> state == null || agent.entry().columns().state() == state)
                    .filter(agent -> freshness == null || agent.freshness() == freshness)
                    .sorted(order.comparator())
                    .toList();
        }

        List<Observation> page(List<Observation> all) {
            int begin = Math.min(offset, all.size());
            return all.subList(begin, (int) Math.min((long) begin + limit, all.size()));
        }

        /** Where the next page begins; null on the last one. */
        @Nullable
        Long next(List<Observation> all) {
            long end = (long) offset + limit;
            return end < all.size() ? end : null;
        }
    }

    private void now(Context context, Wanted wanted) {
        Look look = readable();
        List<Observation> all = wanted.of(look.agents());
        List<Observation> page = wanted.page(all);
        AgentTexts.Several said = texts.of(page);
        JsonAnswer.sendAsOf(
                context,
                JsonOutput.object(json -> json.text(
                                "swarm", swarm.swarm().settings().swarm().value())
                        .time("at", look.at())
                        .number("seq", look.seq())
                        .number("total", all.size())
                        .number("next_offset", wanted.next(all))
                        .json("agents", said.json())),
                said.hashes() + all.size());
    }

    private void then(Context context, Wanted wanted, String at) {
        PastRoll past = swarm.rolls().ask(rollcall -> {
            Hindsight hindsight = rollcall.hindsight();
            return hindsight.all(hindsight.moments().read(at));
        });
        List<Observation> all = wanted.of(past.agents());
        JsonAnswer.send(context, RollAnswer.page(past, wanted.page(all), all.size(), wanted.next(all)));
    }

    private void agent(Context context) {
        Parameters parameters = Parameters.of(context, "at");
        AgentId agent = parameters.agent();
        String at = parameters.text("at");
        if (at == null) {
            Known known = swarm.rolls().ask(rollcall -> known(rollcall, agent));
            String document = known.document();
            JsonAnswer.sendAsOf(
                    context,
                    AgentAnswer.json(known.observation(), document),
                    texts.hash(known.observation()) + document);
        } else {
            JsonAnswer.send(context, swarm.rolls().ask(rollcall -> {
                Hindsight hindsight = KnownAgent.past(rollcall, agent);
                return AgentAnswer.json(
                        hindsight.find(agent, hindsight.moments().read(agent, at)));
            }));
        }
    }

    /** The last good document, byte for byte, to change and put back. */
    private void status(Context context) {
        AgentId agent = Parameters.of(context).agent();
        long revision = known(agent).entry().revision();
        switch (swarm.rolls().ask(rollcall -> rollcall.past().document(agent, revision))) {
            case StoredDocument.Intact(byte[] bytes) -> {
                String tag = '"' + DocumentContent.sha256Of(bytes) + '"';
                context.header("Cache-Control", "no-cache").header("ETag", tag);
                if (JsonAnswer.isKnown(context.header("If-None-Match"), tag)) {
                    context.status(304);
                } else {
                    context.contentType("application/json").result(bytes);
                }
            }
            case StoredDocument.Damaged(String reason) ->
                throw new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        "there is no document of " + agent + " to give: " + reason,
                        "/api/v1/agents/{id}/history tells of its versions.");
        }
    }

    private void rejected(Context context) {
        Parameters.of(context);
        JsonAnswer.send(
                context,
                JsonOutput.object(json -> json.objects(
                        "rejected",
                        swarm.rolls().ask(rollcall -> rollcall.roll().rejected()),
                        JsonShapes::rejected)));
    }

    /** An agent, and the document of the same version. */
    private record Known(Observation observation, String document) {}

    /** Read again when a version came in between. */
    private static Known known(Rollcall rollcall, AgentId agent) {
        while (true) {
            Observation observation =
                    rollcall.observations().find(agent, Detail.EVIDENCE).orElseThrow(() -> rollcall.unknown(agent));
            String document = rollcall.roll().currentDocument(agent).orElse("null");
            long revision = rollcall.roll().find(agent).map(RollEntry::revision).orElse(0L);
            if (revision == observation.entry().revision()) {
                return new Known(observation, document);
            }
        }
    }

    private Observation known(AgentId agent) {
        return swarm.rolls()
                .ask(rollcall -> rollcall.observations()
                        .find(agent, Detail.EVIDENCE)
                        .orElseThrow(() -> rollcall.unknown(agent)));
    }

    /** The roll, unless what is known of it may be old. */
    private Look readable() {
        Look look = swarm.live().look();
        if (look.trouble() != null) {
            throw new ProblemException(look.trouble());
        }
        return look;
    }
}
