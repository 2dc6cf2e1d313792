package dev.rollcall.cli;

import dev.rollcall.app.Rollcall;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.RollEntry;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@code top} shows of one look at the roll.
 *
 * @param entries in the order in which they need attention
 * @param lookedAt when they were read
 */
record TopFrame(RollTable table, List<RollEntry> entries, Instant lookedAt) {
    /** Lines that are not rows: counts, attention, headings, help. */
    private static final int FIXED = 4;

    /** A look at the roll, now. */
    static TopFrame of(Rollcall rollcall, Paint paint) {
        return new TopFrame(
                new RollTable(rollcall, paint),
                Attention.sorted(rollcall.roll().list(), rollcall::freshness),
                rollcall.clock().instant());
    }

    /** Everything, for whoever reads it once. */
    String whole() {
        return String.join("\n", head(Table.WIDTH)) + "\n" + table.render(entries, Table.WIDTH);
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
        int last = Math.min(entries.size(), first + room(rows));
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
                ? table.render(entries, width).lines().toList()
                : new RollTable(table.rollcall(), new Paint(false))
                        .render(entries, width)
                        .lines()
                        .map(line -> TerminalText.cut(line, width))
                        .toList();
    }

    private List<String> head(int width) {
        String counts =
                entries.isEmpty() ? "Nobody is on the roll yet. Next: rollcall sync --all" : RollTable.counts(entries);
        String attention =
                number(Attention.REJECTED) + " rejected, " + number(Attention.STUCK) + " blocked or in error, "
                        + number(Attention.STALE) + " stale; looked at " + lookedAt.truncatedTo(ChronoUnit.SECONDS);
        return List.of(TerminalText.cut(counts, width), TerminalText.cut(attention, width));
    }

    private long number(Attention attention) {
        return entries.stream().filter(entry -> attention(entry) == attention).count();
    }

    Attention attention(RollEntry entry) {
        return Attention.of(entry, table.rollcall().freshness(entry));
    }

    private String help(int first, int last) {
        return "q ends, arrows and page keys scroll"
                + (entries.isEmpty() ? "" : "   " + (first + 1) + "-" + last + " of " + entries.size());
    }
}
