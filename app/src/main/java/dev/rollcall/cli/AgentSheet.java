package dev.rollcall.cli;

import dev.rollcall.app.DurationText;
import dev.rollcall.app.Observation;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.time.Instant;

/**
 * One agent for people: a line for each thing that is known of it.
 *
 * @param now what ages count up to
 * @param width columns beside the labels, to which values are cut
 */
record AgentSheet(Paint paint, Instant now, int width) {
    /** Columns of the labels. */
    private static final int LABEL = 14;

    /** Columns that are left beside them on a terminal. */
    static final int NARROW = Table.WIDTH - LABEL;

    /** For a file or another program: nothing is cut. */
    static final int ENDLESS = Integer.MAX_VALUE;

    /** @param more lines to stand before what needs attention, each ending with a line feed; may be empty */
    String render(Observation observation, String more) {
        RollEntry entry = observation.entry();
        StatusColumns columns = entry.columns();
        String age = observation.age() == null ? "" : " (" + DurationText.age(observation.age()) + " ago)";
        StringBuilder text = new StringBuilder(TerminalText.safe(entry.agent().value()))
                .append("  ")
                .append(columns.state())
                .append("  ")
                .append(observation.freshness())
                .append(age)
                .append('\n');
        column(text, "status", columns, StatusField.STATUS);
        column(text, "mission", columns, StatusField.CURRENT_MISSION);
        column(text, "focus", columns, StatusField.CURRENT_FOCUS);
        column(text, "updated", columns, StatusField.LAST_UPDATED);
        column(text, "cycle", columns, StatusField.CYCLE_COUNT);
        column(text, "points", columns, StatusField.POINTS_EARNED);
        column(text, "priority", columns, StatusField.MISSION_PRIORITY);
        columns.blockers().forEach(blocker -> text.append(cut("blocked by", blocker)));
        if (entry.revision() > 0) {
            text.append(line("revision", Long.toString(entry.revision())));
        }
        text.append(more);
        Instant rejectedSince = entry.rejectedSince();
        if (rejectedSince != null) {
            String since = DurationText.age(Duration.between(rejectedSince, now));
            text.append(label("rejected"))
                    .append(paint.alarm("the file is not acceptable since " + since + "; "
                            + (entry.revision() > 0
                                    ? "this is the last good version"
                                    : "there never was a good version")))
                    .append('\n');
        }
        observation
                .findings()
                .forEach(finding -> text.append(label("finding"))
                        .append(TerminalText.wrapped(finding.code() + ": " + finding.message(), LABEL)
                                .substring(LABEL))
                        .append('\n'));
        return text.toString();
    }

    /** Cut to one line of a terminal, and made safe. */
    static String line(String label, String value) {
        return label(label) + TerminalText.cut(value, NARROW) + "\n";
    }

    static String label(String label) {
        return TerminalText.pad("  " + label, LABEL);
    }

    private String cut(String label, String value) {
        return label(label) + TerminalText.cut(value, width) + "\n";
    }

    private void column(StringBuilder text, String label, StatusColumns columns, StatusField field) {
        columns.text(field).ifPresent(value -> text.append(cut(label, value)));
    }
}
