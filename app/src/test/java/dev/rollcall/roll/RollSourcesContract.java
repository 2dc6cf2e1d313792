package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@link RollSources} and {@link RollStore} promise of several sources that share a swarm. A backend only subclasses this. */
public abstract class RollSourcesContract extends RollStoreSetup {
    private static final SourceName HERE = new SourceName("build-1:/srv/agents");
    private static final SourceName THERE = new SourceName("build-2:/srv/agents");

    private RollStore here;
    private RollStore there;

    @BeforeEach
    void openForBoth() {
        here = backend.open(SwarmName.DEFAULT, HERE);
        there = backend.open(SwarmName.DEFAULT, THERE);
    }

    @AfterEach
    void closeBoth() {
        here.close();
        there.close();
    }

    @Test
    void anAgentBelongsToTheSourceThatRecordedItAndIsRefusedToOthersByName() {
        assertThat(take(here, AGENT, NOON, 1)).isInstanceOf(RecordOutcome.Recorded.class);

        assertThat(take(there, AGENT, LATER, 2)).isEqualTo(new RecordOutcome.Owned(HERE, THERE));
        assertThat(leave(there, AGENT, LATER)).isEqualTo(new RecordOutcome.Owned(HERE, THERE));

        assertThat(store.storedHistory(AGENT)).hasSize(1);
        assertThat(query().find(AGENT).orElseThrow().presence()).isEqualTo(Presence.PRESENT);
        assertThat(take(here, AGENT, LATER, 3)).isInstanceOf(RecordOutcome.Recorded.class);
    }

    @Test
    void eachKnowsTheStandingsOfItsOwnAgentsAndOfThoseThatNobodyHas() {
        AgentId mine = new AgentId("Agent-1");
        AgentId nobodys = new AgentId("Agent-9");
        take(here, mine, NOON, 1);
        take(there, AGENT, NOON, 1);
        take(store, nobodys, NOON, 1);

        assertThat(here.standings()).containsOnlyKeys(mine, nobodys);
        assertThat(here.standing(mine)).isPresent();
        assertThat(here.standing(AGENT)).isEmpty();
        assertThat(of(here).ownedElsewhere()).containsOnlyKeys(AGENT).containsEntry(AGENT, THERE);
        assertThat(store.standings()).containsOnlyKeys(mine, AGENT, nobodys);
        assertThat(of(store).ownedElsewhere()).isEmpty();
        assertThat(backend.queryOf(here).list()).hasSize(3);
        assertThat(here.stored(AGENT)).isPresent();
    }

    @Test
    void anAgentThatLeftItsSourceIsTheNextOnes() {
        take(here, AGENT, NOON, 1);
        leave(here, AGENT, LATER);

        assertThat(take(there, AGENT, LATER, 2)).isInstanceOf(RecordOutcome.Recorded.class);

        assertThat(of(here).ownedElsewhere()).containsEntry(AGENT, THERE);
        assertThat(take(here, AGENT, LATER, 3)).isEqualTo(new RecordOutcome.Owned(THERE, HERE));
        assertThat(store.storedHistory(AGENT)).hasSize(2);
    }

    @Test
    void anAgentThatIsTakenOverIsTheNewOwners() {
        take(here, AGENT, NOON, 1);

        of(there).takeOver(List.of(AGENT));

        assertThat(take(here, AGENT, LATER, 2)).isEqualTo(new RecordOutcome.Owned(THERE, HERE));
        assertThat(take(there, AGENT, LATER, 2)).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(of(there).ownedElsewhere()).isEmpty();
    }

    @Test
    void ofAForgottenAgentNobodyIsTheOwner() {
        take(here, AGENT, NOON, 1);

        backend.upkeepOf(store).forget(AGENT);

        assertThat(of(there).ownedElsewhere()).isEmpty();
        assertThat(take(there, AGENT, LATER, 1)).isInstanceOf(RecordOutcome.Recorded.class);
    }

    @Test
    void whatTimeMakesOfAnAgentIsToldByItsSourceAlone() {
        take(here, AGENT, NOON, 1);
        RollFeed feed = backend.feedOf(store);
        long before = feed.newest();
        List<FreshnessTurn> turns = List.of(new FreshnessTurn(AGENT, FreshnessTurn.Direction.STALE, LATER));

        backend.feedOf(there).note(turns);

        assertThat(feed.newest()).isEqualTo(before);
        backend.feedOf(here).note(turns);
        assertThat(feed.after(before, 10)).hasSize(1);
    }

    @Test
    void swarmsHaveOwnersOfTheirOwn() {
        take(here, AGENT, NOON, 1);
        try (RollStore night = backend.open(new SwarmName("night-shift"), THERE)) {
            assertThat(take(night, AGENT, NOON, 1)).isInstanceOf(RecordOutcome.Recorded.class);
            assertThat(of(night).ownedElsewhere()).isEmpty();
        }
    }

    @Test
    void eachSourceHasALeadOfItsOwn() {
        WatchLease first = backend.leaseOf(here);
        WatchLease second = backend.leaseOf(there);
        first.standBehind("one", first.lead("one", NOON));
        second.standBehind("two", second.lead("two", NOON));

        assertThat(take(here, new AgentId("Agent-1"), NOON, 1)).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(take(there, AGENT, NOON, 1)).isInstanceOf(RecordOutcome.Recorded.class);

        try (RollStore again = backend.open(SwarmName.DEFAULT, THERE)) {
            assertThat(backend.leaseOf(again).lead("three", LATER)).isEqualTo(2);
        }
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> take(there, AGENT, LATER, 2));
        assertThat(take(here, new AgentId("Agent-1"), LATER, 2)).isInstanceOf(RecordOutcome.Recorded.class);
    }

    private RollSources of(RollStore opened) {
        return backend.sourcesOf(opened);
    }

    /** By somebody who has looked at the roll as it is. */
    private RecordOutcome take(RollStore by, AgentId agent, Instant at, int cycle) {
        return by.record(List.of(accepted(seen(by, agent, at), cycle)), Durability.AT_ONCE)
                .getFirst();
    }

    private RecordOutcome leave(RollStore by, AgentId agent, Instant at) {
        return by.record(List.of(new RollChange.Departed(seen(by, agent, at))), Durability.AT_ONCE)
                .getFirst();
    }

    private static Sighting seen(RollStore by, AgentId agent, Instant at) {
        long reading = by.standing(agent).map(Standing::reading).orElse(Standing.NEVER_READ);
        return sighting(agent.value(), reading, at);
    }
}
