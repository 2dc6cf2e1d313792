package dev.rollcall.mcp;

import dev.rollcall.answers.LifecycleAnswer;
import dev.rollcall.answers.LifecycleRequest;
import dev.rollcall.app.Scope;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleOutcome;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.mcp.Tool.Effect;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import io.modelcontextprotocol.json.McpJsonDefaults;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The verbs with which an agent keeps its own status; there only for one who is known to be that agent, or a captain. */
final class LifecycleTools {
    private static final Map<String, String> WHEN = when();

    private LifecycleTools() {}

    private static Map<String, String> when() {
        Map<String, String> when = new LinkedHashMap<>();
        when.put("start-cycle", "Call first whenever you begin to work: a new cycle, state ACTIVE.");
        when.put(
                "start-mission",
                "Call when you take on a new mission. Tasks and blockers start empty. Search or overlaps first: somebody may be"
                        + " at it already.");
        when.put("update-phase", "Call when your work enters another phase, so that others see how far you are.");
        when.put("add-task", "Call before you begin a task of the mission, once for each.");
        when.put(
                "complete-task",
                "Call as soon as a task is done, by the name it was added with, with the points it earns.");
        when.put(
                "add-blocker",
                "Call at once when you can not go on; say what you wait for, and name the agent: state BLOCKED.");
        when.put("clear-blockers", "Call as soon as you can go on again: all blockers are gone.");
        when.put("add-achievement", "Call for a result worth telling, beyond single tasks.");
        when.put("set-next-actions", "Call when you know what you will do next, before you stop; replaces the list.");
        when.put("complete-mission", "Call when the mission's goal is reached.");
        when.put("end-cycle", "Call last, when you stop working for now.");
        return when;
    }

    static List<Tool> all() {
        List<Tool> tools = new ArrayList<>();
        LifecycleRequest.VERBS.forEach((verb, names) -> {
            List<Argument> arguments = new ArrayList<>();
            names.forEach(name -> arguments.add(argument(name)));
            arguments.add(
                    Argument.agent("Whose status; only a captain names it, and must. An agent's tools write its own."));
            String name = tool(verb);
            String description = WHEN.getOrDefault(verb, "") + " Writes the agent's status.json and the roll.";
            tools.add(new Tool(name, description, arguments, Effect.WRITES, call -> perform(verb, call)));
        });
        return List.copyOf(tools);
    }

    private static String tool(String verb) {
        return verb.replace('-', '_');
    }

    /** The verb of a tool, as the command line and the log spell it. */
    static String verb(String tool) {
        return tool.replace('_', '-');
    }

    private static Argument argument(String spelled) {
        String name = spelled.replace("?", "");
        Argument argument = switch (name) {
            case "points" -> Argument.of(Argument.Type.NUMBER, name, "What it earns (default 0).");
            case "actions" -> Argument.of(Argument.Type.TEXTS, name, "One sentence each, the next one first.");
            case "priority" ->
                Argument.choice(name, LifecycleCommand.Priority.class, "How urgent it is (default medium).");
            case "phase" -> Argument.of(Argument.Type.TEXT, name, "What you are at now, in a few words.");
            case "text" -> Argument.of(Argument.Type.TEXT, name, "One sentence.");
            default -> Argument.of(Argument.Type.TEXT, name, "What it is called, in a few words.");
        };
        return spelled.endsWith("?") ? argument : argument.required();
    }

    private static String perform(String verb, Call call) {
        AgentId agent = whose(verb, call);
        LifecycleCommand command = LifecycleRequest.of(verb, json(call.arguments()));
        LifecycleOutcome outcome =
                call.ask(rollcall -> rollcall.lifecycle(agent).perform(command));
        List<String> notes = new ArrayList<>();
        try {
            call.written().accept("written" + (outcome.isSynced() ? " as revision " + outcome.revision() : ""));
        } catch (ProblemException notLogged) {
            notes.add("that it is written could not be logged: "
                    + notLogged.problem().message());
        }
        outcome.findings().forEach(finding -> notes.add(finding.message()));
        if (!outcome.isSynced()) {
            notes.add("the roll could not be updated: " + outcome.notSyncedBecause()
                    + "; it catches up with the next sync");
        }
        List<Answer> others = command instanceof LifecycleCommand.StartMission(String name, var priority)
                ? atTheSameWork(call, name, agent, notes)
                : List.of();
        return Reply.of(
                Detail.NORMAL,
                LifecycleAnswer.json(outcome, json -> LifecycleAnswer.sameWork(json.texts("notes", notes), others)));
    }

    /** Who else is; the mission has begun, whatever comes of this. */
    private static List<Answer> atTheSameWork(Call call, String work, AgentId self, List<String> notes) {
        try {
            return call.ask(rollcall -> rollcall.searching().whoIsAt(work, self));
        } catch (ProblemException unknown) {
            notes.add("whether somebody is at the same work could not be found out: "
                    + unknown.problem().message());
            return List.of();
        }
    }

    private static AgentId whose(String verb, Call call) {
        @Nullable AgentId named = call.arguments().optionalAgent();
        return switch (call.caller().scope()) {
            case Scope.Read read -> throw new ProblemException(nobody(tool(verb)));
            case Scope.Agent(AgentId own) when named == null || named.equals(own) -> own;
            case Scope.Agent(AgentId own) ->
                throw new ProblemException(
                        ProblemCode.REFUSED,
                        "these tools write the status of " + own + ", not that of " + named,
                        "Leave " + Argument.AGENT + " out.");
            case Scope.Captain captain when named != null -> named;
            case Scope.Captain captain ->
                throw new ProblemException(
                        ProblemCode.WRONG_USAGE,
                        "a captain must say whose status " + tool(verb) + " is to write",
                        "Add " + Argument.AGENT + ".");
        };
    }

    /** Why a tool is not there for somebody who is nobody. */
    static Problem nobody(String tool) {
        return new Problem(
                ProblemCode.REFUSED,
                tool + " is only for an agent that is known by name: it writes that agent's status",
                "Start rollcall mcp with --agent ID or ROLLCALL_AGENT; over HTTP send a token of scope agent:ID.");
    }

    /** What the verb takes, as the object in which a program would send it. */
    private static byte[] json(Arguments arguments) {
        Map<String, Object> values = new LinkedHashMap<>(arguments.values());
        values.remove(Argument.AGENT);
        try {
            return McpJsonDefaults.getMapper().writeValueAsBytes(values);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
