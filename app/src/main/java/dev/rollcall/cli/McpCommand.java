package dev.rollcall.cli;

import dev.rollcall.app.OpenRolls;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.mcp.StdioSession;
import dev.rollcall.mcp.ToolCaller;
import dev.rollcall.mcp.ToolServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mcp}. */
@Command(
        name = "mcp",
        description = {
            "Tools for a model: serves the Model Context Protocol on stdin and stdout.",
            "Reads only, unless it is started for an agent. For the configuration of",
            "clients see docs/mcp.md."
        },
        footer = {"", "Example: rollcall mcp --agent Agent-7"})
final class McpCommand extends Verb {
    @Option(
            names = "--agent",
            paramLabel = "ID",
            description = "The agent whose status the tools may write (default: ROLLCALL_AGENT).")
    private @Nullable String agent;

    McpCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        Rollcall rollcall = root().rollcall();
        String id = agent == null ? rollcall.defaultAgent().orElse(null) : agent;
        ToolCaller caller = ToolCaller.of(id == null ? null : new AgentId(id));
        // Only messages may be on stdout, whatever a library thinks of printing.
        System.setOut(root().terminal().err());
        try (OpenRolls rolls = new OpenRolls(rollcall)) {
            StdioSession session = new StdioSession(
                    new ToolServer(rolls), caller, root().terminal().out());
            UntilStopped time = new UntilStopped(root(), () -> session.end(McpCommand::leave));
            try {
                session.run(System.in, McpCommand::leave);
            } finally {
                time.close();
            }
        }
        return FINE;
    }

    /** With an answer that nobody takes, or that takes long, when nobody is there any more. */
    private static void leave() {
        Runtime.getRuntime().halt(FINE);
    }
}
