package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.store.Backups.Backup;
import dev.rollcall.store.Backups.Existing;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code backup}. */
@Command(
        name = "backup",
        description = {
            "Copy the whole database, as it is at one moment, into one file.",
            "A watch may go on meanwhile. The copy is checked and readable by you only."
        },
        footer = {"", "Example: rollcall backup /mnt/backup/roll-monday.db"})
final class BackupCommand extends Verb {
    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "Where to (default: beside the database, named by the time).")
    private @Nullable Path file;

    @Option(names = "--overwrite", description = "Replace the file when it is there already.")
    private boolean overwrite;

    BackupCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Backup backup = root().rollcall()
                .upkeep()
                .backups()
                .backup(
                        file,
                        overwrite ? Existing.REPLACE : Existing.KEEP,
                        root().rollcall().clock().instant());
        root().println(
                        root().isJson()
                                ? JsonOutput.object(
                                        json -> json.text("file", backup.file().toString())
                                                .number("bytes", backup.bytes()))
                                : String.format(
                                        Locale.ROOT,
                                        "%s: %,d bytes",
                                        TerminalText.safe(backup.file().toString()),
                                        backup.bytes()));
        return FINE;
    }
}
