package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.Migrations;
import dev.rollcall.store.Migrations.Applied;
import dev.rollcall.store.Migrations.Condition;
import dev.rollcall.store.Migrations.Step;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code migrate}. */
@Command(
        name = "migrate",
        description = {
            "See the database's schema, or bring it up to date.",
            "Before a step that destroys anything the database is copied beside itself."
        },
        footer = {"", "Example: rollcall migrate status"})
final class MigrateCommand extends Verb {
    @Parameters(paramLabel = "status|apply", description = "What to do.")
    private @Nullable Action action;

    MigrateCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What a user types. */
    enum Action {
        status,
        apply
    }

    @Override
    public Integer call() {
        Migrations migrations = root().rollcall().migrations();
        return switch (action) {
            case status -> status(migrations.status());
            case apply -> apply(migrations.apply());
            case null -> throw new ProblemException(ProblemCode.WRONG_USAGE, "migrate: say status or apply", "");
        };
    }

    /** Ends with 1 when something is pending or was altered. */
    private int status(List<Step> steps) {
        if (root().isJson()) {
            root().println(JsonOutput.object(json -> json.number("latest", Migrations.latest())
                    .objects(
                            "migrations",
                            steps,
                            (step, s) -> step.number("version", s.version())
                                    .text("name", s.name())
                                    .text("condition", s.condition().name().toLowerCase(Locale.ROOT))
                                    .text("applied_at", s.appliedAt()))));
        } else {
            steps.forEach(step -> root().println("%4d  %-20s %s%s"
                    .formatted(
                            step.version(),
                            TerminalText.safe(step.name()),
                            step.condition().name().toLowerCase(Locale.ROOT),
                            step.appliedAt() == null ? "" : "  " + TerminalText.safe(step.appliedAt()))));
        }
        return attention(steps.stream().allMatch(step -> step.condition() == Condition.APPLIED));
    }

    private int apply(Applied applied) {
        if (root().isJson()) {
            root().println(JsonOutput.object(json -> json.number("schema_version", Migrations.latest())
                    .texts(
                            "applied",
                            applied.versions().stream().map(String::valueOf).toList())
                    .text(
                            "backup",
                            applied.backup() == null ? null : applied.backup().toString())));
            return FINE;
        }
        if (applied.backup() != null) {
            root().println("copied the database to "
                    + TerminalText.safe(applied.backup().toString()));
        }
        root().println(
                        applied.versions().isEmpty()
                                ? "schema " + Migrations.latest() + " is the newest; nothing to apply"
                                : "applied " + applied.versions() + "; the schema is now " + Migrations.latest());
        return FINE;
    }
}
