package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.store.Backups.Restored;
import dev.rollcall.store.Migrations;
import java.nio.file.Path;
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

    private static String next(Restored restored) {
        return (restored.schema() < Migrations.latest() ? "rollcall migrate apply, " : "")
                + "rollcall sync --all, rollcall verify --all";
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

    private static String text(Restored restored) {
        String kept = restored.replaced() == null
                ? ""
                : "\nthe one that was there: "
                        + TerminalText.safe(restored.replaced().toString());
        return "restored " + TerminalText.safe(restored.database().toString()) + kept + "\nnext: " + next(restored);
    }
}
