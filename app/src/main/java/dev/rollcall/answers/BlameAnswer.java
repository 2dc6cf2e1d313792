package dev.rollcall.answers;

import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Blame;
import dev.rollcall.report.FieldReader;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.List;

/**
 * Which version set what a field says now, and what it said before.
 *
 * @param pruned stretches whose versions were deleted, and could have set what is told
 */
public record BlameAnswer(AgentId agent, String field, Blame blame, List<Gap> pruned) {
    /**
     * Looks for whoever set the value.
     *
     * @param field a column, or a member by its path
     * @param limit so many values before the present one, at least 0
     * @throws ProblemException UNKNOWN_AGENT or UNKNOWN_FIELD
     */
    public static BlameAnswer of(Rollcall rollcall, AgentId agent, String field, int limit) {
        Hindsight hindsight = KnownAgent.past(rollcall, agent);
        FieldReader reader = hindsight.field(agent, field);
        Blame blame = Blame.of(hindsight.inForce(agent), reader, limit);
        if (!reader.isColumn() && !blame.isEverSaid()) {
            throw KnownAgent.unknownField(hindsight, agent, field);
        }
        return new BlameAnswer(agent, field, blame, pruned(hindsight.pruned(agent), blame));
    }

    /** Those that could have set what is told: up to the version that set the oldest of the values, and after it. */
    private static List<Gap> pruned(List<Gap> all, Blame blame) {
        Instant first = blame.runs().isEmpty()
                ? Instant.MIN
                : blame.runs().getLast().first().observedAt();
        return all.stream()
                .filter(gap -> gap.until() == null || !gap.until().isBefore(first))
                .toList();
    }

    /** The values before the present one, the latest first. */
    public List<Blame.Run> before() {
        return blame.runs().stream().skip(1).toList();
    }

    public String json() {
        return JsonOutput.object(json -> {
            json.text("agent_id", agent.value()).text("field", field);
            if (blame.runs().isEmpty()) {
                json.json("current", "null").json("versions_since", "null");
            } else {
                json.object("current", current -> run(current, blame.runs().getFirst()))
                        .number("versions_since", blame.versionsSince());
            }
            json.objects("before", before(), BlameAnswer::run)
                    .flag("complete", () -> blame.earlier() == null)
                    .objects("items", blame.items(), BlameAnswer::item)
                    .json("unreadable", blame.unreadable().toString())
                    .objects("pruned", pruned, PrunedStretches::json);
        });
    }

    private static void run(JsonOutput json, Blame.Run run) {
        version(json.json("value", KnownAgent.json(run.value())), run.first()).number("versions", run.versions());
    }

    private static void item(JsonOutput json, Blame.Item item) {
        version(json.json("item", KnownAgent.json(item.value())), item.broughtBy());
    }

    private static JsonOutput version(JsonOutput json, Revision version) {
        return json.number("revision", version.revision())
                .time("observed_at", version.observedAt())
                .text("origin", version.origin());
    }
}
