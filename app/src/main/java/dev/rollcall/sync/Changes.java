package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.Standing;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Turns what was seen into what the roll should take over. Thread-safe. */
final class Changes {
    private final StatusSource source;
    private final ReadingRules rules;
    /** The fingerprint of the rules, before the stamp of the file. */
    private final String prefix;

    Changes(StatusSource source, ReadingRules rules) {
        this.source = source;
        this.rules = rules;
        this.prefix = rules.fingerprint() + ":";
    }

    /** Whether the file is the one of the recorded reading, read by the rules of now. */
    boolean isUntouched(Standing standing, FileStamp stamp) {
        return isWritten(stamp, standing.stamp()) && (standing.isPresent() || standing.rejectedSha256() != null);
    }

    Examined from(Standing standing, Seen seen, Extent extent) {
        return switch (seen) {
            case Seen.Settled settled ->
                Examined.change(
                        accepted(standing, settled, Origin.SYNC, extent),
                        settled.document().bytes().length);
            case Seen.Unacceptable refused -> Examined.change(refused(standing, refused), refused.bytes().length);
            case Seen.Unsettled unsettled -> from(standing, unsettled.soFar(), extent);
            case Seen.Gone gone ->
                standing.hasSomethingToLose()
                        ? Examined.change(new RollChange.Departed(sighting(standing, null, gone.at())), 0)
                        : Examined.NOTHING;
        };
    }

    RollChange.Accepted accepted(Standing standing, Seen.Settled seen, Origin origin, Extent extent) {
        return new RollChange.Accepted(
                sighting(standing, seen.stamp(), seen.at()),
                seen.document().content(),
                columns(standing.agent(), seen.document(), seen.stamp().modifiedAt()),
                Passages.ofKnownMembers(seen.document()),
                origin,
                extent);
    }

    StatusColumns columns(AgentId agent, StatusDocument document, Instant modifiedAt) {
        return StatusView.columns(document, agent, rules, modifiedAt);
    }

    private RollChange.Refused refused(Standing standing, Seen.Unacceptable seen) {
        return new RollChange.Refused(
                sighting(standing, seen.stamp(), seen.at()),
                seen.rejection(),
                seen.bytes(),
                DocumentContent.sha256Of(seen.bytes()));
    }

    Sighting sighting(Standing standing, @Nullable FileStamp stamp, Instant at) {
        return new Sighting(
                standing.agent(),
                standing.reading(),
                stamp == null ? "" : stampText(stamp, at),
                stamp == null ? "" : stamp.file(),
                source.path(standing.agent()),
                stamp == null ? null : stamp.modifiedAt(),
                at);
    }

    /** Empty for a file so young that a later write could leave the same stat data behind: it is read again. */
    String stampText(FileStamp stamp, Instant at) {
        return stamp.modifiedAt().isBefore(at.minus(Settler.PATIENCE)) ? stampText(stamp) : "";
    }

    private String stampText(FileStamp stamp) {
        return prefix + stamp.token();
    }

    /** Whether the text is what a sighting with this stamp records. */
    boolean isWritten(FileStamp stamp, String recorded) {
        return recorded.startsWith(prefix) && stamp.isToken(recorded, prefix.length());
    }
}
