package dev.rollcall.answers;

import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.FieldHistory;
import dev.rollcall.report.FieldReader;
import dev.rollcall.report.Moment;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The recorded versions of one agent, newest last.
 *
 * @param field what the changes are of; null when whole versions were asked for
 * @param versions when whole versions were asked for, else empty
 * @param changes when a field was asked for, else empty
 * @param unreadable revisions whose document is damaged, so that nobody knows what the field was
 * @param pruned stretches of the time asked for whose versions were deleted
 */
public record HistoryAnswer(
        AgentId agent,
        @Nullable String field,
        List<Revision> versions,
        List<FieldHistory.Change> changes,
        List<Long> unreadable,
        List<Gap> pruned) {
    /**
     * Answers the question.
     *
     * @throws ProblemException UNKNOWN_AGENT, UNKNOWN_FIELD, and what {@link dev.rollcall.report.Moments} throws
     */
    public static HistoryAnswer of(Rollcall rollcall, HistoryQuestion question) {
        AgentId agent = question.agent();
        Hindsight hindsight = KnownAgent.past(rollcall, agent);
        Optional<Moment> begin = moment(hindsight, agent, question.since());
        Optional<Moment> end = moment(hindsight, agent, question.until());
        Predicate<Revision> isSince =
                version -> begin.map(moment -> moment.isNotAfter(version)).orElse(true);
        Predicate<Revision> isUntil =
                version -> end.map(moment -> moment.isNotBefore(version)).orElse(true);
        List<Gap> pruned = PrunedStretches.between(
                hindsight.pruned(agent),
                begin.map(Moment::time).orElse(Instant.MIN),
                end.map(Moment::time).orElse(Instant.MAX));
        String field = question.field();
        if (field == null) {
            List<Revision> all = hindsight.versions(agent).stream()
                    .filter(isUntil.and(isSince))
                    .toList();
            List<Revision> wanted = newest(all, question.limit());
            List<Gap> missing = missing(pruned, all, wanted, version -> version);
            return new HistoryAnswer(agent, null, wanted, List.of(), List.of(), missing);
        }
        List<Revision> line = hindsight.inForce(agent).stream().filter(isUntil).toList();
        FieldHistory history = changes(hindsight, question, field, line);
        List<FieldHistory.Change> all = history.changes().stream()
                .filter(change -> isSince.test(change.version()))
                .toList();
        List<FieldHistory.Change> wanted = newest(all, question.limit());
        List<Gap> missing = missing(pruned, all, wanted, FieldHistory.Change::version);
        return new HistoryAnswer(agent, field, List.of(), wanted, history.unreadable(), missing);
    }

    private static Optional<Moment> moment(Hindsight hindsight, AgentId agent, @Nullable String text) {
        return Optional.ofNullable(text).map(typed -> hindsight.moments().read(agent, typed));
    }

    private static FieldHistory changes(
            Hindsight hindsight, HistoryQuestion question, String field, List<Revision> versions) {
        FieldReader reader = hindsight.field(question.agent(), field);
        FieldHistory history = FieldHistory.of(versions, reader);
        if (history.changes().isEmpty() && question.until() == null && !reader.isColumn()) {
            throw KnownAgent.unknownField(hindsight, question.agent(), field);
        }
        return history;
    }

    private static <T> List<T> newest(List<T> all, int limit) {
        return all.subList(Math.max(0, all.size() - limit), all.size());
    }

    /** Of the pruned stretches those after the first version that is shown, where not all are. */
    private static <T> List<Gap> missing(List<Gap> pruned, List<T> all, List<T> shown, Function<T, Revision> version) {
        if (shown.size() == all.size()) {
            return pruned;
        }
        return shown.isEmpty()
                ? List.of()
                : PrunedStretches.between(
                        pruned, version.apply(shown.getFirst()).observedAt(), Instant.MAX);
    }

    public String json() {
        return JsonOutput.object(json -> {
            json.text("agent_id", agent.value());
            if (field == null) {
                json.objects("revisions", versions, JsonShapes::revision);
            } else {
                json.text("field", field)
                        .objects("revisions", changes, (each, change) -> {
                            JsonShapes.revision(each, change.version());
                            each.json("value", KnownAgent.json(change.value()));
                        })
                        .json("unreadable", unreadable.toString());
            }
            json.objects("pruned", pruned, PrunedStretches::json);
        });
    }
}
