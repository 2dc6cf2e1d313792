package dev.rollcall.cli;

import dev.rollcall.document.JsonLists;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollEvent;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One event as a line of JSON, or as lines for a person. */
final class EventLines {
    private static final int INDENT = 4;

    /** Columns of one value; what a person wants to see is that it changed, and roughly how. */
    private static final int VALUE = 60;

    private EventLines() {}

    /** Time, agent and kind; then, indented, what changed or what is wrong. */
    static String text(RollEvent event, Paint paint) {
        String head = event.at().truncatedTo(ChronoUnit.SECONDS) + "  "
                + TerminalText.cut(event.agent().value(), 40) + "  " + kind(event, paint) + "\n";
        ParseResult.Rejected rejection = event.rejection();
        if (rejection != null) {
            return head
                    + indented(rejection.code().label() + where(rejection.position()))
                    + indented(rejection.message());
        }
        return head
                + event.changes().stream()
                        .map(change -> indented(change.field().column() + ": " + value(change.field(), change.before())
                                + " -> " + value(change.field(), change.after())))
                        .collect(Collectors.joining());
    }

    private static String kind(RollEvent event, Paint paint) {
        String label = event.kind().label();
        return switch (event.kind()) {
            case REJECTED -> paint.alarm(label);
            case LEFT, STALE -> paint.caution(label);
            case JOINED, CHANGED, STATE_CHANGED, RECOVERED, RETURNED, LIVE -> label;
        };
    }

    private static String where(@Nullable Position position) {
        return position == null ? "" : " at line " + position.line() + ", column " + position.column();
    }

    private static String value(StatusField field, @Nullable String text) {
        if (text == null) {
            return "nothing";
        }
        return switch (field) {
            case STATE, CYCLE_COUNT, POINTS_EARNED, LAST_UPDATED -> TerminalText.cut(text, VALUE);
            case BLOCKERS -> {
                String texts = String.join("; ", JsonLists.texts(text));
                yield texts.isEmpty() ? "none" : quoted(texts);
            }
            default -> quoted(text);
        };
    }

    private static String quoted(String text) {
        return "\"" + TerminalText.cut(text, VALUE) + "\"";
    }

    private static String indented(String text) {
        return TerminalText.wrapped(text, INDENT) + "\n";
    }
}
