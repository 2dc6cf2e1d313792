package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Lag;
import dev.rollcall.sync.Verifier.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the lag without waiting, against what verification says after having waited. */
class LagProbeTest {
    private static final AgentId ADA = new AgentId("Ada");

    @TempDir
    Path folder;

    private Workshop workshop;
    private final List<AgentId> read = new ArrayList<>();
    private final LagMemory memory = new LagMemory();

    @BeforeEach
    void sync() {
        workshop = new Workshop(folder);
        workshop.write("Ada", document(3));
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void anUntouchedFileIsNotRead() {
        assertThat(probe().of(ADA)).isEqualTo(new Lag.InStep());
        assertThat(probe().all()).containsOnly(Map.entry(ADA, new Lag.InStep()));
        assertThat(read).isEmpty();
    }

    @Test
    void aNewerFileIsBehindInSecondsAndCycles() {
        workshop.write("Ada", document(6), workshop.clock().instant().minusSeconds(20));

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(40L, 3L));
        assertThat(probe().all()).containsEntry(ADA, new Lag.Behind(40L, 3L));
    }

    @Test
    void otherBytesOfTheSameTimeAndCycleAreBehindByNothing() {
        workshop.write("Ada", document(3) + " ");

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(0L, 0L));
    }

    @Test
    void anOlderFileThatWasPutBackIsBehindByLessThanNothing() {
        workshop.write("Ada", document(1), workshop.clock().instant().minusSeconds(900));

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(0L, -2L));
    }

    @Test
    void cyclesTooFarApartForANumberAreAsFarAsOneCanTell() {
        assertThat(LagRule.difference(9_000_000_000_000_000_000L, -9_000_000_000_000_000_000L))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(LagRule.difference(-9_000_000_000_000_000_000L, 9_000_000_000_000_000_000L))
                .isEqualTo(Long.MIN_VALUE);
        assertThat(LagRule.difference(7, 5)).isEqualTo(2);
    }

    @Test
    void cyclesAreUnknownUnlessBothSidesHaveANumber() {
        workshop.write("Ada", "{\"cycle_count\":\"many\"}", workshop.clock().instant());

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(60L, null));
    }

    @Test
    void aFileThatWasOnlyTouchedIsInStep() {
        workshop.write("Ada", document(3), workshop.clock().instant().minusSeconds(20));

        assertThat(probe().of(ADA)).isEqualTo(new Lag.InStep());
        assertThat(read).containsExactly(ADA);
    }

    @Test
    void whoLooksAgainReadsSuchAFileOnceUntilItOrTheRollChanges() {
        workshop.write("Ada", document(3), workshop.clock().instant().minusSeconds(20));
        for (int look = 0; look < 3; look++) {
            assertThat(probe().all()).containsEntry(ADA, new Lag.InStep());
        }
        assertThat(read).hasSize(1);

        workshop.write("Ada", document(4), workshop.clock().instant().minusSeconds(20));
        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(40L, 1L));
        workshop.syncAll();
        workshop.write("Ada", document(3), workshop.clock().instant().minusSeconds(20));

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Behind(0L, -1L));
    }

    @Test
    void whatCanNotBeComparedIsUnknownAndWaitsForNobody() throws IOException {
        var now = workshop.clock().instant();
        workshop.write("Bo", "{}");
        workshop.write("Cy", "{}");
        workshop.syncAll();
        workshop.write("Ada", "{\"cycle_count\":", now);
        workshop.write("Bo", "{\"cycle_count\":", now.minusSeconds(30));
        workshop.remove("Cy");
        workshop.write("Di", "{}");

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Unknown("the file is changing"));
        assertThat(probe().of(new AgentId("Bo"))).isEqualTo(new Lag.Unknown("the file can not be accepted"));
        assertThat(probe().of(new AgentId("Cy"))).isEqualTo(new Lag.Unknown("there is no file"));
        assertThat(probe().of(new AgentId("Di"))).isEqualTo(new Lag.Unknown("no version was ever recorded"));
        assertThat(workshop.clock().instant()).isEqualTo(now);

        Files.move(workshop.root, folder.resolve("elsewhere"));
        assertThat(probe().of(ADA)).isEqualTo(new Lag.Unknown("the files can not be seen"));
        assertThat(probe().all())
                .hasSize(3)
                .allSatisfy((agent, lag) -> assertThat(lag).isEqualTo(new Lag.Unknown("the files can not be seen")));
    }

    @Test
    void aFileThatStandsRejectedIsUnknownWithoutBeingRead() {
        workshop.write("Ada", "{\"cycle_count\":");
        workshop.syncAll();
        read.clear();

        assertThat(probe().of(ADA)).isEqualTo(new Lag.Unknown("the file can not be accepted"));
        assertThat(read).isEmpty();
    }

    @Test
    void aFileTakenOverWhileItWasReadIsNoLag() {
        workshop.write("Ada", document(6), workshop.clock().instant().minusSeconds(20));

        assertThat(probeWith(1, workshop::syncAll).of(ADA)).isEqualTo(new Lag.InStep());
    }

    @Test
    void aLaterVersionTakenOverWhileAnEarlierOneWasReadIsNoLag() {
        for (int reading = 1; reading <= 3; reading++) {
            workshop.write("Ada", document(6), workshop.clock().instant().minusSeconds(20));
            Runnable later = () -> {
                workshop.write("Ada", document(7), workshop.clock().instant().minusSeconds(10));
                workshop.syncAll();
            };

            assertThat(probeWith(reading, later).of(ADA).isBehind())
                    .as("after reading %d", reading)
                    .isFalse();
        }
    }

    /** Something happens after the reading of this number. */
    private LagProbe probeWith(int reading, Runnable event) {
        AtomicInteger readings = new AtomicInteger();
        StatusSource eventful = new ReadingTold(workshop.source(), agent -> {
            if (readings.incrementAndGet() == reading) {
                event.run();
            }
        });
        return new LagProbe(eventful, workshop.store(), Workshop.RULES, workshop.clock(), memory);
    }

    @Test
    void itIsWhatVerificationSaysOfManyChanges() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int step = 0; step < 60; step++) {
            var time = workshop.clock().instant().minusSeconds(10 + random.nextInt(300));
            workshop.write("Ada", random.nextInt(5) == 0 ? "{}" : document(random.nextInt(6)), time);
            if (random.nextInt(3) == 0) {
                workshop.syncAll();
            }

            Lag verified =
                    workshop.verifier().verify(ADA, Depth.HEAD).orElseThrow().lag();

            assertThat(probe().of(ADA)).as("seed %d, step %d", seed, step).isEqualTo(verified);
            assertThat(probe().all()).as("seed %d, step %d", seed, step).containsEntry(ADA, verified);
        }
    }

    private LagProbe probe() {
        return new LagProbe(
                new ReadingTold(workshop.source(), read::add),
                workshop.store(),
                Workshop.RULES,
                workshop.clock(),
                memory);
    }

    private static String document(int cycle) {
        return "{\"status\":\"ACTIVE\",\"cycle_count\":" + cycle + "}";
    }
}
