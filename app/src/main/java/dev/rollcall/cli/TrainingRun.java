package dev.rollcall.cli;

import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Watch;
import dev.rollcall.http.Window;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A typical session on a small swarm, then passes over a larger one, run once after a build. The JVM records meanwhile
 * which classes to keep in its start-up cache, and how the methods that a large swarm keeps busy behave, so that it
 * compiles them well from the start. A command that belongs to daily use belongs in {@link #SESSION}: what is not
 * exercised here starts slower.
 */
final class TrainingRun {
    /** One command line each, words separated by a blank; the root is added to all of them. */
    private static final List<String> SESSION = List.of(
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
            "index",
            "search warmth in training",
            "search who is blocked --json",
            "similar Agent-1 --json",
            "recommend warm up --json",
            "overlaps",
            "report",
            "report --json",
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

    /** For a watch to begin, and to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** Agents of the larger swarm. */
    private static final int SWARM = 1200;

    /** Cold passes over the larger swarm: enough that the JVM finds every method that such a pass is made of. */
    private static final int COLD_PASSES = 4;

    /** Passes in which nothing has changed: they are short, so it takes more of them. */
    private static final int UNCHANGED_PASSES = 60;

    /** Files that were just written would be read again at every pass. */
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2025-10-15T12:00:00Z"));

    private TrainingRun() {}

    /** Takes an empty folder, which is the working directory; the outcome of the commands does not matter here, their tests are elsewhere. */
    public static void main(String[] args) {
        Path root = Path.of(args[0]).resolve("agent_workspaces");
        for (int number = 1; number <= 8; number++) {
            write(root.resolve("Agent-" + number), document(number, 1));
        }
        write(root.resolve("Broken"), "{\"status\": \"ACTIVE\",");
        SESSION.forEach(line -> run(root, line));
        withAModel(root);
        besideAWatch();

        Path swarm = Path.of(args[0]).resolve("swarm");
        for (int number = 1; number <= SWARM; number++) {
            write(swarm.resolve("Agent-" + number), document(number, 10));
        }
        for (int pass = 1; pass <= COLD_PASSES; pass++) {
            run(swarm, "sync --all --db pass-" + pass + ".db");
        }
        for (int pass = 1; pass <= UNCHANGED_PASSES; pass++) {
            run(swarm, "sync --all --db pass-1.db");
        }
        run(swarm, "verify --all --db pass-1.db");
        // The end of the JVM loads classes too.
        System.exit(0);
    }

    /**
     * In a folder of its own for temporary files, because the path of a checkout can be too long for a socket. Whatever
     * fails here, the rest is trained.
     */
    private static void besideAWatch() {
        try {
            Path folder = Files.createTempDirectory("rollcall-");
            try {
                Path root = folder.resolve("a");
                for (int number = 1; number <= 3; number++) {
                    write(root.resolve("Agent-" + number), document(number, 1));
                }
                watched(root);
            } finally {
                delete(folder);
            }
        } catch (IOException | RuntimeException failure) {
            System.out.println("not trained beside a watch: " + failure);
        }
    }

    private static void watched(Path root) {
        CountDownLatch over = new CountDownLatch(1);
        Thread watch = Thread.ofPlatform().daemon().start(() -> {
            try (Rollcall rollcall = Rollcall.open(root)) {
                new Watch(rollcall, System.out::println).run(time -> isOver(over, time));
            }
        });
        try (Rollcall asking = Rollcall.open(root)) {
            long began = System.nanoTime();
            while (watch.isAlive()
                    && !asking.askWatch().isLeading()
                    && System.nanoTime() - began < PATIENCE.toNanos()) {
                isOver(over, BETWEEN_LOOKS);
            }
            BESIDE_A_WATCH.forEach(line -> run(root, line));
            lookThroughAWindow(asking);
        } finally {
            over.countDown();
            isEnded(watch);
        }
    }

    private static void lookThroughAWindow(Rollcall rollcall) {
        try (Window window = Window.open(rollcall)) {
            for (String look : LOOKS) {
                var connection = (HttpURLConnection)
                        window.address().resolve(look).toURL().openConnection();
                connection.setRequestProperty("Accept", look.startsWith("api/") ? "application/json" : "text/html");
                System.out.println("trained: GET /" + look + " -> " + connection.getResponseCode());
            }
        } catch (IOException failure) {
            System.out.println("not trained through a window: " + failure);
        }
    }

    private static boolean isOver(CountDownLatch over, Duration within) {
        try {
            return over.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isEnded(Thread thread) {
        try {
            return thread.join(PATIENCE);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
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

    /** @param length 10 for one of the usual length, some 9 KB */
    private static String document(int number, int length) {
        return """
                {
                  "agent_id": "Agent-%d",
                  "agent_name": "Apprentice of sm\\u00f8rrebr\\u00f8d",
                  "status": "ACTIVE - contract COMPLETE",
                  "fsm_state": "active",
                  "current_phase": "Warming up",
                  "current_mission": "Fill the start-up cache ✓",
                  "mission_priority": "HIGH",
                  "last_updated": "2025-10-15 12:00:0%d",
                  "cycle_count": %d,
                  "points_earned": "12.50",
                  "current_tasks": ["one", {"task": "two", "priority": 1}],
                  "completed_tasks": [%s],
                  "achievements": ["first"],
                  "blockers": "none",
                  "next_actions": ["Await mission assignment"],
                  "extra": {"nested": [1, 2.5e3, true, null]},
                  "notes": {%s}
                }
                """.formatted(number, number, number, completed(number, length), notes(number, length));
    }

    private static String completed(int number, int length) {
        return IntStream.range(0, length * 2)
                .mapToObj(i -> "\"Charted reef %d of the archipelago, and repainted the buoys around it\""
                        .formatted(number + i))
                .collect(Collectors.joining(",\n    "));
    }

    private static String notes(int number, int length) {
        return IntStream.range(0, length * 4)
                .mapToObj(i -> """
                        "log_%d": {
                              "said": "fog over the winch at low tide, lamp room %d calibrated again",
                              "at": %d,
                              "checked": true
                            }""".formatted(i, number + i, number * 1000 + i))
                .collect(Collectors.joining(",\n    "));
    }

    private static void write(Path folder, String document) {
        try {
            Files.createDirectories(folder);
            Path file = Files.writeString(folder.resolve("status.json"), document);
            Files.setLastModifiedTime(file, LONG_AGO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
