package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.document.Position;
import dev.rollcall.roll.Gap;
import dev.rollcall.roll.Overwrite;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.Consumer;

/** Writes items as JSON Lines, the form of which docs/json-output.md defines. */
final class ExportLines implements Consumer<RollItem> {
    static final String KIND = "rollcall-export";

    /** Bytes of a document; JSON may need six for one, and a line must stay below {@link ImportedLines#MAX_LINE}. */
    private static final int LONGEST_TEXT = 16 << 20;

    private final OutputStream out;
    private final MessageDigest digest = sha256();
    private LineCounts counts = LineCounts.NONE;

    ExportLines(OutputStream out) {
        this.out = out;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    LineCounts counts() {
        return counts;
    }

    void header(SwarmName swarm, Instant at, int databaseSchema) {
        write(JsonOutput.object(json -> json.text("kind", KIND)
                .text("swarm", swarm.value())
                .time("exported_at", at)
                .number("database_schema", databaseSchema)));
    }

    @Override
    public void accept(RollItem item) {
        counts = counts.with(item);
        write(
                switch (item) {
                    case RollItem.Version version -> version(version);
                    case RollItem.Row row -> row(row);
                    case RollItem.Rejection rejection -> rejection(rejection);
                    case RollItem.Stretch stretch -> gap(stretch.gap());
                    case RollItem.Lost lost -> lost(lost);
                });
    }

    /** The last line, over all before it. */
    void end() {
        String sha256 = HexFormat.of().formatHex(digest.digest());
        write(JsonOutput.line(json -> counts.write(json.text("kind", "end")).text("sha256", sha256)));
    }

    private static String version(RollItem.Version version) {
        Overwrite overwrite = version.overwrite();
        return JsonOutput.line(json -> {
            json.text("kind", "revision")
                    .number("revision", version.revision())
                    .text("agent_id", version.agent().value())
                    .text("observed_at", version.facts().observedAt())
                    .text("source_modified_at", version.facts().sourceModifiedAt())
                    .text("origin", version.facts().origin())
                    .text("content_sha256", version.facts().contentSha256())
                    .flag("sealed", () -> version.proof() == RollItem.Proof.SEALED)
                    .number("kept_head", overwrite == null ? null : (Long) overwrite.head())
                    .number("kept_tail", overwrite == null ? null : (Long) overwrite.tail());
            document(json, version.bytes());
        });
    }

    private static void document(JsonOutput json, byte[] bytes) {
        if (bytes.length <= LONGEST_TEXT) {
            String text = new String(bytes, StandardCharsets.UTF_8);
            if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), bytes)) {
                json.text("document", text);
                return;
            }
        }
        json.text("document_base64", Base64.getEncoder().encodeToString(bytes));
    }

    private static String row(RollItem.Row row) {
        return JsonOutput.line(json -> json.text("kind", "agent")
                .text("agent_id", row.agent().value())
                .number("revision", row.revision())
                .text("presence", row.presence().name())
                .time("left_at", row.leftAt())
                .text("source_path", row.sourcePath())
                .time("source_modified_at", row.sourceModifiedAt())
                .time("synced_at", row.syncedAt())
                .time("last_activity_at", row.lastActivityAt()));
    }

    private static String rejection(RollItem.Rejection rejection) {
        RejectedDocument document = rejection.document();
        Position position = document.rejection().position();
        return JsonOutput.line(json -> json.text("kind", "rejected")
                .text("agent_id", document.agent().value())
                .text("code", document.rejection().code().label())
                .text("message", document.rejection().message())
                .number("line", position == null ? null : Long.valueOf(position.line()))
                .number("column", position == null ? null : Long.valueOf(position.column()))
                .number("byte_offset", position == null ? null : (Long) position.byteOffset())
                .time("since", document.since())
                .text("content_sha256", document.contentSha256())
                .text("source_path", document.sourcePath())
                .number("size", rejection.size())
                .text("bytes_base64", Base64.getEncoder().encodeToString(rejection.bytes())));
    }

    private static String gap(Gap gap) {
        return JsonOutput.line(json -> json.text("kind", "gap")
                .text("agent_id", gap.agent().value())
                .text("gap", gap.kind().name())
                .time("began_at", gap.from())
                .time("ended_at", gap.until())
                .text("detail", gap.detail()));
    }

    private static String lost(RollItem.Lost lost) {
        return JsonOutput.line(json -> json.text("kind", "damaged")
                .text("agent_id", lost.agent())
                .number("revision", lost.revision())
                .text("reason", lost.reason()));
    }

    private void write(String line) {
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        digest.update(bytes);
        try {
            out.write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
