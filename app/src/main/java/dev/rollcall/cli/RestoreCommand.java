package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.store.Backups.Restored;
import dev.rollcall.store.Migrations;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code restore}. */
@Command(
        name = "restore",
        description = {
            "Put a backup into the database's place, once it is found to be sound.",
            "The database that was there is kept beside it under another name. Not while",
            "a watch or any other command has the database open."
        },
        footer = {"", "Example: rollcall restore /mnt/backup/roll-monday.db"})
final class RestoreCommand extends Verb {
    @Parameters(paramLabel = "FILE", description = "A file that backup made.")
    private Path file = Path.of("");

    RestoreCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Restored restored = root().rollcall().upkeep().restore(file);
        root().println(root().isJson() ? json(restored) : text(restored));
        return FINE;
    }

    private String next(Restored restored) {
        return Stream.of("migrate apply", "sync --all", "verify --all")
                .skip(restored.schema() < Migrations.latest() ? 0 : 1)
                .map(root()::again)
                .collect(Collectors.joining(", "));
    }

    private static String json(Restored restored) {
        return JsonOutput.object(
                json -> json.text("database", restored.database().toString())
                        .text("replaced", shown(restored.replaced()))
                        .number("schema_version", restored.schema()));
    }

    private static @Nullable String shown(@Nullable Path path) {
        return path == null ? null : path.toString();
    }

    private String text(Restored restored) {
        String kept = restored.replaced() == null
                ? ""
                : "\nthe one that was there: "
                        + TerminalText.safe(restored.replaced().toString());
        return "restored " + TerminalText.safe(restored.database().toString()) + kept + "\nnext: "
                + TerminalText.safe(next(restored));
    }
}
