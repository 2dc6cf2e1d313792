package dev.rollcall.cli;

import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.Rollcall;
import dev.rollcall.roll.Attention;
import dev.rollcall.sync.LagMemory;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code top} shows of one look at the roll.
 *
 * @param agents in the order in which they need attention
 * @param lookedAt when they were read
 */
record TopFrame(RollTable table, List<Observation> agents, Instant lookedAt) {
    /** Lines that are not rows: counts, attention, headings, help. */
    private static final int FIXED = 4;

    /**
     * A look at the roll, now.
     *
     * @param memory of the looks before
     */
    static TopFrame of(Rollcall rollcall, LagMemory memory, Paint paint) {
        return new TopFrame(
                new RollTable(paint),
                Attention.sorted(
                        rollcall.observations(memory).all(Detail.FRESHNESS), Observation::entry, TopFrame::attention),
                rollcall.clock().instant());
    }

    /** Everything, for whoever reads it once. */
    String whole() {
        return String.join("\n", head(Table.WIDTH)) + "\n" + table.render(agents, Table.WIDTH);
    }

    /** How many agents fit a screen of so many rows. */
    static int room(int rows) {
        return Math.max(1, rows - FIXED);
    }

    /**
     * A screen full, no line wider and no more lines than asked for.
     *
     * @param first the first agent to show
     * @param trouble what stands in the way of looking again; empty when nothing does
     */
    List<String> screen(int rows, int width, int first, String trouble) {
        List<String> lines = new ArrayList<>(head(width));
        List<String> body = body(width);
        int last = Math.min(agents.size(), first + room(rows));
        lines.add(body.getFirst());
        lines.addAll(body.subList(1 + first, 1 + last));
        while (lines.size() < rows - 1) {
            lines.add("");
        }
        lines.add(TerminalText.cut(trouble.isEmpty() ? help(first, last) : "error: " + trouble, width));
        return lines.subList(0, Math.min(rows, lines.size()));
    }

    /** Painted text can not be cut: where the table may not fit, it is plain. */
    private List<String> body(int width) {
        return width >= Table.WIDTH
                ? table.render(agents, width).lines().toList()
                : new RollTable(new Paint(false))
                        .render(agents, width)
                        .lines()
                        .map(line -> TerminalText.cut(line, width))
                        .toList();
    }

    private List<String> head(int width) {
        String counts =
                agents.isEmpty() ? "Nobody is on the roll yet. Next: rollcall sync --all" : RollTable.counts(agents);
        long lagging = number(Attention.LAGGING);
        String attention =
                number(Attention.REJECTED) + " rejected, " + number(Attention.STUCK) + " blocked or in error, "
                        + (lagging == 0 ? "" : lagging + " lagging, ")
                        + number(Attention.STALE) + " stale; looked at " + lookedAt.truncatedTo(ChronoUnit.SECONDS);
        return List.of(TerminalText.cut(counts, width), TerminalText.cut(attention, width));
    }

    private long number(Attention attention) {
        return agents.stream().filter(agent -> attention(agent) == attention).count();
    }

    static Attention attention(Observation agent) {
        return Attention.of(agent.entry(), agent.freshness(), agent.lag());
    }

    private String help(int first, int last) {
        return "q ends, arrows and page keys scroll"
                + (agents.isEmpty() ? "" : "   " + (first + 1) + "-" + last + " of " + agents.size());
    }
}
