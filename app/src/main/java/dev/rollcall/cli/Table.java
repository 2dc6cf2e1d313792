package dev.rollcall.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Columns of text that fit a terminal: the last column takes what is left of the width. */
final class Table {
    /** The width that every table keeps to, unless it knows of another. */
    static final int WIDTH = 80;

    private static final int WIDEST = 24;

    /** What is left of a long first column, and to the last one. */
    private static final int NARROWEST = 10;

    private static final String GAP = "  ";

    private final int width;
    private final List<String> headings;
    private final List<List<Cell>> rows = new ArrayList<>();

    Table(String... headings) {
        this(WIDTH, List.of(headings));
    }

    Table(int width, List<String> headings) {
        this.width = width;
        this.headings = headings;
    }

    /**
     * @param text as it was reported; made safe when it is shown
     * @param side which side of its column it stands on
     * @param paint colours the finished cell; null leaves it plain
     */
    record Cell(String text, Side side, @Nullable UnaryOperator<String> paint) {
        static Cell of(String text) {
            return new Cell(text, Side.LEFT, null);
        }

        static Cell number(String text) {
            return new Cell(text, Side.RIGHT, null);
        }

        Cell painted(UnaryOperator<String> with) {
            return new Cell(text, side, with);
        }
    }

    enum Side {
        LEFT,
        RIGHT
    }

    void row(Cell... cells) {
        row(List.of(cells));
    }

    void row(List<Cell> cells) {
        rows.add(cells);
    }

    String render() {
        int[] widths = widths();
        StringBuilder lines = new StringBuilder();
        lines.append(line(headings.stream().map(Cell::of).toList(), widths)).append('\n');
        rows.forEach(row -> lines.append(line(row, widths)).append('\n'));
        return lines.toString();
    }

    private int[] widths() {
        int last = headings.size() - 1;
        int[] widths = new int[headings.size()];
        int used = GAP.length() * last;
        for (int column = 0; column < last; column++) {
            widths[column] = Math.min(WIDEST, TerminalText.width(headings.get(column)));
            for (List<Cell> row : rows) {
                int width = TerminalText.width(TerminalText.safe(row.get(column).text()));
                widths[column] = Math.min(WIDEST, Math.max(widths[column], width));
            }
            used += widths[column];
        }
        int missing = Math.min(NARROWEST - (width - used), widths[0] - NARROWEST);
        if (missing > 0) {
            widths[0] -= missing;
            used -= missing;
        }
        widths[last] = Math.max(NARROWEST, width - used);
        return widths;
    }

    private String line(List<Cell> cells, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            Cell cell = cells.get(column);
            // A heading stands over its column's numbers.
            boolean right = cell.side() == Side.RIGHT
                    || (!rows.isEmpty()
                            && cell.text().equals(headings.get(column))
                            && rows.getFirst().get(column).side() == Side.RIGHT);
            String shown = column == cells.size() - 1
                    ? TerminalText.cut(cell.text(), widths[column])
                    : right
                            ? TerminalText.padLeft(cell.text(), widths[column])
                            : TerminalText.pad(cell.text(), widths[column]);
            UnaryOperator<String> paint = cell.paint();
            line.append(column == 0 ? "" : GAP).append(paint == null ? shown : paint.apply(shown));
        }
        return line.toString().stripTrailing();
    }
}
