package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Upkeep.Mode;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.Migrations;
import dev.rollcall.store.PlacedFile;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code export}. */
@Command(
        name = "export",
        description = {
            "Write the whole swarm as JSON Lines, as it is at one moment.",
            "Every version with its document, rows, rejected documents and gaps; not",
            "events and search vectors. rollcall import jsonl brings it back."
        },
        footer = {"", "Example: rollcall export --output swarm.jsonl"})
final class ExportCommand extends Verb {
    @Option(names = "--output", paramLabel = "FILE", description = "Into this file, for you only (default: stdout).")
    private @Nullable Path output;

    @Option(names = "--agent", paramLabel = "ID", description = "Only this agent.")
    private @Nullable String agent;

    @Option(names = "--overwrite", description = "Replace the file when it is there already.")
    private boolean overwrite;

    ExportCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        AgentId only = agent == null ? null : new AgentId(agent);
        root().rollcall().upkeep().demandRoll("export");
        if (only != null
                && root().rollcall().upkeep().roll(Mode.COUNTING).holdings(only).isNothing()) {
            throw root().rollcall().unknown(only);
        }
        LineCounts counts = output == null ? toStdout(only) : toFile(output, only);
        if (counts.damaged() > 0) {
            root().terminal()
                    .warn(counts.damaged() + " things could not be had back and are told as damaged; see `rollcall"
                            + " verify --all --deep`");
        }
        return attention(counts.damaged() == 0);
    }

    private LineCounts toStdout(@Nullable AgentId only) {
        PrintStream out = root().terminal().out();
        LineCounts counts = write(only, new Checked(out));
        if (out.checkError()) {
            throw notWritten();
        }
        return counts;
    }

    private static ProblemException notWritten() {
        return new ProblemException(
                ProblemCode.WORKSPACE_UNREADABLE,
                "the export can not be written to stdout",
                "What came through has no last line and is refused by an import.");
    }

    /** Ends soon when nobody takes what is printed, which a print stream itself only notes. */
    private static final class Checked extends OutputStream {
        private static final int BYTES_BETWEEN = 1 << 20;

        private final PrintStream out;
        private long unchecked;

        Checked(PrintStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            out.write(bytes, offset, length);
            unchecked += length;
            if (unchecked >= BYTES_BETWEEN) {
                unchecked = 0;
                if (out.checkError()) {
                    throw notWritten();
                }
            }
        }
    }

    private LineCounts toFile(Path file, @Nullable AgentId only) {
        Path place = file.toAbsolutePath();
        if (Files.exists(place) && !overwrite) {
            throw PlacedFile.alreadyThere(place);
        }
        try (PlacedFile placed = PlacedFile.begin(place)) {
            LineCounts counts;
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(placed.draft()), 1 << 16)) {
                counts = write(only, out);
            }
            if (overwrite) {
                placed.place();
            } else {
                placed.placeNew();
            }
            root().println(told(place, counts));
            return counts;
        } catch (IOException failure) {
            throw PlacedFile.failed("can not be written", place, failure);
        } catch (UncheckedIOException failure) {
            throw PlacedFile.failed("can not be written", place, Objects.requireNonNull(failure.getCause()));
        }
    }

    private String told(Path place, LineCounts counts) {
        return root().isJson()
                ? JsonOutput.object(json -> counts.write(json.text("file", place.toString())))
                : TerminalText.safe(place.toString()) + ": " + counts.text();
    }

    private LineCounts write(@Nullable AgentId only, OutputStream out) {
        Rollcall rollcall = root().rollcall();
        ExportLines lines = new ExportLines(out);
        lines.header(rollcall.settings().swarm(), rollcall.clock().instant(), Migrations.latest());
        rollcall.upkeep().exporting().export(only, lines);
        lines.end();
        return lines.counts();
    }
}
