package dev.rollcall.cli;

import dev.rollcall.app.Rollcall;
import dev.rollcall.http.Window;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A typical session on a small swarm, then passes over a larger one, run after a build for each start-up cache. The JVM
 * records meanwhile which classes to keep in it, and how the methods that a large swarm keeps busy behave, so that it
 * compiles them well from the start. A command that belongs to daily use belongs in {@link #DAILY}: what is not
 * exercised here starts slower. But every class in a cache is loaded at every start from it, a hundred in a millisecond.
 */
final class TrainingRun {
    /** One command line each, words separated by a blank; the root is added to all of them. */
    private static final List<String> DAILY = List.of(
            "--version",
            "--help",
            "sync --help",
            "sync --all",
            "sync --all --json",
            "sync --agent Agent-1 --force",
            "verify --all",
            "verify --all --json --deep",
            "verify --agent Agent-1 --json",
            "list",
            "list --json",
            "top --once",
            "metrics",
            "get Agent-1",
            "get Agent-2 --json",
            "get Nobody --json",
            "history Agent-1 --json",
            "start-cycle --agent Agent-1",
            "start-mission Training --agent Agent-1 --priority high",
            "update-phase Warming --agent Agent-1 --json",
            "add-task Warmth --agent Agent-1",
            "complete-task Warmth --points 5 --agent Agent-1",
            "add-blocker Cold --agent Agent-1",
            "clear-blockers --agent Agent-1",
            "add-achievement Warm --agent Agent-1",
            "set-next-actions Rest --agent Agent-1",
            "complete-mission --agent Agent-1",
            "end-cycle --agent Agent-9 --json",
            "sync --all",
            "verify --all",
            "events --agent Agent-1",
            "doctor",
            // With histories that are long enough for cadence and evidence.
            "get Agent-1",
            "get Agent-1 --json",
            "list",
            "list --json",
            "get Agent-1 --at r1",
            "list --at now",
            "diff Agent-1",
            "blame Agent-1 current_tasks",
            "history Agent-1 --field status",
            "no-such-command");

    /** What only the cache of everything knows, because it is made of so much more; some of it starts as fast without. */
    private static final List<String> LARGER = List.of(
            "index",
            "search warmth in training",
            "search who is blocked --json",
            "similar Agent-1 --json",
            "recommend warm up --json",
            "overlaps",
            "report",
            "report --json");

    /** What a model's client sends when it begins, and what is asked most. */
    private static final String MESSAGES = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"roots":{}},"clientInfo":{"name":"training","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":1,"method":"ping"}
            {"jsonrpc":"2.0","id":2,"method":"tools/list"}
            {"jsonrpc":"2.0","id":3,"method":"resources/list"}
            {"jsonrpc":"2.0","id":4,"method":"resources/templates/list"}
            {"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"roll","arguments":{}}}
            {"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"agent","arguments":{"id":"Agent-1"}}}
            {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"start_cycle"}}
            {"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"search","arguments":{"query":"who is blocked"}}}
            {"jsonrpc":"2.0","id":9,"method":"tools/call","params":{"name":"roll","arguments":{"limit":"none"}}}
            {"jsonrpc":"2.0","id":10,"method":"resources/read","params":{"uri":"rollcall://contract"}}
            """;

    /** What is asked of a running watch, where there is one. */
    private static final List<String> BESIDE_A_WATCH = List.of(
            "search warmth in training",
            "search warm up --json",
            "search who is blocked",
            "similar Agent-1",
            "start-mission Training --agent Agent-1",
            "doctor");

    /** What is looked at through a window, where there is one. */
    private static final List<String> LOOKS = List.of(
            "health", "", "api/v1/roll", "api/v1/agents/Agent-1", "agents/Agent-1", "swarm", "trust", "api/v1/nothing");

    /** What is looked at most, and is large with a large swarm. */
    private static final List<String> ROLL = List.of("", "api/v1/roll");

    /** How often: enough that the JVM finds every method that a page is made of. */
    private static final int ROLL_LOOKS = 60;

    /** Agents of the larger swarm. */
    private static final int SWARM = 1200;

    /** Cold passes over the larger swarm: enough that the JVM finds every method that such a pass is made of. */
    private static final int COLD_PASSES = 4;

    /** Passes in which nothing has changed: they are short, so it takes more of them. */
    private static final int UNCHANGED_PASSES = 60;

    /** Versions of each agent of the larger swarm beside the first one. */
    private static final int EDITIONS = 6;

    /** Reports over all these versions: enough that the JVM finds every method that figures are made of. */
    private static final int REPORTS = 5;

    private TrainingRun() {}

    /**
     * Takes an empty folder, which is the working directory, and {@code short} or {@code whole}: the training of commands
     * that are over at once, or of everything. The outcome of the commands does not matter here, their tests are elsewhere.
     */
    public static void main(String[] args) {
        Path folder = Path.of(args[0]);
        Path root = folder.resolve("agent_workspaces");
        TrainingSwarm.few(root, 8);
        TrainingSwarm.broken(root);
        DAILY.forEach(line -> run(root, line));
        if (args[1].equals("whole")) {
            LARGER.forEach(line -> run(root, line));
            withAModel(root);
            TrainingWatch.here(watched -> {
                besideAWatch(watched);
                lookThroughAWindow(watched, LOOKS);
            });
        } else {
            TrainingWatch.elsewhere(TrainingRun::besideAWatch);
        }
        Path swarm = folder.resolve("swarm");
        passes(swarm);
        if (args[1].equals("whole")) {
            reports(swarm);
            looks(swarm);
        }
        // The end of the JVM loads classes too.
        System.exit(0);
    }

    private static void passes(Path swarm) {
        TrainingSwarm.many(swarm, SWARM, 0);
        for (int pass = 1; pass <= COLD_PASSES; pass++) {
            run(swarm, "sync --all --db pass-" + pass + ".db");
        }
        for (int pass = 1; pass <= UNCHANGED_PASSES; pass++) {
            run(swarm, "sync --all --db pass-1.db");
        }
        run(swarm, "verify --all --db pass-1.db");
    }

    /** Over a history of some thousand versions. */
    private static void reports(Path swarm) {
        for (int edition = 1; edition <= EDITIONS; edition++) {
            TrainingSwarm.many(swarm, SWARM, edition);
            run(swarm, "sync --all --db pass-1.db");
        }
        for (int report = 1; report <= REPORTS; report++) {
            run(swarm, "report --db pass-1.db");
        }
    }

    private static void besideAWatch(Rollcall watched) {
        BESIDE_A_WATCH.forEach(line -> run(watched.settings().root(), line));
    }

    private static void looks(Path swarm) {
        run(swarm, "sync --all");
        try (Rollcall rollcall = Rollcall.open(swarm)) {
            lookThroughAWindow(
                    rollcall,
                    Collections.nCopies(ROLL_LOOKS, ROLL).stream()
                            .flatMap(List::stream)
                            .toList());
        }
    }

    private static void lookThroughAWindow(Rollcall rollcall, List<String> looks) {
        try (Window window = Window.open(rollcall)) {
            for (String look : looks) {
                var connection = (HttpURLConnection)
                        window.address().resolve(look).toURL().openConnection();
                connection.setRequestProperty("Accept", look.startsWith("api/") ? "application/json" : "text/html");
                System.out.println("trained: GET /" + look + " -> " + connection.getResponseCode());
                try (InputStream all = connection.getResponseCode() < 400
                        ? connection.getInputStream()
                        : InputStream.nullInputStream()) {
                    all.readAllBytes();
                }
            }
        } catch (IOException failure) {
            System.out.println("not trained through a window: " + failure);
        }
    }

    /** Last among what prints: from here on what is printed goes where it can not be taken for a message. */
    private static void withAModel(Path root) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(MESSAGES.getBytes(StandardCharsets.UTF_8)));
        run(root, "mcp --agent Agent-1");
        System.setIn(before);
    }

    private static void run(Path root, String line) {
        String[] words = Stream.concat(Stream.of("--root", root.toString()), Stream.of(line.split(" ")))
                .toArray(String[]::new);
        int exitCode = Main.run(Terminal.ofProcess(), words);
        System.out.println("trained: " + line + " -> " + exitCode);
    }
}
