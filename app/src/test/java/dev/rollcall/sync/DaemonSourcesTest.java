package dev.rollcall.sync;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.roll.ChangeFixtures;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.WatchState.Trouble;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A daemon whose root holds files of agents that another source records. */
class DaemonSourcesTest extends DaemonSetup {
    private SqlStore open(String source) {
        return SqlStore.open(
                workshop.database.toString(), SwarmName.DEFAULT, new SourceName(source), Duration.ofSeconds(5));
    }

    private WatchedRoll here() {
        SqlStore store = open("here");
        return new WatchedRoll(store, store, store, store, store::isInPlace, store::othersChanges);
    }

    private static @Nullable Trouble told(DaemonBench bench) {
        return bench.daemon.state().troubles().refused();
    }

    @Test
    void theyAreToldOfAndTakenAsSoonAsTheOtherLetsGoOfThem() throws Exception {
        Instant now = Instant.now();
        try (SqlStore there = open("there")) {
            there.record(
                    List.of(
                            ChangeFixtures.accepted(ChangeFixtures.sighting("Ada", 0, now), 40),
                            ChangeFixtures.accepted(ChangeFixtures.sighting("Bob", 0, now), 50)),
                    Durability.AT_ONCE);
            put(BOB, document(2));
            try (DaemonBench bench = new DaemonBench(
                    workshop.source(),
                    new FolderEvents(new WorkspacesFolder(workshop.root)),
                    this::here,
                    new WatchClocks(InstantSource.system(), InstantSource.system()))) {
                eventually(
                        SOON,
                        () -> assertThat(told(bench))
                                .isNotNull()
                                .satisfies(trouble -> assertThat(trouble.message())
                                        .startsWith("Ada: it is recorded by there, not by here")
                                        .endsWith("; and 1 more agent")));
                Instant since = told(bench).since();
                put(ADA, document(3));
                assertThat(cycle(ADA)).isEqualTo(40);

                depart(there, "Bob");

                eventually(Duration.ofSeconds(8), () -> assertThat(cycle(BOB)).isEqualTo(2));
                eventually(
                        SOON,
                        () -> assertThat(told(bench)).isNotNull().satisfies(trouble -> {
                            assertThat(trouble.message()).startsWith("Ada:").doesNotContain("more");
                            assertThat(trouble.since()).isEqualTo(since);
                        }));
                depart(there, "Ada");
                eventually(Duration.ofSeconds(8), () -> assertThat(cycle(ADA)).isEqualTo(3));
                eventually(SOON, () -> assertThat(told(bench)).isNull());
            }
        }
    }

    private static void depart(SqlStore there, String agent) {
        there.record(
                List.of(new RollChange.Departed(ChangeFixtures.sighting(agent, 1, Instant.now()))), Durability.AT_ONCE);
    }
}
