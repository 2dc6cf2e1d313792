package dev.rollcall.mcp;

import dev.rollcall.app.OpenRolls;
import dev.rollcall.app.Rollcall;
import dev.rollcall.problem.ProblemException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A tool: on stdio and over HTTP it is the same.
 *
 * @param description for a model: what it gives, and when to call it
 * @param handler does it
 */
record Tool(String name, String description, List<Argument> arguments, Effect effect, Handler handler) {
    /** Whether it changes anything. */
    enum Effect {
        READS,
        WRITES
    }

    /** What a tool does. */
    interface Handler {
        /**
         * The answer, as text.
         *
         * @throws ProblemException what the caller should hear of
         */
        String answer(Call call);
    }

    /**
     * A call of a tool.
     *
     * @param written hears what a tool wrote, as soon as it is written; throws {@link ProblemException} when it can not be
     *     logged
     */
    record Call(OpenRolls rolls, ToolCaller caller, Arguments arguments, Consumer<String> written) {
        <T> T ask(Function<Rollcall, T> question) {
            return rolls.ask(question);
        }

        /** What takes long: reads every file, the whole past, or loads the model. */
        <T> T askForLong(Function<Rollcall, T> question) {
            return rolls.askForLong(question);
        }
    }

    static Tool reading(String name, String description, List<Argument> arguments, Handler handler) {
        return new Tool(name, description, arguments, Effect.READS, handler);
    }

    boolean isWriting() {
        return effect == Effect.WRITES;
    }

    /** What it takes, as JSON Schema. */
    Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        arguments.forEach(argument -> properties.put(argument.name(), argument.schema()));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        List<String> required = arguments.stream()
                .filter(Argument::isRequired)
                .map(Argument::name)
                .toList();
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
