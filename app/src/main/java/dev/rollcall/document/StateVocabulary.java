package dev.rollcall.document;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which {@link State} a reported status means, by published rules. Immutable. */
public final class StateVocabulary {
    private final Map<String, State> own;

    private StateVocabulary(Map<String, State> own) {
        this.own = Map.copyOf(own);
    }

    /** The published rules alone. */
    public static StateVocabulary standard() {
        return new StateVocabulary(Map.of());
    }

    /** The published rules, overruled by a user's own mappings: a whole status text (case does not count) to its state. */
    public static StateVocabulary with(Map<String, State> own) {
        return new StateVocabulary(own);
    }

    /** {@link State#UNKNOWN} for null and for texts no rule knows. */
    public State stateOf(@Nullable String status) {
        throw new UnsupportedOperationException("stub");
    }

    int fingerprint() {
        return own.hashCode();
    }
}
