package dev.rollcall.answers;

import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.DocumentDiff;
import dev.rollcall.report.MemberChange;
import dev.rollcall.report.Moment;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.report.Window;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Revision;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's document says differently at two moments.
 *
 * @param pruned stretches in between whose versions were deleted
 */
public record DiffAnswer(
        AgentId agent, Revision earlier, Revision later, List<MemberChange> changes, List<Gap> pruned) {
    /** What the two moments are called where they are asked for. */
    public enum Naming {
        OPTIONS("--from", "--to"),
        PARAMETERS("from", "to");

        private final String from;
        private final String to;

        Naming(String from, String to) {
            this.from = from;
            this.to = to;
        }
    }

    /** The same for moments that are parameters. */
    public static DiffAnswer of(Rollcall rollcall, AgentId agent, @Nullable String from, String to) {
        return of(rollcall, agent, from, to, Naming.PARAMETERS);
    }

    /**
     * Compares two versions.
     *
     * @param from the moment of the first one, as it was typed; null for the version before the other
     * @param to the moment of the second one, as it was typed
     * @throws ProblemException UNKNOWN_AGENT, UNKNOWN_VERSION, NOT_KNOWN_YET, and what {@link
     *     dev.rollcall.report.Moments} throws
     */
    public static DiffAnswer of(Rollcall rollcall, AgentId agent, @Nullable String from, String to, Naming naming) {
        Hindsight hindsight = KnownAgent.past(rollcall, agent);
        Moment end = moment(hindsight, agent, to, naming.to);
        Revision later = hindsight.version(agent, end);
        Moment begin = from == null
                ? Moment.of(before(agent, hindsight.inForce(agent), later, naming))
                : moment(hindsight, agent, from, naming.from);
        Revision earlier = hindsight.version(agent, begin);
        Instant first = Window.earlier(earlier.observedAt(), later.observedAt());
        return new DiffAnswer(
                agent,
                earlier,
                later,
                DocumentDiff.between(document(hindsight, agent, earlier), document(hindsight, agent, later)),
                PrunedStretches.between(hindsight.pruned(agent), first, Window.later(begin.time(), end.time())));
    }

    private static Moment moment(Hindsight hindsight, AgentId agent, String text, String name) {
        try {
            return hindsight.moments().read(agent, text);
        } catch (ProblemException unknown) {
            Problem told = unknown.problem();
            throw new ProblemException(new Problem(told.code(), name + ": " + told.message(), told.hint()), unknown);
        }
    }

    private static Revision before(AgentId agent, List<Revision> versions, Revision later, Naming naming) {
        Moment end = Moment.of(later);
        return versions.stream()
                .filter(version -> version.revision() != later.revision() && end.isNotBefore(version))
                .reduce((first, second) -> second)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        agent + " has no version before revision " + later.revision(),
                        "Name another one to compare with: " + naming.from + "."));
    }

    private static JsonValue.Obj document(Hindsight hindsight, AgentId agent, Revision version) {
        return switch (hindsight.document(agent, version)) {
            case VersionDocument.Legible(StatusDocument document) -> document.root();
            case VersionDocument.Illegible(String reason) ->
                throw new ProblemException(
                        ProblemCode.UNKNOWN_VERSION,
                        "the document of revision " + version.revision() + " is damaged: " + reason,
                        "The agent's history tells of other versions to compare.");
        };
    }

    public String json() {
        return JsonOutput.object(json -> json.text("agent_id", agent.value())
                .object("from", from -> version(from, earlier))
                .object("to", to -> version(to, later))
                .objects(
                        "changes",
                        changes,
                        (each, change) -> each.text("path", change.path())
                                .text("kind", change.kind().label())
                                .json("before", KnownAgent.json(change.before()))
                                .json("after", KnownAgent.json(change.after())))
                .objects("pruned", pruned, PrunedStretches::json));
    }

    private static void version(JsonOutput json, Revision version) {
        json.number("revision", version.revision()).time("observed_at", version.observedAt());
    }
}
