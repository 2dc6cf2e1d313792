package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import org.junit.jupiter.api.Test;

/** What {@link WatchLease} promises, one test per sentence. A backend only subclasses this. */
public abstract class WatchLeaseContract extends RollStoreSetup {
    @Test
    void eachLeadHasAHigherFenceThanTheOneBefore() {
        assertThat(lease().lead("one", NOON)).isEqualTo(1);
        assertThat(lease().lead("two", LATER)).isEqualTo(2);
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            assertThat(backend.leaseOf(other).lead("three", LATER)).isEqualTo(3);
        }
    }

    @Test
    void whoLeadsRecordsAndWhoDoesNotAnyMoreRecordsNothing() {
        lease().standBehind("one", lease().lead("one", NOON));
        record(accepted(next(NOON), 1));
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            backend.leaseOf(other).standBehind("two", backend.leaseOf(other).lead("two", LATER));

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> record(accepted(next(LATER), 2)))
                    .satisfies(refused -> {
                        assertThat(refused.problem().code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
                        assertThat(refused.problem().message()).contains("does not lead any more", "two");
                    });
        }
        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void whoHasTakenNoLeadRecordsWhoeverLeads() {
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            backend.leaseOf(other).lead("one", NOON);
        }

        record(accepted(next(NOON), 1));

        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void swarmsHaveLeadsOfTheirOwn() {
        lease().standBehind("one", lease().lead("one", NOON));
        try (RollStore other = backend.open(new SwarmName("other"))) {
            assertThat(backend.leaseOf(other).lead("two", NOON)).isEqualTo(1);
        }

        record(accepted(next(NOON), 1));

        assertThat(store.storedHistory(AGENT)).hasSize(1);
    }

    @Test
    void nobodyStandsBehindALeadThatSomebodyElseHasTakenOver() {
        long before = lease().lead("one", NOON);
        try (RollStore other = backend.open(SwarmName.DEFAULT)) {
            backend.leaseOf(other).lead("two", LATER);

            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> lease().standBehind("one", before))
                    .withMessageContaining("this watch does not lead any more, two does");
        }
    }

    /** As after a server's standby has taken over, without the last lead and with another one in its place. */
    @Test
    void theSameFenceOfAnotherHolderIsAnotherLead() {
        long before = lease().lead("one", NOON);
        lease().standBehind("one", before);
        backend.sql("UPDATE watch_leases SET holder = 'two'");

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> record(accepted(next(NOON), 1)))
                .withMessageContaining("this watch does not lead any more, two does");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> lease().standBehind("one", before));
        assertThat(store.storedHistory(AGENT)).isEmpty();
    }

    @Test
    void aLeadThatNobodyHasTakenIsNotAbandoned() {
        assertThat(lease().isAbandoned()).isFalse();
    }

    private WatchLease lease() {
        return backend.leaseOf(store);
    }
}
