package dev.rollcall.cli;

import dev.rollcall.app.Observation;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The roll as rows for people, one for each agent. */
record RollTable(Paint paint) {
    /** A heading and the rows, in the order given, each ending with a line feed. */
    String render(List<Observation> observations, int width) {
        Table table = new Table(width, List.of("AGENT", "STATE", "FRESH", "AGE", "CYCLE", "POINTS", "MISSION"));
        observations.forEach(observation -> table.row(row(observation)));
        return table.render();
    }

    private Cell[] row(Observation observation) {
        RollEntry entry = observation.entry();
        State state = entry.columns().state();
        Freshness fresh = observation.freshness();
        Cell stateCell = Cell.of(state.name());
        Cell freshCell = Cell.of(entry.rejectedSince() == null ? fresh.name() : fresh.name() + " !");
        return new Cell[] {
            Cell.of(entry.agent().value()),
            state == State.BLOCKED || state == State.ERROR ? stateCell.painted(paint::alarm) : stateCell,
            fresh == Freshness.STALE || entry.rejectedSince() != null ? freshCell.painted(paint::caution) : freshCell,
            Cell.number(observation.age() == null ? "-" : Shapes.age(observation.age())),
            Cell.number(entry.columns().cycleCount().map(String::valueOf).orElse("-")),
            Cell.number(entry.columns()
                    .pointsEarned()
                    .map(points -> points.scale() <= 0
                            ? String.format(Locale.ROOT, "%,d", points.toBigInteger())
                            : points.toPlainString())
                    .orElse("-")),
            Cell.of(entry.columns()
                    .text(StatusField.CURRENT_MISSION)
                    .or(() -> entry.columns().text(StatusField.CURRENT_FOCUS))
                    .orElse("-"))
        };
    }

    /** How many agents there are, and how many in each state. */
    static String counts(List<RollEntry> entries) {
        Map<State, Long> states = entries.stream()
                .map(entry -> entry.columns().state())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        return Shapes.agents(entries.size()) + ": "
                + states.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }
}
