package dev.rollcall.http;

import dev.rollcall.answers.BlameAnswer;
import dev.rollcall.answers.DiffAnswer;
import dev.rollcall.answers.HistoryAnswer;
import dev.rollcall.answers.HistoryQuestion;
import dev.rollcall.answers.ReportJson;
import dev.rollcall.answers.ReportQuestion;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.document.AgentId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;

/** What was, and what follows of it. */
final class PastRoutes {
    private static final int USUAL_VERSIONS = 100;
    private static final int MOST_VERSIONS = 100_000;
    private static final int USUAL_VALUES = 10;
    private static final int MOST_VALUES = 1_000;

    private final OpenSwarm swarm;

    PastRoutes(OpenSwarm swarm) {
        this.swarm = swarm;
    }

    void addTo(RoutesConfig routes) {
        Looking.at(routes, "/api/v1/agents/{id}/history", this::history);
        Looking.at(routes, "/api/v1/agents/{id}/diff", this::diff);
        Looking.at(routes, "/api/v1/agents/{id}/blame", this::blame);
        Looking.at(routes, "/api/v1/report", this::report);
    }

    private void history(Context context) {
        Parameters parameters = Parameters.of(context, "field", "since", "until", "limit");
        HistoryQuestion question = new HistoryQuestion(
                parameters.agent(),
                parameters.text("field"),
                parameters.text("since"),
                parameters.text("until"),
                parameters.number("limit", USUAL_VERSIONS, 1, MOST_VERSIONS));
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .ask(rollcall -> HistoryAnswer.of(rollcall, question).json()));
    }

    private void diff(Context context) {
        Parameters parameters = Parameters.of(context, "from", "to");
        AgentId agent = parameters.agent();
        String from = parameters.text("from");
        String to = parameters.text("to", "now");
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .ask(rollcall ->
                                DiffAnswer.of(rollcall, agent, from, to).json()));
    }

    private void blame(Context context) {
        Parameters parameters = Parameters.of(context, "field", "limit");
        AgentId agent = parameters.agent();
        String field = parameters.required("field");
        int limit = parameters.number("limit", USUAL_VALUES, 0, MOST_VALUES);
        JsonAnswer.send(
                context,
                swarm.rolls()
                        .ask(rollcall ->
                                BlameAnswer.of(rollcall, agent, field, limit).json()));
    }

    private void report(Context context) {
        Parameters parameters = Parameters.of(context, "since", "until", "agent");
        String agent = parameters.text("agent");
        ReportQuestion question = new ReportQuestion(
                parameters.text("since"), parameters.text("until"), agent == null ? null : new AgentId(agent));
        JsonAnswer.send(context, swarm.rolls().askForLong(rollcall -> ReportJson.of(question.answer(rollcall))));
    }
}
