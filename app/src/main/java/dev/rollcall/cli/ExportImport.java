package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Rollcall;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.PlacedFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code import jsonl}. */
final class ExportImport {
    private static final String STDIN = "-";

    private final RollcallCommand root;

    ExportImport(RollcallCommand root) {
        this.root = root;
    }

    int run(Path file) {
        if (file.toString().equals(STDIN)) {
            return take("stdin", System.in);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return take(file.toString(), in);
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be read", file, failure);
        }
    }

    private int take(String name, InputStream in) {
        ImportedLines lines = new ImportedLines(name, in);
        String exported = lines.swarm();
        long raisedBy = load(lines);
        root.print(root.isJson() ? json(name, exported, lines, raisedBy) : text(exported, lines, raisedBy));
        return Verb.attention(lines.counts().damaged() == 0);
    }

    private long load(ImportedLines lines) {
        Rollcall rollcall = root.rollcall();
        try {
            return rollcall.upkeep().loading().load(lines, rollcall.settings().rules());
        } catch (ProblemException refusal) {
            boolean isOfStore = refusal.problem().code() == ProblemCode.REFUSED && !lines.hasTold();
            throw isOfStore && lines.hasBegun() ? lines.about(refusal) : refusal;
        }
    }

    private String json(String name, String exported, ImportedLines lines, long raisedBy) {
        return JsonOutput.object(json -> lines.counts()
                        .write(json.text(
                                        "swarm",
                                        root.rollcall().settings().swarm().value())
                                .text("file", name)
                                .text("exported_swarm", exported))
                        .number("revisions_raised_by", raisedBy))
                + "\n";
    }

    private String text(String exported, ImportedLines lines, long raisedBy) {
        String swarm = root.rollcall().settings().swarm().value();
        StringBuilder text = new StringBuilder(lines.counts().text()).append('\n');
        if (!exported.equals(swarm)) {
            text.append("they were exported from the swarm ")
                    .append(TerminalText.safe(exported))
                    .append(" and are in ")
                    .append(swarm)
                    .append(" now\n");
        }
        text.append(
                raisedBy == 0
                        ? "revisions keep their numbers\n"
                        : String.format(
                                Locale.ROOT,
                                "revisions have new numbers, each larger by %,d: this database has given out some%n",
                                raisedBy));
        if (lines.counts().damaged() > 0) {
            text.append(String.format(
                    Locale.ROOT,
                    "%,d things were damaged when they were exported, and are not there%n",
                    lines.counts().damaged()));
        }
        return text.append("next: ")
                .append(TerminalText.safe(root.again("sync --all")))
                .append('\n')
                .toString();
    }
}
