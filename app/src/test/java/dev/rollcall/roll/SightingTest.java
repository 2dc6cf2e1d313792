package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SightingTest {
    private static final Instant BIRTH = Instant.parse("2031-05-06T12:00:00.25Z");
    private static final String FILE = "7:8:" + BIRTH;

    @Test
    void aFileThatWasThereBeforeAndIsModifiedSinceItsBirthIsWrittenOver() {
        assertThat(sighting(FILE, BIRTH.plusSeconds(9)).isWrittenOver(FILE)).isTrue();
    }

    @Test
    void anotherFileIsNot() {
        assertThat(sighting(FILE, BIRTH.plusSeconds(9)).isWrittenOver("7:8:" + BIRTH.plusMillis(4)))
                .isFalse();
        assertThat(sighting(FILE, BIRTH.plusSeconds(9)).isWrittenOver("7:8")).isFalse();
        assertThat(sighting("", BIRTH.plusSeconds(9)).isWrittenOver("")).isFalse();
        assertThat(sighting(FILE, BIRTH.plusSeconds(9)).isWrittenOver(null)).isFalse();
    }

    @Test
    void whereTheTimeOfModificationStandsForTheBirthNobodyCanKnow() {
        assertThat(sighting(FILE, BIRTH).isWrittenOver(FILE)).isFalse();
    }

    private static Sighting sighting(String file, Instant modifiedAt) {
        return new Sighting(new AgentId("Ada"), 1, "stamp", file, "/swarm/Ada/status.json", modifiedAt, modifiedAt);
    }
}
