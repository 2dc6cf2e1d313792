package dev.rollcall.http;

import dev.rollcall.answers.DoctorAnswer;
import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.answers.VerifyAnswer;
import dev.rollcall.app.Doctor;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.SwarmMetrics;
import dev.rollcall.app.Version;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.Verifier.Depth;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.List;

/** Whether all this can be trusted. */
final class HealthRoutes {
    private final OpenSwarm swarm;
    private final EventStream stream;

    HealthRoutes(OpenSwarm swarm, EventStream stream) {
        this.swarm = swarm;
        this.stream = stream;
    }

    void addTo(RoutesConfig routes) {
        Looking.at(routes, "/health", this::health);
        Looking.at(routes, "/metrics", this::metrics);
        Looking.at(routes, "/api/v1/doctor", this::doctor);
        Looking.at(routes, "/api/v1/verify", this::verify);
    }

    /** 200 when the roll follows the files, 503 when something keeps it from that; the sentences say what. */
    private void health(Context context) {
        Parameters.of(context);
        WatchAnswer watch = swarm.swarm().askWatch();
        List<String> concerns = new ArrayList<>(watch.concerns());
        Problem trouble = swarm.live().trouble();
        if (trouble != null) {
            concerns.add(trouble.message());
        }
        if (!watch.isRunning()) {
            concerns.add("no watch runs: the roll does not follow the files");
        }
        context.status(concerns.isEmpty() ? 200 : 503)
                .header("Cache-Control", "no-store")
                .contentType("application/json")
                .result(JsonOutput.object(json -> json.flag("healthy", concerns::isEmpty)
                        .texts("concerns", concerns)
                        .text("version", Version.current().text())
                        .number("clients", stream.clients())
                        .object("watch", member -> JsonShapes.watch(member, watch))));
    }

    private void metrics(Context context) {
        Parameters.of(context);
        context.header("Cache-Control", "no-store")
                .contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(swarm.rolls().<String>ask(rollcall -> new SwarmMetrics(rollcall).text()));
    }

    private void doctor(Context context) {
        Parameters.of(context);
        JsonAnswer.send(
                context, swarm.rolls().askForLong(rollcall -> DoctorAnswer.json(new Doctor(rollcall).examine())));
    }

    private void verify(Context context) {
        Parameters parameters = Parameters.of(context, "agent", "deep");
        String agent = parameters.text("agent");
        Depth depth = parameters.flag("deep") ? Depth.EVERY_REVISION : Depth.HEAD;
        VerifyAnswer answer = swarm.rolls()
                .askForLong(rollcall -> new VerifyAnswer(
                        agent == null
                                ? rollcall.verifyAll(depth, Progress.NONE)
                                : List.of(rollcall.verify(new AgentId(agent), depth)
                                        .orElseThrow(() -> rollcall.unknown(new AgentId(agent)))),
                        rollcall.askWatch()));
        JsonAnswer.send(context, answer.json());
    }
}
