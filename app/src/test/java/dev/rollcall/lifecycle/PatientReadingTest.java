package dev.rollcall.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.ParseResult;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class PatientReadingTest {
    @Test
    void aFileThatIsBeingWrittenIsWaitedFor() {
        assertThat(read("", "{\"a\"", "{\"a\": 1", "{\"a\": 1}")).isEqualTo("{\"a\": 1}");
    }

    @Test
    void aWriterMayPause() {
        assertThat(read("{", "{", "{", "{}")).isEqualTo("{}");
    }

    @Test
    void aMixtureThatParsesIsNotBelievedUntilItIsReadTwice() {
        assertThat(read("{\"a\": 1, \"b\": 2}", "{\"a\": 2, \"b\": 2}")).isEqualTo("{\"a\": 2, \"b\": 2}");
    }

    @Test
    void whatStaysUnacceptableIsRejected() {
        assertThat(read("{\"a\": 1,}")).isEqualTo("rejected trailing_comma");
    }

    @Test
    void noFileIsNotWaitedFor() {
        assertThat(PatientReading.of(new Changing())).isEmpty();
    }

    private static String read(String... states) {
        return switch (PatientReading.of(new Changing(states)).orElseThrow()) {
            case ParseResult.Parsed(var document) -> document.text();
            case ParseResult.Rejected(var code, var message, var position) -> "rejected " + code.label();
        };
    }

    /** A file that is in the next state at every reading, and stays in the last one. */
    private static final class Changing implements StatusFile.Held {
        private final Deque<String> states;

        private Changing(String... states) {
            this.states = new ArrayDeque<>(List.of(states));
        }

        @Override
        public Optional<byte[]> read() {
            String state = states.size() > 1 ? states.poll() : states.peek();
            return Optional.ofNullable(state).map(text -> text.getBytes(UTF_8));
        }

        @Override
        public void replace(byte[] bytes) {
            throw new AssertionError("reading writes nothing");
        }

        @Override
        public void replace(byte[] bytes, Instant modifiedAt) {
            throw new AssertionError("reading writes nothing");
        }

        @Override
        public boolean remove(byte[] expected) {
            throw new AssertionError("reading removes nothing");
        }
    }
}
