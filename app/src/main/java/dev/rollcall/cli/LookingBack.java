package dev.rollcall.cli;

import dev.rollcall.app.Amount;
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
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the commands that look back share. */
final class LookingBack {
    /** How a moment is written, for help. */
    static final String FORMS = "2025-10-15[T12:00:00Z], \"2h ago\", yesterday, now, r123, or a commit.";

    private LookingBack() {}

    /**
     * The roll as it was.
     *
     * @throws ProblemException UNKNOWN_AGENT when there never was this one
     */
    static Hindsight at(Rollcall rollcall, AgentId agent) {
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

    /** The value as JSON; null, too, where there is none. */
    static String json(@Nullable JsonValue value) {
        return value == null ? "null" : JsonText.of(value);
    }

    /** The value for people, not cut and not yet safe. */
    static String shown(@Nullable JsonValue value) {
        return value == null ? "-" : JsonText.of(value);
    }

    /** To the second. */
    static String time(Revision version) {
        return time(version.observedAt());
    }

    /** To the second: finer is for programs. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The note for people about versions that could not be read; empty where all could. */
    static String unreadable(List<Long> revisions) {
        return revisions.isEmpty()
                ? ""
                : "! " + Amount.of(revisions.size(), "damaged version", "damaged versions")
                        + " could not be read: rollcall verify --deep\n";
    }
}
