package dev.rollcall.http;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request asks for. All methods throw {@link ProblemException} WRONG_USAGE, naming the parameter. */
final class Parameters {
    private final Context context;

    private Parameters(Context context) {
        this.context = context;
    }

    /** @param known every parameter that the route takes: another one is a mistake that somebody should hear of */
    static Parameters of(Context context, String... known) {
        for (var given : context.queryParamMap().entrySet()) {
            if (!List.of(known).contains(given.getKey())) {
                throw new ProblemException(
                        ProblemCode.WRONG_USAGE,
                        "there is no parameter \"" + ShownText.of(given.getKey()) + "\" here",
                        ShownText.of(Suggestion.sentence(
                                given.getKey(),
                                List.of(known),
                                known.length == 0 ? "It takes none." : "It takes " + String.join(", ", known) + ".")));
            }
            if (given.getValue().size() > 1) {
                throw wrong(given.getKey(), "is given more than once");
            }
        }
        return new Parameters(context);
    }

    /** The agent that the path names. */
    AgentId agent() {
        return new AgentId(context.pathParam("id"));
    }

    /** Null where it is not given, or empty. */
    @Nullable
    String text(String name) {
        String value = context.queryParam(name);
        return value == null || value.isBlank() ? null : value;
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    String required(String name) {
        String value = text(name);
        if (value == null) {
            throw wrong(name, "is missing");
        }
        return value;
    }

    int number(String name, int otherwise, int least, int most) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException noNumber) {
            // Said below, as of a number that is out of bounds.
        }
        throw wrong(name, "must be a number from " + least + " to " + most);
    }

    /** In any case of letters; empty where it is not given. */
    <E extends Enum<E>> Optional<E> choice(String name, Class<E> choices) {
        String value = text(name);
        if (value == null) {
            return Optional.empty();
        }
        for (E choice : choices.getEnumConstants()) {
            if (choice.name().equalsIgnoreCase(value.strip())) {
                return Optional.of(choice);
            }
        }
        List<String> names = java.util.Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        throw wrong(name, "must be one of " + String.join(", ", names));
    }

    boolean flag(String name) {
        String value = text(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw wrong(name, "must be true or false");
        }
        return value.equals("true");
    }

    private static ProblemException wrong(String name, String what) {
        return new ProblemException(
                ProblemCode.WRONG_USAGE, "parameter " + ShownText.of(name) + " " + what, "See /api/v1/openapi.json.");
    }
}
