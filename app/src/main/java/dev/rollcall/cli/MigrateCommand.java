package dev.rollcall.cli;

import picocli.CommandLine.Command;

/** {@code migrate}: the two commands below it. */
@Command(
        name = "migrate",
        description = "The database's schema: see it, bring it up to date.",
        footer = {"", "Example: rollcall migrate status"})
final class MigrateCommand extends Verb {
    MigrateCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        return FINE;
    }
}
