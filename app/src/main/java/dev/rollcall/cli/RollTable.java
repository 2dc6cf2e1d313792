package dev.rollcall.cli;

import dev.rollcall.app.DurationText;
import dev.rollcall.app.Observation;
import dev.rollcall.cli.Table.Cell;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The roll as rows for people, one for each agent. */
record RollTable(Paint paint) {
    private static final List<String> HEADINGS =
            List.of("AGENT", "STATE", "FRESH", "AGE", "CYCLE", "POINTS", "MISSION");

    /** A heading and the rows, in the order given, each ending with a line feed; with the lag where anybody lags. */
    String render(List<Observation> observations, int width) {
        boolean isAnybodyBehind =
                observations.stream().anyMatch(agent -> agent.lag().isBehind());
        Table table = new Table(width, isAnybodyBehind ? withLag(HEADINGS, "LAG") : HEADINGS);
        observations.forEach(agent -> table.row(isAnybodyBehind ? withLag(row(agent), lag(agent)) : row(agent)));
        return table.render();
    }

    /** The same with a column before the last. */
    private static <T> List<T> withLag(List<T> columns, T lag) {
        List<T> all = new ArrayList<>(columns);
        all.add(columns.size() - 1, lag);
        return all;
    }

    private Cell lag(Observation observation) {
        Cell cell = Cell.number(Shapes.lag(observation.lag()));
        return observation.lag().isBehind() ? cell.painted(paint::caution) : cell;
    }

    private List<Cell> row(Observation observation) {
        RollEntry entry = observation.entry();
        State state = entry.columns().state();
        Freshness fresh = observation.freshness();
        Cell stateCell = Cell.of(state.name());
        Cell freshCell = Cell.of(entry.rejectedSince() == null ? fresh.name() : fresh.name() + " !");
        return List.of(
                Cell.of(entry.agent().value()),
                state == State.BLOCKED || state == State.ERROR ? stateCell.painted(paint::alarm) : stateCell,
                fresh == Freshness.STALE || entry.rejectedSince() != null
                        ? freshCell.painted(paint::caution)
                        : freshCell,
                Cell.number(observation.age() == null ? "-" : DurationText.age(observation.age())),
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
                        .orElse("-")));
    }

    /** How many agents there are, and how many in each state; those that left stand apart. */
    static String counts(List<Observation> observations) {
        Map<State, Long> states = observations.stream()
                .filter(agent -> agent.freshness() != Freshness.LEFT)
                .map(agent -> agent.entry().columns().state())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        long left = number(observations, Freshness.LEFT);
        String each = states.entrySet().stream()
                .map(count -> count.getValue() + " " + count.getKey())
                .collect(Collectors.joining(", "));
        return Shapes.agents(Math.toIntExact(observations.size() - left))
                + (each.isEmpty() ? "" : ": " + each)
                + (left == 0 ? "" : "; " + left + " left");
    }

    static long number(List<Observation> observations, Freshness freshness) {
        return observations.stream()
                .filter(agent -> agent.freshness() == freshness)
                .count();
    }
}
