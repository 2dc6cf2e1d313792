package dev.rollcall.cli;

import dev.rollcall.answers.ReportJson;
import dev.rollcall.answers.ReportQuestion;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.report.Csv;
import dev.rollcall.report.Markdown;
import dev.rollcall.report.Report;
import dev.rollcall.report.page.Page;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code report}. */
@Command(
        name = "report",
        description = "How the swarm did: where its time went, what got done, who is stuck.",
        footer = {
            "",
            "T is " + LookingBack.FORMS,
            "",
            "Example: rollcall report --since 7d --format html --output report.html"
        })
final class ReportCommand extends Verb {
    @Option(
            names = "--since",
            paramLabel = "T",
            description = "From then; last: from the last report. Default 7d, or the first version if later.")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "T", description = "Until then, T included (default now).")
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
        ReportQuestion question = new ReportQuestion(since, until, agent == null ? null : new AgentId(agent));
        Report report = question.answer(root().rollcall());
        deliver(rendered(report));
        if (agent == null && until == null) {
            if (root().rollcall().hasRoll()) {
                root().rollcall().lastReport().write(report.window().until()).ifPresent(root().terminal()::warn);
            }
        }
        return FINE;
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
            Files.writeString(path(output), report);
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "rollcall report: --output " + ShownText.of(output) + ": "
                            + (failure instanceof AccessDeniedException ? "no permission" : "it can not be written"),
                    "Name a file that you may write to.");
        }
        root().terminal().err().println("report written to " + TerminalText.safe(output));
    }

    private static Path path(String output) {
        Path file;
        try {
            file = Path.of(output);
        } catch (InvalidPathException invalid) {
            throw wrong("--output " + ShownText.of(output) + " is no path");
        }
        Path folder = file.toAbsolutePath().getParent();
        String objection = folder == null || Files.isDirectory(file)
                ? ShownText.of(file.toString()) + " is a folder"
                : Files.isDirectory(folder)
                        ? ""
                        : Files.exists(folder)
                                ? ShownText.of(folder.toString()) + " is not a folder"
                                : "the folder " + ShownText.of(folder.toString()) + " does not exist";
        if (!objection.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "rollcall report: --output: " + objection,
                    "Name a file in a folder that exists.");
        }
        return file;
    }

    private static ProblemException wrong(String message) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE, "rollcall report: " + message, "See rollcall report --help.");
    }
}
