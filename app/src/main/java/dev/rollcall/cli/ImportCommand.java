package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.sync.ImportReport;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code import}. */
@Command(
        name = "import",
        description = {
            "Bring in the past: from git, or from an export.",
            "git: every committed version of every status.json, each at the time of its",
            "commit. Those of the branch that is checked out were in force; history shows",
            "the others. What the roll says of now stays as it is; importing again adds",
            "only what is new. --root names a folder of the",
            "repository, or a path that only its history knows (default: the place of",
            "the workspaces root in it).",
            "jsonl: all that an export holds, into a swarm that holds nothing yet."
        },
        footer = {"", "Example: rollcall import git ."})
final class ImportCommand extends Verb {
    @Parameters(index = "0", paramLabel = "git|jsonl", description = "Where from.")
    private @Nullable Archive archive;

    @Parameters(
            index = "1",
            paramLabel = "FROM",
            description = "A folder of the repository, or the file of the export (- for stdin).")
    private @Nullable Path place;

    ImportCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What a user types. */
    enum Archive {
        git,
        jsonl
    }

    @Override
    public Integer call() {
        if (archive == null || place == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "import: say git and a repository, or jsonl and a file", "");
        }
        if (archive == Archive.jsonl) {
            return new ExportImport(root()).run(place);
        }
        ImportReport report = imported(place);
        root().print(root().isJson() ? json(report) : text(report));
        return attention(report.isComplete());
    }

    private ImportReport imported(Path from) {
        return progressing("import", progress -> root().rollcall().importGit(from, root().root, progress));
    }

    private String json(ImportReport report) {
        return JsonOutput.object(json -> json.text(
                                "swarm", root().rollcall().settings().swarm().value())
                        .text("repository", report.place())
                        .text("root", shown(report.root()))
                        .number("commits", report.commits().total())
                        .number("versions", report.versions().total())
                        .number("recorded", report.versions().count(Outcome.RECORDED))
                        .number("known", report.versions().count(Outcome.KNOWN))
                        .number("pruned", report.versions().count(Outcome.PRUNED))
                        .number("unchanged", report.versions().count(Outcome.UNCHANGED))
                        .number("newer", report.versions().count(Outcome.NEWER))
                        .number("beside", report.versions().beside())
                        .object(
                                "rejected",
                                codes -> report.versions()
                                        .rejected()
                                        .forEach((code, times) -> codes.number(code.label(), times)))
                        .number("deleted", report.versions().deletions())
                        .number("clock_adjusted", report.commits().adjusted())
                        .number("cut", report.commits().cuts())
                        .number("missing", report.missing().total())
                        .texts("missing_named", report.missing().named())
                        .objects(
                                "other_roots",
                                report.otherRoots().entrySet(),
                                (other, root) ->
                                        other.text("root", shown(root.getKey())).number("versions", root.getValue()))
                        .texts("ignored", report.ignored())
                        .number("elapsed_ms", report.elapsed().toMillis()))
                + "\n";
    }

    private String text(ImportReport report) {
        ImportReport.Versions versions = report.versions();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%,d versions in %,d commits: %,d recorded, %,d known, %,d unchanged,%n",
                versions.total(),
                report.commits().total(),
                versions.count(Outcome.RECORDED),
                versions.count(Outcome.KNOWN),
                versions.count(Outcome.UNCHANGED)));
        text.append(String.format(
                Locale.ROOT,
                "%,d newer, %,d rejected%s; %,d deletions%n",
                versions.count(Outcome.NEWER),
                versions.rejections(),
                codes(versions.rejected()),
                versions.deletions()));
        notes(text, report);
        return text.toString();
    }

    private static String codes(Map<RejectionCode, Integer> rejected) {
        return rejected.isEmpty()
                ? ""
                : rejected.entrySet().stream()
                        .map(entry -> entry.getKey().label() + " " + entry.getValue())
                        .collect(Collectors.joining(", ", " (", ")"));
    }

    private void notes(StringBuilder text, ImportReport report) {
        note(
                text,
                "pruned",
                report.versions().count(Outcome.PRUNED),
                "versions are of times that were thinned out by prune, and stay out");
        note(
                text,
                "newer",
                report.versions().count(Outcome.NEWER),
                "versions were committed after the roll's latest ones: sync first, then import again");
        note(
                text,
                "beside",
                report.versions().beside(),
                "versions are of branches beside the one that is checked out: history shows them, and they were not in force");
        note(
                text,
                "cut",
                report.commits().cuts(),
                "commits are where the history of this shallow clone is cut: what was before is not there");
        note(text, "missing", report.missing().total(), "versions or commits can not be read from this repository:");
        list(text, report.missing().named(), missing -> TerminalText.wrapped(missing, Shapes.INDENT));
        note(
                text,
                "clocks",
                report.commits().adjusted(),
                "commits say that they were made after now, or before their parents, and count as made with those");
        list(text, report.ignored(), name -> note("ignored", "folder " + name + ": its name can not be an agent's id"));
        list(
                text,
                report.otherRoots().entrySet(),
                other -> note(
                        "other root",
                        shown(other.getKey()) + ": " + other.getValue()
                                + " versions, not imported; name it with --root, and a --swarm of its own"));
    }

    private void note(StringBuilder text, String label, int number, String what) {
        if (number > 0) {
            text.append(note(label, String.format(Locale.ROOT, "%,d %s", number, what)))
                    .append('\n');
        }
    }

    private String note(String label, String what) {
        return root().paint().caution(Shapes.label(label))
                + TerminalText.wrapped(what, Shapes.INDENT).strip();
    }

    private static String shown(String root) {
        return root.isEmpty() ? "." : root;
    }
}
