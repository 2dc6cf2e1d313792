package dev.rollcall.cli;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.Seal;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a line of an export tells. What is wrong leaves as IllegalArgumentException, a sentence without its place. */
final class LineItems {
    private LineItems() {}

    static RollItem item(LineFields line) {
        String kind = line.text("kind");
        return switch (kind) {
            case "revision" -> version(line);
            case "agent" -> row(line);
            case "rejected" -> rejection(line);
            case "gap" -> gap(line);
            case "damaged" ->
                new RollItem.Lost(line.text("agent_id"), line.numberOrNull("revision"), line.text("reason"));
            default -> throw new IllegalArgumentException("no line is of the kind \"" + kind + "\"");
        };
    }

    private static RollItem version(LineFields line) {
        String modifiedAt = line.textOrNull("source_modified_at");
        Seal facts = new Seal(line.text("observed_at"), modifiedAt, line.text("origin"), line.text("content_sha256"));
        return new RollItem.Version(
                line.number("revision"),
                agent(line),
                facts,
                line.flag("sealed") ? RollItem.Proof.SEALED : RollItem.Proof.UNPROVEN,
                document(line),
                overwrite(line));
    }

    private static byte[] document(LineFields line) {
        String text = line.textOrNull("document");
        return text == null ? line.base64("document_base64") : text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable Overwrite overwrite(LineFields line) {
        Long head = line.numberOrNull("kept_head");
        Long tail = line.numberOrNull("kept_tail");
        return head == null || tail == null ? null : new Overwrite(head, tail);
    }

    private static RollItem row(LineFields line) {
        return new RollItem.Row(
                agent(line),
                line.number("revision"),
                named(line, "presence", Presence.values(), Presence::name),
                line.timeOrNull("left_at"),
                line.text("source_path"),
                line.timeOrNull("source_modified_at"),
                line.timeOrNull("synced_at"),
                line.timeOrNull("last_activity_at"));
    }

    private static RollItem rejection(LineFields line) {
        return new RollItem.Rejection(
                new RejectedDocument(
                        agent(line),
                        new ParseResult.Rejected(
                                named(line, "code", RejectionCode.values(), RejectionCode::label),
                                line.text("message"),
                                position(line)),
                        line.time("since"),
                        line.text("source_path"),
                        line.text("content_sha256")),
                line.number("size"),
                line.base64("bytes_base64"));
    }

    private static @Nullable Position position(LineFields line) {
        Long row = line.numberOrNull("line");
        return row == null
                ? null
                : new Position(small(row, "line"), small(line.number("column"), "column"), line.number("byte_offset"));
    }

    private static int small(long number, String name) {
        if (number < 0 || number > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(name + " is no place in a file");
        }
        return (int) number;
    }

    private static RollItem gap(LineFields line) {
        return new RollItem.Stretch(new Gap(
                agent(line),
                named(line, "gap", Gap.Kind.values(), Gap.Kind::name),
                line.time("began_at"),
                line.timeOrNull("ended_at"),
                line.text("detail")));
    }

    private static AgentId agent(LineFields line) {
        String id = line.text("agent_id");
        AgentId.objectionTo(id).ifPresent(objection -> {
            throw new IllegalArgumentException("agent id \"" + id + "\" " + objection);
        });
        return new AgentId(id);
    }

    private static <T> T named(LineFields line, String member, T[] all, Function<T, String> name) {
        String text = line.text(member);
        return Stream.of(all)
                .filter(one -> name.apply(one).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("\"" + text + "\" is no " + member));
    }
}
