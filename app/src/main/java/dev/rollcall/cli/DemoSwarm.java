package dev.rollcall.cli;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Eight processes, one an agent, each running {@code demo-agent} on the same Java and class path as this one. */
final class DemoSwarm {
    private static final int AGENTS = 8;
    private static final long BETWEEN_SYNCS_MILLIS = 300;

    private final Path workspaces;

    DemoSwarm(Path workspaces) {
        this.workspaces = workspaces;
    }

    /** Starts all agents and keeps the roll up to date until the last has finished. */
    void work(Runnable sync) {
        List<Process> agents = new ArrayList<>();
        try {
            for (int number = 1; number <= AGENTS; number++) {
                agents.add(start("Agent-" + number));
            }
            for (Process agent : agents) {
                while (!agent.waitFor(BETWEEN_SYNCS_MILLIS, TimeUnit.MILLISECONDS)) {
                    sync.run();
                }
            }
        } catch (IOException failure) {
            throw failure("demo: an agent's process could not be started: " + failure.getMessage(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure("demo: interrupted", interrupted);
        } finally {
            agents.forEach(Process::destroy);
        }
    }

    private Process start(String agent) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> !argument.startsWith("-agentlib") && !argument.startsWith("-javaagent"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of("demo-agent", "--agent", agent, "--root", workspaces.toString()));
        command.addAll(List.of(
                "--db",
                workspaces.resolveSibling(".rollcall").resolve("roll.db").toString()));
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        process.environment().keySet().removeIf(variable -> variable.startsWith("ROLLCALL_"));
        return process.start();
    }

    private static ProblemException failure(String message, Exception cause) {
        return new ProblemException(
                new Problem(ProblemCode.WORKSPACE_UNREADABLE, message, "Run rollcall demo again."), cause);
    }
}
