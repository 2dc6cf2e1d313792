package dev.rollcall.roll;

import dev.rollcall.document.Finding;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far the roll trails an agent's file, at the moment somebody looked at both. */
public sealed interface Lag {
    /** Null where nobody can tell; never below 0. */
    @Nullable
    Long seconds();

    /** Null where nobody can tell, or where not both sides have a number. */
    @Nullable
    Long cycles();

    /** The file holds the recorded bytes. */
    record InStep() implements Lag {
        @Override
        public Long seconds() {
            return 0L;
        }

        @Override
        public Long cycles() {
            return 0L;
        }
    }

    /**
     * The file holds other bytes than the recorded version.
     *
     * @param seconds the file's modification time minus that of the recorded version, never below 0
     * @param cycles the difference of cycle_count; null unless both sides have a number
     */
    record Behind(Long seconds, @Nullable Long cycles) implements Lag {}

    /** @param why half a sentence: what stands in the way of comparing them */
    record Unknown(String why) implements Lag {
        @Override
        public @Nullable Long seconds() {
            return null;
        }

        @Override
        public @Nullable Long cycles() {
            return null;
        }
    }

    default boolean isBehind() {
        return this instanceof Behind;
    }

    /** Whether the file is more than one cycle ahead: what the roll shows is no more what the agent does. */
    default boolean isOverOneCycle() {
        Long cycles = cycles();
        return cycles != null && cycles > 1;
    }

    /** That the file is more than one cycle ahead; empty when it is not, or when nobody can tell. */
    default Optional<Finding> finding() {
        return isOverOneCycle()
                ? Optional.of(new Finding(
                        "lagging",
                        "cycle_count",
                        "the file is " + cycles() + " cycles and " + seconds() + " seconds ahead of the roll"))
                : Optional.empty();
    }
}
