package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.app.Watch;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.http.Window;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code up}. */
@Command(
        name = "up",
        description = {
            "The captain's window: watch the files, serve a live page, an API and MCP.",
            "On this machine alone, unless --bind says otherwise; opens nothing by itself."
        },
        footer = {"", "Example: rollcall up --demo"})
final class UpCommand extends Verb {
    @Option(names = "--port", paramLabel = "N", description = "Port to listen at (default: the first free from 7655).")
    private @Nullable String port;

    @Option(names = "--bind", paramLabel = "ADDRESS", description = "Address to listen at (default: 127.0.0.1).")
    private @Nullable String bind;

    @Option(names = "--demo", description = "A simulated swarm of twelve, in a temporary folder.")
    private boolean demo;

    UpCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        if (!demo) {
            return up(root().options(), "Rollcall has stopped.");
        }
        try (LiveDemo swarm = LiveDemo.start()) {
            note("Twelve simulated agents work until you stop this with Ctrl-C. Ask about them, too:");
            note("  " + DemoCommand.launcher() + " --root " + swarm.folder().resolve("agent_workspaces") + " list");
            return up(swarm.options(), "Rollcall has stopped. The demo's folder stays: " + swarm.folder());
        }
    }

    /** @param ending what is said once it has stopped */
    private Integer up(Options options, String ending) {
        Options here = port == null ? options : options.with(Setting.HTTP_PORT, port);
        try (Rollcall rollcall = Rollcall.open(bind == null ? here : here.with(Setting.HTTP_BIND, bind))) {
            return up(rollcall, ending);
        }
    }

    private Integer up(Rollcall rollcall, String ending) {
        rollcall.demandRoot();
        WatchAnswer running = rollcall.askWatch();
        if (running.window().isPresent()) {
            String address = running.window().get();
            running.root()
                    .ifPresent(shown ->
                            demandSame(Path.of(shown), rollcall.settings().root(), address));
            say(address, "The window is open already: ");
            if (port != null || bind != null) {
                note("It stays where it is; to open it elsewhere, stop it first.");
            }
            return FINE;
        }
        Watch watch = new Watch(rollcall, line -> root().terminal().err().println(TerminalText.safe(line)));
        watch.demandDatabase();
        try (UntilStopped time = new UntilStopped(root());
                Window window = Window.open(rollcall)) {
            watch.announce(window.address().toString());
            say(window.address().toString(), "Rollcall is up at ");
            if (!window.isOfThisMachineAlone()) {
                note("From other machines a token is needed: rollcall token create --scope read");
            }
            watch.run(time::isStoppedWithin);
        }
        note(ending);
        return FINE;
    }

    /** Two roots side by side have one database unless it is told otherwise. */
    private static void demandSame(Path shown, Path root, String address) {
        if (!isSame(shown, root)) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    "the window that is open over this database, " + address + ", shows " + shown + " and not " + root,
                    "Give this root a database of its own with --db.");
        }
    }

    /** Also by another name, such as a symbolic link. */
    private static boolean isSame(Path shown, Path root) {
        try {
            return Files.isSameFile(shown, root);
        } catch (IOException gone) {
            // Of what is not there nobody can tell but by its name.
            return shown.equals(root);
        }
    }

    private void say(String address, String before) {
        root().println(
                        root().isJson()
                                ? JsonOutput.object(json -> json.text("address", address))
                                : TerminalText.safe(before + address));
        root().terminal().out().flush();
    }

    private void note(String line) {
        root().terminal().err().println(TerminalText.safe(line));
    }
}
