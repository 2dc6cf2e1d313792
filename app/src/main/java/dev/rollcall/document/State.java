package dev.rollcall.document;

import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an agent is doing, derived from the status it reports; never replaces that status. */
public enum State {
    ACTIVE,
    IDLE,
    WAITING,
    BLOCKED,
    COMPLETE,
    ERROR,
    OFFLINE,
    UNKNOWN;

    private static final Map<String, State> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(State::name, Function.identity()));

    /** The state of this name; null where it is the name of none. */
    public static @Nullable State named(String name) {
        return BY_NAME.get(name);
    }
}
