package dev.rollcall.cli;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;

/**
 * Twelve agents at work until they are stopped: most do one task after the other, two do the same, one waits for another,
 * one contradicts itself, one fell silent hours ago, one writes broken files and mends them. One thread plays them all.
 */
final class LiveDemo implements AutoCloseable {
    private static final Duration BETWEEN_STEPS = Duration.ofMillis(350);
    private static final int MANY = 1_000_000;

    /** Who works through its tasks; the others have a part of their own. */
    private static final List<Worker> WORKERS = List.of(
            new Worker(1, "Chart the tide tables for the harbour", "read the tide gauges", "fit the harmonic model"),
            new Worker(2, "Catalogue the lighthouse archive", "scan the keepers' logs", "index every shipwreck"),
            new Worker(3, "Restore the fog-signal controller", "trace the relay wiring", "rewrite the timer firmware"),
            new Worker(5, "Consolidate the configuration loaders", "list all fourteen loaders", "merge the defaults"),
            new Worker(6, "One configuration manager for every loader", "compare the loaders", "merge their defaults"),
            new Worker(9, "Rebuild the lamp-room dashboard", "sketch the gauges", "draw the lamp history"),
            new Worker(10, "Survey the northern reef", "plan the sonar tracks", "clean the depth soundings"),
            new Worker(11, "Index the ship arrivals since 1850", "transcribe the ledgers", "match the ship names"));

    private final Path folder;
    private final Rollcall rollcall;
    private final Random chance = new Random(7);
    private final Thread thread;
    private volatile boolean isStopping;

    private record Worker(int number, String mission, String... tasks) {}

    private LiveDemo(Path folder) {
        this.folder = folder;
        this.rollcall = DemoCommand.open(folder);
        setTheStage();
        this.thread = Thread.ofPlatform().daemon().name("demo").start(this::play);
    }

    /** Lays the swarm out and sets it to work. */
    static LiveDemo start() {
        return new LiveDemo(DemoCommand.layOut());
    }

    Path folder() {
        return folder;
    }

    Options options() {
        return DemoCommand.options(folder);
    }

    private void setTheStage() {
        for (Worker worker : WORKERS) {
            AgentLifecycle agent = agent(worker.number);
            agent.startCycle();
            agent.startMission(worker.mission, worker.number % 2 == 0 ? Priority.HIGH : Priority.MEDIUM);
            agent.addTask(worker.tasks[0]);
        }
        AgentLifecycle blocked = agent(4);
        blocked.startMission("Blue-green deploys of the beacon network", Priority.CRITICAL);
        blocked.addBlocker("waiting for Agent-3 to release the signal controller");
        agent(8).startMission("Translate the 1911 storm log");
        agent(8).addTask("decipher the handwriting");
        try {
            write(12, DemoTexts.CONTRADICTORY);
            fallSilent();
        } catch (IOException failure) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.WORKSPACE_UNREADABLE,
                            "demo: " + folder + " can not be written: " + failure.getMessage(),
                            "Check the folder for temporary files."),
                    failure);
        }
    }

    private void fallSilent() throws IOException {
        var last = rollcall.clock().instant().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        Files.createDirectories(file(7).getParent());
        Path draft = file(7).resolveSibling("draft");
        Files.writeString(draft, DemoTexts.silentSince(last));
        Files.setLastModifiedTime(draft, FileTime.from(last));
        Files.move(draft, file(7), StandardCopyOption.ATOMIC_MOVE);
    }

    private void play() {
        try {
            for (int step = 1; step < MANY && !isStopping; step++) {
                Thread.sleep(BETWEEN_STEPS);
                if (step % 40 == 4) {
                    write(8, DemoTexts.broken(Files.readString(file(8))));
                } else if (step % 40 == 34) {
                    write(8, Files.readString(file(8)).replaceFirst(",\\s*}\\s*$", "\n}\n"));
                } else {
                    work(WORKERS.get(chance.nextInt(WORKERS.size())));
                }
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } catch (ProblemException | IOException folderIsGone) {
            // The swarm ends with its folder; the window shows that it does.
            isStopping = true;
        }
    }

    private void work(Worker worker) {
        AgentLifecycle agent = agent(worker.number);
        String task = worker.tasks[chance.nextInt(worker.tasks.length)];
        switch (chance.nextInt(6)) {
            case 0 -> agent.addTask(task);
            case 1 -> agent.updatePhase("Now to " + task);
            case 2 -> agent.addAchievement("Could " + task + " in one go");
            case 3 -> agent.setNextActions(task, "hand it over");
            case 4 -> agent.completeTask(task, 5L + chance.nextInt(20));
            default -> {
                agent.endCycle();
                agent.startCycle();
            }
        }
    }

    private AgentLifecycle agent(int number) {
        return rollcall.lifecycle("Agent-" + number);
    }

    private Path file(int number) {
        return folder.resolve("agent_workspaces").resolve("Agent-" + number).resolve("status.json");
    }

    /** In one piece. */
    private void write(int number, String text) throws IOException {
        Files.createDirectories(file(number).getParent());
        Path draft = file(number).resolveSibling("draft");
        Files.writeString(draft, text);
        Files.move(draft, file(number), StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void close() {
        isStopping = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        rollcall.close();
    }
}
