package dev.rollcall.answers;

import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import dev.rollcall.report.FieldReader;
import dev.rollcall.report.VersionDocument;
import dev.rollcall.roll.Revision;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An agent that is, or ever was, on the roll: what questions about its past begin with. */
public final class KnownAgent {
    private KnownAgent() {}

    /**
     * The roll as it was, to ask about the agent.
     *
     * @throws ProblemException UNKNOWN_AGENT when there never was this one
     */
    public static Hindsight past(Rollcall rollcall, AgentId agent) {
        Hindsight hindsight = rollcall.hindsight();
        if (!hindsight.isKnown(agent)) {
            throw rollcall.unknown(agent);
        }
        return hindsight;
    }

    /** What to throw for a field that no version of the agent has. */
    static ProblemException unknownField(Hindsight hindsight, AgentId agent, String field) {
        List<Revision> versions = hindsight.versions(agent);
        Set<String> members = !versions.isEmpty()
                        && hindsight.document(agent, versions.getLast())
                                instanceof VersionDocument.Legible(StatusDocument document)
                ? JsonText.members(document.root()).keySet()
                : Set.of();
        List<String> known = Stream.concat(FieldReader.columns().map(StatusField::column), members.stream())
                .distinct()
                .toList();
        return new ProblemException(
                ProblemCode.UNKNOWN_FIELD,
                "no version of " + agent + " has a field \"" + ShownText.of(field) + "\"",
                ShownText.of(Suggestion.sentence(
                        field, known, "A field is a column, or a member of the document such as notes.log[2].")));
    }

    /** A value of a version as JSON; null, too, where there is none. */
    static String json(@Nullable JsonValue value) {
        return value == null ? "null" : JsonText.of(value);
    }
}
