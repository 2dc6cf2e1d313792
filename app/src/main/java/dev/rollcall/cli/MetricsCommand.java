package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.app.SwarmMetrics;
import dev.rollcall.problem.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code metrics}. */
@Command(
        name = "metrics",
        description = {
            "What roll and watch know, as numbers for Prometheus.",
            "In its text format, for node_exporter's textfile collector: write it beside the",
            "file that is collected, and rename it. With a roll that can not be read it still",
            "tells what the watch knows, and ends with 3."
        },
        footer = {"", "Example: rollcall metrics > rollcall.new; mv rollcall.new rollcall.prom"})
final class MetricsCommand extends Verb {
    MetricsCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        warnOfMissingRoot();
        SwarmMetrics metrics = new SwarmMetrics(root().rollcall());
        String text = metrics.text();
        Optional<Problem> problem = metrics.problem();
        if (root().isJson()) {
            root().print(json(text, problem.orElse(null)));
        } else {
            root().print(text);
            problem.ifPresent(root().terminal()::complain);
        }
        return problem.map(of -> of.code().exitCode()).orElse(FINE);
    }

    private static String json(String text, @Nullable Problem problem) {
        return JsonOutput.object(json -> {
                    json.text("format", "prometheus-text-0.0.4").text("text", text);
                    if (problem != null) {
                        JsonShapes.error(json, problem);
                    }
                })
                + "\n";
    }
}
