package dev.rollcall.cli;

import dev.rollcall.app.Amount;
import dev.rollcall.app.DurationText;
import dev.rollcall.document.Position;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.RejectedDocument;
import java.time.Duration;

/** The shapes that several commands print the same way. */
final class Shapes {
    /** Columns of the labels before problems. */
    static final int INDENT = 11;

    private Shapes() {}

    static String agents(int number) {
        return Amount.of(number, "agent", "agents");
    }

    static String label(String label) {
        return TerminalText.pad(label, INDENT);
    }

    /** Who, why and where, then the message on lines of its own; to stand after a label of {@link #INDENT} columns. */
    static String describe(RejectedDocument rejected) {
        Position position = rejected.rejection().position();
        String where = position == null
                ? ""
                : " at line " + position.line() + ", column " + position.column() + " (byte " + position.byteOffset()
                        + ")";
        String head = rejected.agent() + ": " + rejected.rejection().code().label() + where;
        return TerminalText.cut(head, Table.WIDTH - INDENT) + "\n"
                + TerminalText.wrapped(rejected.rejection().message(), INDENT);
    }

    /** How far the roll trails a file, as a cell of a table; empty where it does not, or where nobody can tell. */
    static String lag(Lag lag) {
        if (!(lag instanceof Lag.Behind(Long seconds, Long cycles))) {
            return "";
        }
        return DurationText.age(Duration.ofSeconds(seconds))
                + (cycles == null || cycles == 0 ? "" : "/" + cycles + "c");
    }
}
