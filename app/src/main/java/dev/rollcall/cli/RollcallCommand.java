package dev.rollcall.cli;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.store.SqlStore;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command without a verb, and the options that every verb takes, before or after it. */
@Command(
        name = "rollcall",
        description = "Knows what every agent of a swarm is doing, and proves it.",
        footer = {
            "",
            "Exit codes: 0 fine, 1 needs attention, 2 wrong usage, 3 database",
            "unavailable, 4 workspace or file unreadable, 70 a bug in Rollcall.",
            "",
            "Help on a command: rollcall help COMMAND",
            "Example: rollcall sync --all && rollcall list"
        })
final class RollcallCommand implements AutoCloseable {
    private static final Pattern PLAIN_WORD = Pattern.compile("[\\w@%+=:,./-]+");

    @Option(
            names = "--root",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Workspaces root (default agent_workspaces).")
    @Nullable
    String root;

    @Option(
            names = "--db",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "SQLite path or jdbc: URL (default .rollcall/roll.db beside the root).")
    @Nullable
    String database;

    @Option(
            names = "--swarm",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Name of the swarm (default \"default\").")
    @Nullable
    String swarm;

    @Option(
            names = "--source",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "Who records here, where several roots share a swarm (default on PostgreSQL: HOST:ROOT).")
    @Nullable
    String source;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "One JSON object on stdout.")
    boolean json;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No colour, also on a terminal.")
    boolean noColor;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more, and show where a bug happened.")
    boolean verbose;

    private final Terminal terminal;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable Rollcall rollcall;

    RollcallCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    Terminal terminal() {
        return terminal;
    }

    boolean isJson() {
        return json;
    }

    boolean isVerbose() {
        return verbose;
    }

    Paint paint() {
        return new Paint(terminal.outIsTerminal() && !noColor && System.getProperty("rollcall.no.color") == null);
    }

    /** The roll that the options, the environment and rollcall.toml name; opened when first asked for. */
    Rollcall rollcall() {
        if (rollcall == null) {
            rollcall = Rollcall.open(options());
        }
        return rollcall;
    }

    /** The same roll opened anew, for whoever looks again and again and must notice that a database came or was replaced. */
    Rollcall openAnew() {
        return Rollcall.open(options());
    }

    void print(String text) {
        terminal.out().print(text);
    }

    void println(String line) {
        terminal.out().println(line);
    }

    /** What was said on the command line. */
    Options options() {
        Options options = Options.NONE;
        options = root == null ? options : options.with(Setting.ROOT, root);
        options = database == null ? options : options.with(Setting.DB, database);
        options = source == null ? options : options.with(Setting.SOURCE, source);
        return swarm == null ? options : options.with(Setting.SWARM, swarm);
    }

    /** Another command with what was said of root, database and swarm; of a database that may have a password, no more. */
    String again(String command) {
        StringBuilder line = new StringBuilder("rollcall ").append(command);
        if (root != null) {
            line.append(" --root ").append(quoted(root));
        }
        if (database != null) {
            boolean isPlain = SqlStore.shown(database).equals(database);
            line.append(" --db ").append(isPlain ? quoted(database) : "URL");
        }
        if (swarm != null) {
            line.append(" --swarm ").append(quoted(swarm));
        }
        return line.toString();
    }

    /** As a shell takes it for one word. */
    private static String quoted(String word) {
        return PLAIN_WORD.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Waits until the command is over and everything that it had open is closed; false when that takes longer. */
    boolean isClosedWithin(Duration time) throws InterruptedException {
        return closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        try {
            terminal.out().flush();
            if (rollcall != null) {
                rollcall.close();
            }
        } finally {
            closed.countDown();
        }
    }
}
