package dev.rollcall.lifecycle;

import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads a file that others may be writing without holding its lock: a document counts when the next reading gives the
 * same bytes, since a writer in place leaves mixtures that parse.
 */
final class PatientReading {
    /** How long a writer may take (contract, section 8). */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** What is unacceptable and does not change for so long is nobody's unfinished work; editing it is refused. */
    private static final Duration STANDSTILL = Duration.ofMillis(200);

    private static final Duration BETWEEN_READINGS = Duration.ofMillis(10);

    private PatientReading() {}

    /** Empty when there is no file. */
    static Optional<ParseResult> of(StatusFile.Held file) {
        long start = System.nanoTime();
        long lastChange = start;
        Optional<byte[]> before = file.read();
        while (before.isPresent()) {
            ParseResult result = StatusParser.parse(before.get());
            boolean accepted = result instanceof ParseResult.Parsed;
            if (!accepted) {
                LockSupport.parkNanos(BETWEEN_READINGS.toNanos());
            }
            Optional<byte[]> now = file.read();
            boolean same = now.isPresent() && Arrays.equals(before.get(), now.get());
            long time = System.nanoTime();
            lastChange = same ? lastChange : time;
            if (same && (accepted || time - lastChange >= STANDSTILL.toNanos()) || time - start >= PATIENCE.toNanos()) {
                return Optional.of(result);
            }
            before = now;
        }
        return Optional.empty();
    }
}
