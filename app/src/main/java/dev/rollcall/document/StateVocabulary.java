package dev.rollcall.document;

import dev.rollcall.document.StateWords.Meaning;
import dev.rollcall.document.StateWords.Strength;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which {@link State} a reported status means, by published rules (docs/status-json.md) that look at whole words, never
 * at parts of them. Immutable.
 */
public final class StateVocabulary {
    /** Statuses are a line; what somebody writes beyond this length is a report. */
    private static final int MAX_LENGTH = 2_000;

    private static final StateVocabulary STANDARD = new StateVocabulary(Map.of());

    private final TreeMap<String, State> own = new TreeMap<>();

    private StateVocabulary(Map<String, State> own) {
        own.forEach((status, state) -> this.own.put(normal(status), state));
    }

    /** The published rules alone. */
    public static StateVocabulary standard() {
        return STANDARD;
    }

    /**
     * The published rules, overruled by a user's own mappings: a whole status text to its state. Neither case nor white
     * space at the ends counts.
     */
    public static StateVocabulary with(Map<String, State> own) {
        return new StateVocabulary(own);
    }

    /** {@link State#UNKNOWN} for null and for texts no rule knows. */
    public State stateOf(@Nullable String status) {
        if (status == null) {
            return State.UNKNOWN;
        }
        if (!own.isEmpty()) {
            State mapped = own.get(normal(status));
            if (mapped != null) {
                return mapped;
            }
        }
        Meaning meaning = ofText(status.length() <= MAX_LENGTH ? status : status.substring(0, MAX_LENGTH));
        return meaning == null ? State.UNKNOWN : meaning.state();
    }

    /** The same on every machine and in every run. */
    int fingerprint() {
        int hash = StateWords.fingerprint();
        for (Map.Entry<String, State> entry : own.entrySet()) {
            hash = 31 * (31 * hash + entry.getKey().hashCode())
                    + entry.getValue().name().hashCode();
        }
        return hash;
    }

    private static String normal(String status) {
        return status.strip().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Meaning ofText(String text) {
        int arrow = Math.max(text.lastIndexOf("->"), text.lastIndexOf('\u2192'));
        if (arrow >= 0) {
            Meaning target = ofText(text.substring(arrow + (text.charAt(arrow) == '-' ? 2 : 1)));
            return target != null ? target : ofText(text.substring(0, arrow));
        }
        return text.contains(" + ") ? ofList(text.split(" \\+ ")) : ofParts(StatusParts.of(text));
    }

    /** Of several things said side by side, one that is going on tells more than those that are over. */
    private static @Nullable Meaning ofList(String[] items) {
        Meaning last = null;
        for (String item : items) {
            Meaning meaning = ofParts(StatusParts.of(item));
            if (meaning != null && meaning.state() == State.ACTIVE && meaning.strength() == Strength.STRONG) {
                return meaning;
            }
            last = meaning != null ? meaning : last;
        }
        return last;
    }

    /** The first part that says a state decides; what is only an account of it does not count, a sequel may go on. */
    private static @Nullable Meaning ofParts(List<StatusParts.Part> parts) {
        Meaning decided = null;
        boolean activeByName = false;
        for (StatusParts.Part part : parts) {
            if (decided != null && (activeByName || part.link() == StatusParts.Link.ACCOUNT)) {
                return decided;
            }
            Meaning meaning = StatusReading.of(part.words());
            if (decided == null) {
                decided = meaning;
                activeByName = meaning != null && part.words().getFirst().equals("active");
            } else if (meaning != null && goesOn(decided.state(), meaning)) {
                decided = meaning;
            }
        }
        return decided;
    }

    private static boolean goesOn(State before, Meaning sequel) {
        if (sequel.strength() != Strength.STRONG) {
            return false;
        }
        return switch (sequel.state()) {
            case ACTIVE, WAITING, BLOCKED, ERROR, OFFLINE -> true;
            case IDLE -> before == State.COMPLETE;
            case COMPLETE, UNKNOWN -> false;
        };
    }
}
