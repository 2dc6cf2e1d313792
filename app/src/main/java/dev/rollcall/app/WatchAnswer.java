package dev.rollcall.app;

import dev.rollcall.app.WatchTrouble.Kind;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the watch over a root and a database says of itself when it is asked. It may be another version's: what it does not
 * say is not known.
 *
 * @param facts by the names of {@code WatchFacts}; empty when none runs
 */
public record WatchAnswer(Map<String, String> facts) {
    /** A change that has waited for longer is told of: until then it is on its way. */
    private static final Duration USUAL = Duration.ofSeconds(1);

    public WatchAnswer {
        facts = Map.copyOf(facts);
    }

    /** Whether there is one, if only one that hangs. */
    public boolean isRunning() {
        return !facts.isEmpty();
    }

    /** Whether it has answered: only the one that leads does. */
    public boolean isLeading() {
        return facts.containsKey("pid");
    }

    /** The address of the window that the same process has opened; empty when it has none. */
    public Optional<String> window() {
        return Optional.ofNullable(facts.get(WatchFacts.WINDOW));
    }

    /** Whose root that window shows; empty when it is not told. */
    public Optional<String> root() {
        return Optional.ofNullable(facts.get(WatchFacts.ROOT));
    }

    public List<WatchTrouble> troubles() {
        List<WatchTrouble> troubles = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            String message = facts.get(WatchFacts.name(kind));
            if (message != null) {
                troubles.add(new WatchTrouble(
                        kind, message, time(WatchFacts.sinceName(kind)).orElse(null)));
            }
        }
        if (troubles.isEmpty() || !unnamed().isEmpty()) {
            other().ifPresent(troubles::add);
        }
        return List.copyOf(troubles);
    }

    /** The facts of trouble of a kind that this program does not know. */
    private List<String> unnamed() {
        return facts.keySet().stream()
                .filter(WatchFacts::isUnknownTrouble)
                .sorted()
                .toList();
    }

    /** Without a kind at all there is still the sentence that is meant for people. */
    private Optional<WatchTrouble> other() {
        List<String> names = unnamed();
        String message = names.isEmpty()
                ? facts.getOrDefault("trouble", "")
                : String.join("; ", names.stream().map(facts::get).toList());
        return message.isBlank() ? Optional.empty() : Optional.of(new WatchTrouble(Kind.OTHER, message, null));
    }

    /** How long the longest suspected change has not been on the roll; empty when there is none. */
    public Optional<Duration> oldestUnrecorded() {
        return duration("lag_ms");
    }

    /** What somebody should know who relies on the roll, a sentence each; empty when all is well or none runs. */
    public List<String> concerns() {
        List<String> concerns =
                new ArrayList<>(troubles().stream().map(WatchTrouble::sentence).toList());
        oldestUnrecorded()
                .filter(age -> age.compareTo(USUAL) > 0)
                .ifPresent(age -> concerns.add(facts.getOrDefault("due", "some")
                        + " agents wait to be recorded, the first for " + age.toSeconds() + " seconds"));
        return List.copyOf(concerns);
    }

    /** A fact that is a number; empty where it is not told. */
    public Optional<Long> number(String name) {
        return decimal(name).map(Double::longValue);
    }

    /** A fact in milliseconds; empty where it is not told, or where there is none yet. */
    public Optional<Duration> duration(String name) {
        return decimal(name).map(millis -> Duration.ofNanos((long) (millis * 1e6)));
    }

    /** A fact that is a moment; empty where it is not told, or was not yet. */
    public Optional<Instant> time(String name) {
        try {
            return Optional.ofNullable(facts.get(name)).map(Instant::parse);
        } catch (DateTimeException never) {
            return Optional.empty();
        }
    }

    private Optional<Double> decimal(String name) {
        try {
            return Optional.ofNullable(facts.get(name)).map(Double::valueOf);
        } catch (NumberFormatException none) {
            return Optional.empty();
        }
    }
}
