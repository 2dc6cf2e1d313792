package dev.rollcall.cli;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.report.Csv;
import dev.rollcall.report.Markdown;
import dev.rollcall.report.Report;
import dev.rollcall.report.TimeExpression;
import dev.rollcall.report.Window;
import dev.rollcall.report.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report}. */
@Command(
        name = "report",
        description = "How the swarm did: where its time went, what got done, who is stuck.",
        footer = {"", "Example: rollcall report --since 7d --format html --output report.html"})
final class ReportCommand extends Verb {
    private static final String LAST = "last";

    @Option(
            names = "--since",
            paramLabel = "T",
            description = "From then (default 7d); last: from the last report.",
            defaultValue = "7d")
    private String since = "7d";

    @Option(names = "--until", paramLabel = "T", description = "Until then (default now).")
    private @Nullable String until;

    @Option(names = "--agent", paramLabel = "ID", description = "Only this agent.")
    private @Nullable String agent;

    @Option(
            names = "--format",
            paramLabel = "F",
            description = "${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
            defaultValue = "text")
    private Format format = Format.text;

    @Option(names = "--output", paramLabel = "FILE", description = "Write it there instead of printing it.")
    private @Nullable String output;

    ReportCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** How a report can look; the names are what a user types. */
    enum Format {
        text,
        markdown,
        html,
        csv,
        json
    }

    @Override
    public Integer call() {
        Instant now = root().rollcall().clock().instant();
        Instant end = until == null ? now : Window.earlier(TimeExpression.read(until, now), now);
        Instant last = root().rollcall().lastReport().orElse(null);
        Instant begin = begin(now, last);
        if (begin.isAfter(end)) {
            throw wrong("--since " + begin + " is after the end of the window, " + end);
        }
        Window window = new Window(begin, end);
        // What changed since the last report is told where that report lies in the window.
        Instant changedSince = last != null && window.contains(last) ? last : begin;
        Report report = root().rollcall().report(agent == null ? null : new AgentId(agent), window, changedSince);
        deliver(rendered(report));
        if (agent == null && until == null) {
            root().rollcall().reported(now).ifPresent(root().terminal()::warn);
        }
        return FINE;
    }

    private Instant begin(Instant now, @Nullable Instant last) {
        if (!since.strip().equalsIgnoreCase(LAST)) {
            return TimeExpression.read(since, now);
        }
        if (last == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "there is no last report of this swarm",
                    "The first one needs a time, for example --since 7d.");
        }
        return last;
    }

    private String rendered(Report report) {
        return switch (root().isJson() ? Format.json : format) {
            case text -> new ReportText(report, root().paint()).render();
            case markdown -> Markdown.of(report);
            case html -> Page.of(report);
            case csv -> Csv.of(report);
            case json -> ReportJson.of(report) + "\n";
        };
    }

    private void deliver(String report) {
        if (output == null) {
            root().print(report);
            return;
        }
        try {
            Files.writeString(Path.of(output), report);
        } catch (IOException | InvalidPathException failure) {
            throw wrong("--output " + ShownText.of(output) + ": it can not be written ("
                    + failure.getClass().getSimpleName() + ")");
        }
        root().terminal().err().println("report written to " + TerminalText.safe(output));
    }

    private static ProblemException wrong(String message) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE, "rollcall report: " + message, "See rollcall report --help.");
    }
}
