package dev.rollcall.cli;

import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code demo-agent}: one agent of the demo, in a process of its own. */
@Command(name = "demo-agent", hidden = true, description = "One agent of the demo.")
final class DemoAgentCommand extends Verb {
    private static final List<String> MISSIONS = List.of(
            "Chart the tide tables for the harbour",
            "Catalogue the lighthouse archive",
            "Restore the fog-signal controller",
            "Map every buoy to its keeper",
            "Translate the 1911 storm log",
            "Rebuild the lamp-room dashboard",
            "Survey the northern reef",
            "Index the ship arrivals since 1850");

    private static final List<String> TASKS =
            List.of("read the sources", "sketch the model", "write the first draft", "check it twice", "hand it over");

    private static final Duration LONGEST_PAUSE = Duration.ofMillis(450);

    @Option(names = "--agent", paramLabel = "ID", required = true, description = "Agent-1 to Agent-8.")
    private String agent = "";

    private Random chance = new Random(0);

    DemoAgentCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() throws IOException {
        int number = Integer.parseInt(agent.substring(agent.indexOf('-') + 1));
        chance = new Random(number);
        if (number == 7) {
            fallSilent();
            return FINE;
        }
        AgentLifecycle lifecycle = root().rollcall().lifecycle(agent);
        lifecycle.startCycle();
        lifecycle.startMission(MISSIONS.get(number - 1), number % 2 == 0 ? Priority.HIGH : Priority.MEDIUM);
        switch (number) {
            case 5 -> contradictItself();
            case 6 -> writeBrokenFiles(lifecycle);
            default -> work(lifecycle, number);
        }
        return FINE;
    }

    private void work(AgentLifecycle lifecycle, int number) {
        for (String task : TASKS.subList(0, 2 + number % 3)) {
            lifecycle.addTask(task);
            rest();
            lifecycle.completeTask(task, 10L * number);
            lifecycle.endCycle();
            lifecycle.startCycle();
        }
        switch (number) {
            case 2 -> lifecycle.addBlocker("waiting for Agent-3 to free the archive room");
            case 4 -> lifecycle.completeMission();
            default -> lifecycle.updatePhase("Reviewing what is done");
        }
    }

    private void contradictItself() throws IOException {
        rest();
        Files.writeString(file(), DemoTexts.CONTRADICTORY);
    }

    /** In place and in pieces, as many tools write; the last version ends in a comma too many. */
    private void writeBrokenFiles(AgentLifecycle lifecycle) throws IOException {
        lifecycle.addTask("paint the panels");
        String good = Files.readString(file());
        for (int round = 0; round < 4; round++) {
            Files.writeString(file(), good.substring(0, good.length() / 2));
            rest();
            Files.writeString(file(), good);
            rest();
        }
        Files.writeString(file(), DemoTexts.broken(good));
    }

    /** Its last word is three hours old, and it never speaks again. */
    private void fallSilent() throws IOException {
        Instant last =
                root().rollcall().clock().instant().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);
        Files.createDirectories(file().getParent());
        Path draft = file().resolveSibling("draft");
        Files.writeString(draft, DemoTexts.silentSince(last));
        Files.setLastModifiedTime(draft, FileTime.from(last));
        Files.move(draft, file(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path file() {
        return root().rollcall().settings().root().resolve(agent).resolve("status.json");
    }

    private void rest() {
        try {
            Thread.sleep(Duration.ofMillis(chance.nextLong(LONGEST_PAUSE.toMillis() / 2, LONGEST_PAUSE.toMillis())));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.WORKSPACE_UNREADABLE, "demo: interrupted", "");
        }
    }
}
