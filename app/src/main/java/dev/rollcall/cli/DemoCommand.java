package dev.rollcall.cli;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.sync.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code demo}. */
@Command(
        name = "demo",
        description = {
            "A swarm of eight at work, and what Rollcall sees of it.",
            "Real processes write real files in a temporary folder that stays for playing."
        },
        footer = {"", "Example: rollcall demo"})
final class DemoCommand extends Verb {
    private static final String EDITED_BY_HAND = "Agent-8";

    DemoCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Path folder = layOut();
        Path workspaces = folder.resolve("agent_workspaces");
        say("Eight agents work for a few seconds, each a process of its own, in");
        say("  " + folder);
        say("Agent-5 contradicts itself, Agent-6 writes broken files, Agent-7 falls silent.");
        try (Rollcall rollcall = open(folder)) {
            DemoSwarm swarm = new DemoSwarm(workspaces);
            swarm.work(() -> rollcall.syncAll(Extent.CHANGES, Progress.NONE));
        }
        Stage stage = new Stage(folder, workspaces);
        say("\nThe swarm as its files tell it. The agents' verbs have recorded everything already, so that"
                + "\na sync finds nothing new. Agent-6's file is broken; its last good version stands:");
        stage.run("sync", "--all");
        stage.run("list");
        say("\nAgent-5 contradicts itself. What it reports stays what it reported; what is odd about it is noted:");
        stage.run("get", "Agent-5");
        say("\nNow somebody edits the database by hand, and nobody can tell from the roll alone:");
        stage.editByHand();
        stage.run("get", EDITED_BY_HAND);
        say("\nVerification compares it with the file, and names the edit:");
        stage.run("verify", "--agent", EDITED_BY_HAND);
        say("\nThe file is the truth, so it can be repaired from there:");
        stage.run("sync", "--agent", EDITED_BY_HAND, "--force");
        stage.run("verify", "--agent", EDITED_BY_HAND);
        say("\nEvery version is kept, byte for byte:");
        stage.run("history", "Agent-1");
        say("\nThe folder stays. Go on with:\n  cd " + folder + "\n  " + launcher() + " doctor");
        return FINE;
    }

    /** What starts Rollcall also where it is not on the PATH, and from another folder. */
    static String launcher() {
        String path = System.getProperty("rollcall.launcher");
        return path == null
                ? "rollcall"
                : TerminalText.safe(Path.of(path).toAbsolutePath().normalize().toString());
    }

    private void say(String line) {
        root().println(line);
    }

    static Rollcall open(Path folder) {
        return Rollcall.open(options(folder));
    }

    /** What names the swarm in such a folder, whatever the environment says. */
    static Options options(Path folder) {
        return Options.NONE
                .with(Setting.ROOT, folder.resolve("agent_workspaces").toString())
                .with(Setting.DB, folder.resolve(".rollcall/roll.db").toString())
                .with(Setting.SWARM, "default");
    }

    /** A temporary folder with all that agents and syncs need, whoever of them comes first. */
    static Path layOut() {
        try {
            Path folder = Files.createTempDirectory("rollcall-demo-").toRealPath();
            Path workspaces = Files.createDirectories(folder.resolve("agent_workspaces"));
            // The first sync may be faster than the first agent, whose lock would create it.
            new StateFolder(workspaces).create();
            return folder;
        } catch (IOException failure) {
            throw new ProblemException(
                    new dev.rollcall.problem.Problem(
                            ProblemCode.WORKSPACE_UNREADABLE,
                            "demo: no temporary folder could be made: " + failure.getMessage(),
                            "Check that the folder for temporary files can be written."),
                    failure);
        }
    }

    /** Shows commands as a user types them in the demo's folder, and runs them. */
    private final class Stage {
        private final Path folder;
        private final Path workspaces;

        Stage(Path folder, Path workspaces) {
            this.folder = folder;
            this.workspaces = workspaces;
        }

        void run(String... command) {
            say("\n$ rollcall " + String.join(" ", command));
            List<String> arguments = new ArrayList<>(List.of(command));
            arguments.addAll(
                    List.of("--root", workspaces.toString(), "--db", database().toString(), "--swarm", "default"));
            root().terminal().out().flush();
            Main.run(root().terminal(), arguments.toArray(String[]::new));
        }

        void editByHand() {
            String edit = "UPDATE agent_workspaces SET points_earned = 99999 WHERE agent_id = '" + EDITED_BY_HAND + "'";
            say("\n$ sqlite3 .rollcall/roll.db \"" + edit + "\"");
            dev.rollcall.store.HandEdit.apply(database().toString(), edit);
        }

        private Path database() {
            return folder.resolve(".rollcall").resolve("roll.db");
        }
    }
}
