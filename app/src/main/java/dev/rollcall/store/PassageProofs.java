package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Short digests over what belongs together in a row, by which an edit by hand shows. */
final class PassageProofs {
    /** 64 bits: made against hands, not against attackers. */
    private static final int DIGITS = 16;

    private PassageProofs() {}

    /** A passage and where it stands. */
    record Place(String swarm, AgentId agent, String key, String field, String text) {}

    /** That a vector was made of this passage by this model. */
    static String ofVector(Place place, String model, byte[] vector) {
        return proof(place, model.getBytes(StandardCharsets.UTF_8), vector);
    }

    /** That the passage left its document so. */
    static String ofLeaving(Place place, long revision, String leftAt) {
        return proof(
                place,
                Long.toString(revision).getBytes(StandardCharsets.UTF_8),
                leftAt.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the vector is the one that was made of the passage. */
    static boolean isOf(Place place, @Nullable String model, byte @Nullable [] vector, @Nullable String proof) {
        return model != null && vector != null && ofVector(place, model, vector).equals(proof);
    }

    private static String proof(Place place, byte[]... more) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (String part :
                new String[] {place.swarm(), place.agent().value(), place.key(), place.field(), place.text()}) {
            add(part.getBytes(StandardCharsets.UTF_8), bytes);
        }
        for (byte[] part : more) {
            add(part, bytes);
        }
        return DocumentContent.sha256Of(bytes.toByteArray()).substring(0, DIGITS);
    }

    private static void add(byte[] part, ByteArrayOutputStream bytes) {
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
        bytes.writeBytes(part);
    }
}
