package dev.rollcall.mcp;

import dev.rollcall.answers.DiffAnswer;
import dev.rollcall.answers.HistoryAnswer;
import dev.rollcall.answers.HistoryQuestion;
import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusField;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.report.FieldHistory;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What an agent said before, and what changed. */
final class PastTools {
    private static final int USUAL = 20;
    private static final int MOST = 200;

    private static final String MOMENT =
            "a time such as 2025-10-15T12:00:00Z, \"2h ago\", yesterday, or a revision such as r123";

    private PastTools() {}

    static List<Tool> all() {
        Argument id = Argument.agent("Whose.").required();
        return List.of(
                Tool.reading(
                        "history",
                        "The recorded versions of an agent's status, the newest first; with field only those in which that field"
                                + " changed, and what it said. " + Reply.WARNING,
                        List.of(
                                id,
                                Argument.text(
                                        "field",
                                        "A column such as status, or a member of the document such as current_tasks."),
                                Argument.text("since", "Not before: " + MOMENT + "."),
                                Argument.text("until", "Not after: " + MOMENT + "."),
                                Argument.limit(USUAL, MOST),
                                Argument.CURSOR,
                                Argument.DETAIL),
                        PastTools::history),
                Tool.reading(
                        "diff",
                        "What an agent's document says differently at two moments: each member's change. Without from and to it"
                                + " is the latest change. " + Reply.WARNING,
                        List.of(
                                id,
                                Argument.text(
                                        "from", "The first moment: " + MOMENT + " (default: the version before to)."),
                                Argument.text("to", "The second one (default now)."),
                                Argument.DETAIL),
                        PastTools::diff));
    }

    private static String history(Call call) {
        Arguments arguments = call.arguments();
        HistoryQuestion question = new HistoryQuestion(
                arguments.agent(),
                arguments.text("field"),
                arguments.text("since"),
                arguments.text("until"),
                Integer.MAX_VALUE);
        HistoryAnswer answer = call.ask(rollcall -> HistoryAnswer.of(rollcall, question));
        Reply.Turn turn = arguments.turn(USUAL);
        if (answer.field() == null) {
            Reply.Pages<Revision> versions =
                    pages(version -> version, version -> json(version, turn.detail(), json -> {}));
            return versions.page(
                    turn,
                    answer.versions(),
                    json -> head(json, answer, answer.versions().size()));
        }
        Reply.Pages<FieldHistory.Change> changes = pages(
                FieldHistory.Change::version,
                change -> json(change.version(), turn.detail(), json -> json.json("value", text(change.value()))));
        return changes.page(
                turn,
                answer.changes(),
                json -> head(json, answer, answer.changes().size()));
    }

    private static <T> Reply.Pages<T> pages(Function<T, Revision> version, Function<T, JsonValue.Obj> json) {
        return new Reply.Pages<>("revisions", one -> key(version.apply(one)), Comparator.reverseOrder(), json);
    }

    /** Sorts as text does what was observed earlier before what was observed later. */
    private static String key(Revision version) {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, version.observedAt());
        return String.format(Locale.ROOT, "%020d/%020d", micros, version.revision());
    }

    private static void head(JsonOutput json, HistoryAnswer answer, int versions) {
        json.text("agent_id", answer.agent().value()).number("matching", versions);
        if (!answer.pruned().isEmpty()) {
            json.number("pruned_stretches", answer.pruned().size());
        }
        if (!answer.unreadable().isEmpty()) {
            json.json("unreadable", answer.unreadable().toString());
        }
    }

    private static String text(@Nullable JsonValue value) {
        return value == null ? "null" : JsonText.of(value);
    }

    private static JsonValue.Obj json(Revision version, Detail detail, Consumer<JsonOutput> more) {
        return Fitted.read(JsonOutput.line(json -> {
            if (detail.isAtLeast(Detail.FULL)) {
                JsonShapes.revision(json, version);
            } else {
                json.number("revision", version.revision())
                        .time("observed_at", version.observedAt())
                        .text("state", version.columns().state().name().toLowerCase(Locale.ROOT))
                        .text("status", column(version, StatusField.STATUS))
                        .number("cycle_count", version.columns().cycleCount().orElse(null));
            }
            if (detail == Detail.NORMAL) {
                json.text("mission", column(version, StatusField.CURRENT_MISSION))
                        .decimal(
                                "points_earned",
                                version.columns().pointsEarned().orElse(null))
                        .text("origin", version.origin());
            }
            more.accept(json);
        }));
    }

    private static @Nullable String column(Revision version, StatusField field) {
        return version.columns().text(field).orElse(null);
    }

    private static String diff(Call call) {
        Arguments arguments = call.arguments();
        AgentId agent = arguments.agent();
        String from = arguments.text("from");
        String to = arguments.text("to");
        DiffAnswer answer = call.ask(rollcall -> DiffAnswer.of(rollcall, agent, from, to == null ? "now" : to));
        return Reply.of(arguments.detail(), answer.json(), Set.of());
    }
}
