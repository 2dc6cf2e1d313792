package dev.rollcall.roll;

import dev.rollcall.document.DocumentContent;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the roll noted of a version when it was recorded and what can not be had from its document again, as the row of
 * history keeps it a second time, with a digest. Immutable.
 *
 * <p>Protects against edits with a database shell, careless or hostile: an edited column no longer agrees with its seal,
 * and an edited seal, or one taken from another row, no longer agrees with its digest. Does not protect against somebody
 * who computes the digest anew, for it holds no secret, nor against the erasure of a whole row.
 *
 * @param observedAt as in the column
 * @param sourceModifiedAt as in the column; null when there was none
 * @param origin {@link Origin#label}
 * @param contentSha256 of the document's bytes, in lower-case hex
 */
public record Seal(String observedAt, @Nullable String sourceModifiedAt, String origin, String contentSha256) {
    /** Characters: 128 bits are more than anybody hits by chance. */
    private static final int DIGEST_LENGTH = 32;

    private static final String NOTHING = "-";

    /** Occurs in no name and no value, so that no two rows have the same text under the digest. */
    private static final String BETWEEN = "\u001f";

    public Seal {
        if (Stream.of(observedAt, sourceModifiedAt == null ? NOTHING : sourceModifiedAt, origin, contentSha256)
                .anyMatch(Seal::isUnfit)) {
            throw new IllegalArgumentException("not to be told apart in a seal: " + observedAt + ", " + sourceModifiedAt
                    + ", " + origin + ", " + contentSha256);
        }
    }

    /** The row of history that a seal belongs to. */
    public record Row(String swarm, String agent, long revision) {}

    /** The values with single spaces between them, a dash where there is none, and the digest at the end. */
    public String text(Row row) {
        return String.join(" ", observedAt, modifiedAt(), origin, contentSha256, digest(row));
    }

    /** Empty when the text is no seal, or not the one of this row. */
    public static Optional<Seal> read(@Nullable String text, Row row) {
        String[] parts = text == null ? new String[0] : text.split(" ", -1);
        if (parts.length != 5 || Stream.of(parts).anyMatch(Seal::isUnfit)) {
            return Optional.empty();
        }
        Seal seal = new Seal(parts[0], NOTHING.equals(parts[1]) ? null : parts[1], parts[2], parts[3]);
        return seal.digest(row).equals(parts[4]) ? Optional.of(seal) : Optional.empty();
    }

    private static boolean isUnfit(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (value.charAt(at) <= ' ') {
                return true;
            }
        }
        return value.isEmpty();
    }

    /** What the row's columns should hold, by name. */
    public Map<String, @Nullable String> columns() {
        Map<String, @Nullable String> columns = new LinkedHashMap<>();
        columns.put("observed_at", observedAt);
        columns.put("source_modified_at", sourceModifiedAt);
        columns.put("origin", origin);
        columns.put("content_sha256", contentSha256);
        return columns;
    }

    private String modifiedAt() {
        return sourceModifiedAt == null ? NOTHING : sourceModifiedAt;
    }

    private String digest(Row row) {
        String sealed = String.join(
                BETWEEN,
                row.swarm(),
                row.agent(),
                Long.toString(row.revision()),
                observedAt,
                modifiedAt(),
                origin,
                contentSha256);
        return DocumentContent.sha256Of(sealed.getBytes(StandardCharsets.UTF_8)).substring(0, DIGEST_LENGTH);
    }
}
