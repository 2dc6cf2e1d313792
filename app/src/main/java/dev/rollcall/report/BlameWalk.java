package dev.rollcall.report;

import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.report.FieldReader.Value;
import dev.rollcall.roll.Revision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Goes back through a field's values, version by version, until {@link Blame} has what it needs. */
final class BlameWalk {
    private final int limit;
    private final List<Run> runs = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final List<Long> unreadable = new ArrayList<>();
    private @Nullable Revision earlier;

    BlameWalk(int limit) {
        this.limit = limit;
    }

    private static final class Run {
        private final @Nullable JsonValue value;
        private final @Nullable String canonical;
        private Revision first;
        private int versions = 1;

        Run(Revision first, @Nullable JsonValue value) {
            this.first = first;
            this.value = value;
            this.canonical = canonical(value);
        }
    }

    private static final class Item {
        private final JsonValue value;
        private final String canonical;

        /** Counted from 1 among the equal items before and including it. */
        private final int occurrence;

        private Revision broughtBy;
        private boolean isKnown;

        Item(JsonValue value, String canonical, int occurrence, Revision version) {
            this.value = value;
            this.canonical = canonical;
            this.occurrence = occurrence;
            this.broughtBy = version;
        }

        void step(Revision version, Map<String, Integer> counts) {
            isKnown = isKnown || counts.getOrDefault(canonical, 0) < occurrence;
            broughtBy = isKnown ? broughtBy : version;
        }
    }

    boolean isOver() {
        return earlier != null && items.stream().allMatch(item -> item.isKnown);
    }

    void step(Revision version, Value value) {
        switch (value) {
            case Value.Unreadable damaged -> unreadable.add(version.revision());
            case Value.Silent silent -> step(version, (JsonValue) null);
            case Value.Said(JsonValue said) -> step(version, said);
        }
    }

    private void step(Revision version, @Nullable JsonValue value) {
        if (runs.isEmpty()) {
            begin(version, value);
        } else if (!items.isEmpty()) {
            Map<String, Integer> counts = counts(value);
            items.forEach(item -> item.step(version, counts));
        }
        if (earlier != null) {
            return;
        }
        if (!runs.isEmpty() && Objects.equals(runs.getLast().canonical, canonical(value))) {
            runs.getLast().first = version;
            runs.getLast().versions++;
        } else if (runs.size() <= limit) {
            runs.add(new Run(version, value));
        } else {
            earlier = version;
        }
    }

    private void begin(Revision version, @Nullable JsonValue value) {
        if (value instanceof JsonValue.Arr list) {
            Map<String, Integer> seen = new HashMap<>();
            list.items().forEach(item -> {
                String canonical = JsonText.canonical(item);
                items.add(new Item(item, canonical, seen.merge(canonical, 1, Integer::sum), version));
            });
        }
    }

    private static Map<String, Integer> counts(@Nullable JsonValue value) {
        Map<String, Integer> counts = new HashMap<>();
        if (value instanceof JsonValue.Arr list) {
            list.items().forEach(item -> counts.merge(JsonText.canonical(item), 1, Integer::sum));
        }
        return counts;
    }

    private static @Nullable String canonical(@Nullable JsonValue value) {
        return value == null ? null : JsonText.canonical(value);
    }

    /** @param versions all of them, oldest first */
    Blame result(List<Revision> versions) {
        int since = runs.isEmpty() ? 0 : versions.size() - 1 - versions.indexOf(runs.getFirst().first);
        return new Blame(
                runs.stream()
                        .map(run -> new Blame.Run(run.first, run.value, run.versions))
                        .toList(),
                earlier,
                items.stream()
                        .map(item -> new Blame.Item(item.value, item.broughtBy))
                        .toList(),
                since,
                List.copyOf(unreadable));
    }
}
