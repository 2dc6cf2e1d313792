package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.CarriedVariables;
import dev.rollcall.app.Settings;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code service}. */
@Command(
        name = "service",
        description = {
            "Print what makes a service manager keep `rollcall watch` running.",
            "For this root, database and swarm; says how to install it. Writes nothing.",
            "A URL that holds a password is refused: name a file with PGPASSFILE instead."
        },
        footer = {"", "Example: rollcall service systemd"})
final class ServiceCommand extends Verb {
    private static final String SQLITE = "jdbc:sqlite:";

    /** The driver knows two, one for the server and one for a key. */
    private static final Pattern WITH_PASSWORD = Pattern.compile("jdbc:postgresql:[^?]*\\?(.*&)?(ssl)?password=.*");

    @Parameters(arity = "0..1", paramLabel = "systemd|launchd", description = "Whose format (default: this system's).")
    private @Nullable Format format;

    ServiceCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What a user types. */
    enum Format {
        systemd,
        launchd
    }

    @Override
    public Integer call() {
        WatchJob job = job();
        Format chosen = format == null ? ofThisSystem() : format;
        String file = chosen == Format.systemd ? SystemdUnit.file(job) : LaunchdPlist.file(job);
        String text = chosen == Format.systemd
                ? SystemdUnit.text(job)
                : LaunchdPlist.text(job, System.getProperty("user.home"));
        root().print(
                        root().isJson()
                                ? JsonOutput.object(json -> json.text("format", chosen.name())
                                                .text("file", file)
                                                .text("text", text))
                                        + "\n"
                                : text);
        return FINE;
    }

    private static Format ofThisSystem() {
        return System.getProperty("os.name").startsWith("Mac") ? Format.launchd : Format.systemd;
    }

    private WatchJob job() {
        Settings settings = root().rollcall().settings();
        Path root = settings.root().toAbsolutePath().normalize();
        String swarm = settings.swarm().value();
        String database = absolute(root().rollcall().database());
        Path folder = Objects.requireNonNullElse(root.getParent(), root).getFileName();
        // Through the shell: systemd refuses a program whose path has quotes or backslashes, but takes them as words.
        List<String> words =
                List.of("/bin/sh", launcher(), "watch", "--root=" + root, "--db=" + database, "--swarm=" + swarm);
        String name = WatchJob.name(folder == null ? "" : folder.toString(), root.toString(), swarm);
        return new WatchJob(name, words, CarriedVariables.of(settings));
    }

    /** The launcher says where it is; a service can not start what only this process can. */
    private static String launcher() {
        String path = System.getProperty("rollcall.launcher");
        if (path == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "service: Rollcall was not started through its launcher, so a service could not be either",
                    "Start the file rollcall in the checkout.");
        }
        return Path.of(path).toAbsolutePath().normalize().toString();
    }

    private static String absolute(String database) {
        String path = database.startsWith(SQLITE) ? database.substring(SQLITE.length()) : database;
        if (path.equals(":memory:")) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "service: a database in memory is gone when its process ends, and nobody else can read it",
                    "Name a database file with --db.");
        }
        // What is no URL of a database may hold a password anywhere, and is refused here.
        String shown = SqlStore.shown(path);
        if (WITH_PASSWORD.matcher(path).matches()) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "service: the database's URL for " + shown
                            + " holds a password, which would stand in the service's file",
                    "Leave it out of the URL and put it into ~/.pgpass, or into a file that PGPASSFILE names.");
        }
        return path.startsWith("jdbc:")
                ? path
                : Path.of(path).toAbsolutePath().normalize().toString();
    }
}
