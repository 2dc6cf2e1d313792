package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Amount;
import dev.rollcall.roll.RollItem;

/** How many lines of each kind an export has. */
record LineCounts(long revisions, long agents, long rejected, long gaps, long damaged) {
    static final LineCounts NONE = new LineCounts(0, 0, 0, 0, 0);

    LineCounts with(RollItem item) {
        return switch (item) {
            case RollItem.Version version -> new LineCounts(revisions + 1, agents, rejected, gaps, damaged);
            case RollItem.Row row -> new LineCounts(revisions, agents + 1, rejected, gaps, damaged);
            case RollItem.Rejection rejection -> new LineCounts(revisions, agents, rejected + 1, gaps, damaged);
            case RollItem.Stretch stretch -> new LineCounts(revisions, agents, rejected, gaps + 1, damaged);
            case RollItem.Lost lost -> new LineCounts(revisions, agents, rejected, gaps, damaged + 1);
        };
    }

    JsonOutput write(JsonOutput json) {
        return json.number("revisions", revisions)
                .number("agents", agents)
                .number("rejected", rejected)
                .number("gaps", gaps)
                .number("damaged", damaged);
    }

    String text() {
        return String.join(
                ", ",
                Amount.of(revisions, "version", "versions"),
                Amount.of(agents, "agent", "agents"),
                Amount.of(rejected, "rejected document", "rejected documents"),
                Amount.of(gaps, "gap", "gaps"));
    }
}
