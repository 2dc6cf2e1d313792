package dev.rollcall.mcp;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a tool was called with. All methods throw {@link ProblemException} WRONG_USAGE, naming the argument. */
final class Arguments {
    private final String tool;
    private final Map<String, Argument> known = new LinkedHashMap<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param values by name, as JSON reads them; null counts as not given */
    Arguments(String tool, List<Argument> arguments, Map<String, ? extends @Nullable Object> values) {
        this.tool = tool;
        arguments.forEach(argument -> known.put(argument.name(), argument));
        values.forEach(this::take);
        for (Argument argument : arguments) {
            if (argument.isRequired() && !this.values.containsKey(argument.name())) {
                throw wrong(argument.name(), "is missing", argument.description());
            }
        }
    }

    private void take(String name, @Nullable Object value) {
        Argument argument = known.get(name);
        if (argument == null) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    tool + " takes no argument \"" + ShownText.of(name) + "\"",
                    ShownText.of(Suggestion.sentence(
                            name,
                            known.keySet(),
                            known.isEmpty()
                                    ? "It takes none."
                                    : "It takes " + String.join(", ", known.keySet()) + ".")));
        }
        if (value != null) {
            values.put(name, fit(argument, value));
        }
    }

    private Object fit(Argument argument, Object value) {
        return switch (argument.type()) {
            case TEXT -> fitText(argument, value);
            case NUMBER, INTEGER -> fitNumber(argument, value);
            case FLAG -> {
                if (value instanceof Boolean || value.equals("true") || value.equals("false")) {
                    yield Boolean.valueOf(value.toString());
                }
                throw wrong(argument.name(), "must be true or false", "");
            }
            case TEXTS -> {
                if (value instanceof List<?> items && items.stream().allMatch(String.class::isInstance)) {
                    yield items;
                }
                throw wrong(argument.name(), "must be a list of texts", "");
            }
        };
    }

    private String fitText(Argument argument, Object value) {
        if (!(value instanceof String text)) {
            throw wrong(argument.name(), "must be a text", "");
        }
        if (!argument.choices().isEmpty()) {
            String word = text.strip().toLowerCase(Locale.ROOT);
            if (!argument.choices().contains(word)) {
                throw wrong(argument.name(), "must be one of " + String.join(", ", argument.choices()), "");
            }
            return word;
        }
        if (text.length() > argument.most()) {
            throw wrong(argument.name(), "is longer than " + argument.most() + " characters", "Say it shorter.");
        }
        return text;
    }

    private BigDecimal fitNumber(Argument argument, Object value) {
        boolean isWhole = argument.type() == Argument.Type.INTEGER;
        try {
            String spelled = value.toString().strip();
            if ((value instanceof Number || value instanceof String) && spelled.length() <= 100) {
                BigDecimal number = new BigDecimal(spelled);
                if (!isWhole
                        || number.compareTo(BigDecimal.valueOf(argument.least())) >= 0
                                && number.compareTo(BigDecimal.valueOf(argument.most())) <= 0
                                && number.stripTrailingZeros().scale() <= 0) {
                    return number;
                }
            }
        } catch (NumberFormatException noNumber) {
            // Said below, as of a number that is out of bounds.
        }
        throw wrong(
                argument.name(),
                isWhole
                        ? "must be a whole number from " + argument.least() + " to " + argument.most()
                        : "must be a number",
                "");
    }

    /** Null where it is not given, or blank. */
    @Nullable
    String text(String name) {
        return values.get(name) instanceof String text && !text.isBlank() ? text : null;
    }

    String required(String name) {
        String text = text(name);
        if (text == null) {
            throw wrong(name, "is empty", "");
        }
        return text;
    }

    int number(String name, int otherwise) {
        return values.get(name) instanceof BigDecimal number ? number.intValueExact() : otherwise;
    }

    boolean flag(String name) {
        return Boolean.TRUE.equals(values.get(name));
    }

    <E extends Enum<E>> Optional<E> choice(String name, Class<E> words) {
        return Optional.ofNullable(text(name)).map(word -> Enum.valueOf(words, word.toUpperCase(Locale.ROOT)));
    }

    AgentId agent() {
        return new AgentId(required(Argument.AGENT));
    }

    @Nullable
    AgentId optionalAgent() {
        String id = text(Argument.AGENT);
        return id == null ? null : new AgentId(id);
    }

    Detail detail() {
        return choice("detail", Detail.class).orElse(Detail.BRIEF);
    }

    Reply.Turn turn(int usual) {
        return new Reply.Turn(detail(), number("limit", usual), text("cursor"));
    }

    /** All of them by name. */
    Map<String, Object> values() {
        return values;
    }

    private ProblemException wrong(String name, String what, String hint) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE,
                tool + ": argument " + ShownText.of(name) + " " + what,
                hint.isEmpty() ? "" : hint);
    }
}
