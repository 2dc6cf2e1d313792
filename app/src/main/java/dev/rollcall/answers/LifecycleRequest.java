package dev.rollcall.answers;

import dev.rollcall.document.JsonValue;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.lifecycle.LifecycleCommand;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A lifecycle verb as a program asks for it: the verb's name, and its arguments as the members of a JSON object. All
 * methods throw {@link ProblemException} WRONG_USAGE, naming what is wrong.
 */
public final class LifecycleRequest {
    /** Every verb and its arguments; those that end in {@code ?} may be left out. */
    public static final Map<String, List<String>> VERBS = verbs();

    private final String verb;
    private final JsonValue.Obj arguments;

    private LifecycleRequest(String verb, JsonValue.Obj arguments) {
        this.verb = verb;
        this.arguments = arguments;
    }

    private static Map<String, List<String>> verbs() {
        Map<String, List<String>> verbs = new LinkedHashMap<>();
        verbs.put("start-cycle", List.of());
        verbs.put("start-mission", List.of("name", "priority?"));
        verbs.put("update-phase", List.of("phase"));
        verbs.put("add-task", List.of("name"));
        verbs.put("complete-task", List.of("name", "points?"));
        verbs.put("add-blocker", List.of("text"));
        verbs.put("clear-blockers", List.of());
        verbs.put("add-achievement", List.of("text"));
        verbs.put("set-next-actions", List.of("actions"));
        verbs.put("complete-mission", List.of());
        verbs.put("end-cycle", List.of());
        return verbs;
    }

    /** @param json a JSON object; nothing at all counts as an empty one */
    public static LifecycleCommand of(String verb, byte[] json) {
        List<String> known = VERBS.get(verb);
        if (known == null) {
            throw wrong(
                    "there is no verb \"" + ShownText.of(verb) + "\"",
                    Suggestion.sentence(
                            verb, VERBS.keySet(), "It is one of " + String.join(", ", VERBS.keySet()) + "."));
        }
        LifecycleRequest request = new LifecycleRequest(verb, object(verb, json));
        request.demandKnown(known);
        return request.command();
    }

    private static JsonValue.Obj object(String verb, byte[] json) {
        if (json.length == 0) {
            return new JsonValue.Obj(List.of(), 0, 0);
        }
        return switch (StatusParser.parse(json)) {
            case ParseResult.Parsed parsed -> parsed.document().root();
            case ParseResult.Rejected(var code, String message, var position) ->
                throw wrong(verb + ": the arguments are no JSON object: " + message, expected(verb));
        };
    }

    /** A sentence that shows what a verb takes; for one that is known. */
    private static String expected(String verb) {
        List<String> known = VERBS.getOrDefault(verb, List.of());
        if (known.isEmpty()) {
            return "It takes no arguments: send {}, or nothing.";
        }
        String example = known.stream()
                .map(name -> '"' + name.replace("?", "") + "\": " + example(name))
                .collect(Collectors.joining(", ", "{", "}"));
        String optional = known.stream()
                .filter(name -> name.endsWith("?"))
                .map(name -> " " + name.replace("?", "") + " may be left out.")
                .collect(Collectors.joining());
        return "Send for example " + example + "." + optional;
    }

    private static String example(String name) {
        return switch (name) {
            case "points?" -> "150";
            case "priority?" -> "\"HIGH\"";
            case "actions" -> "[\"...\"]";
            default -> "\"...\"";
        };
    }

    private void demandKnown(List<String> known) {
        List<String> names = known.stream().map(name -> name.replace("?", "")).toList();
        Set<String> seen = new java.util.HashSet<>();
        for (JsonValue.Member member : arguments.members()) {
            if (!names.contains(member.name()) || !seen.add(member.name())) {
                throw wrong(
                        verb + " takes no " + (names.contains(member.name()) ? "second " : "") + "argument \""
                                + ShownText.of(member.name()) + "\"",
                        Suggestion.sentence(
                                member.name(),
                                names,
                                names.isEmpty() ? "It takes none." : "It takes " + String.join(", ", names) + "."));
            }
        }
    }

    private LifecycleCommand command() {
        return switch (verb) {
            case "start-cycle" -> new LifecycleCommand.StartCycle();
            case "start-mission" -> new LifecycleCommand.StartMission(text("name"), priority());
            case "update-phase" -> new LifecycleCommand.UpdatePhase(text("phase"));
            case "add-task" -> new LifecycleCommand.AddTask(text("name"));
            case "complete-task" -> new LifecycleCommand.CompleteTask(text("name"), points());
            case "add-blocker" -> new LifecycleCommand.AddBlocker(text("text"));
            case "clear-blockers" -> new LifecycleCommand.ClearBlockers();
            case "add-achievement" -> new LifecycleCommand.AddAchievement(text("text"));
            case "set-next-actions" -> new LifecycleCommand.SetNextActions(texts("actions"));
            case "complete-mission" -> new LifecycleCommand.CompleteMission();
            case "end-cycle" -> new LifecycleCommand.EndCycle();
            default -> throw new IllegalStateException("a verb without a command: " + verb);
        };
    }

    private @Nullable JsonValue value(String name) {
        return arguments.member(name).map(JsonValue.Member::value).orElse(null);
    }

    private String text(String name) {
        if (value(name) instanceof JsonValue.Text(String text, int start, int end)) {
            return text;
        }
        throw wrong(verb + " needs \"" + name + "\", a text", expected(verb));
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        if (value(name) instanceof JsonValue.Arr items) {
            for (JsonValue item : items.items()) {
                if (item instanceof JsonValue.Text(String text, int start, int end)) {
                    texts.add(text);
                }
            }
            if (texts.size() == items.items().size()) {
                return texts;
            }
        }
        throw wrong(verb + " needs \"" + name + "\", a list of texts", expected(verb));
    }

    private Priority priority() {
        return value("priority") == null ? Priority.MEDIUM : Priority.named(text("priority"));
    }

    private BigDecimal points() {
        JsonValue points = value("points");
        if (points == null) {
            return BigDecimal.ZERO;
        }
        try {
            if (points instanceof JsonValue.Num(String literal, int start, int end) && literal.length() < 100) {
                return new BigDecimal(literal);
            }
        } catch (NumberFormatException tooLarge) {
            // Said below, as of what is no number.
        }
        throw wrong(verb + ": \"points\" must be a plain number", expected(verb));
    }

    private static ProblemException wrong(String message, String hint) {
        return new ProblemException(ProblemCode.WRONG_USAGE, message, ShownText.of(hint));
    }
}
