package dev.rollcall.roll;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.refused;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollItem.Lost;
import dev.rollcall.roll.RollItem.Proof;
import dev.rollcall.roll.RollItem.Row;
import dev.rollcall.roll.RollItem.Version;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What {@link RollTransfer} promises, sentence by sentence. A backend only subclasses this. */
public abstract class RollTransferContract extends RollStoreSetup {
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());
    private static final SwarmName OTHERS = new SwarmName("others");

    private List<RollItem> exported(@Nullable AgentId only) {
        List<RollItem> items = new ArrayList<>();
        backend.transferOf(store).export(only, items::add);
        return items;
    }

    private List<RollItem> exportedOf(SwarmName swarm) {
        List<RollItem> items = new ArrayList<>();
        try (RollStore other = backend.open(swarm)) {
            backend.transferOf(other).export(null, items::add);
        }
        return items;
    }

    private long load(SwarmName swarm, Iterator<RollItem> items) {
        try (RollStore other = backend.open(swarm)) {
            return backend.transferOf(other).load(items, RULES);
        }
    }

    /** Arrays by their content, so that two exports can be held against each other. */
    private static List<String> texts(List<RollItem> items, long raisedBy) {
        return items.stream().map(item -> text(item, raisedBy)).toList();
    }

    private static String text(RollItem item, long raisedBy) {
        return switch (item) {
            case Version v ->
                v.revision() + raisedBy + " " + v.agent() + v.facts() + v.proof() + v.overwrite()
                        + Arrays.toString(v.bytes());
            case Row r ->
                new Row(
                                r.agent(),
                                r.revision() + raisedBy,
                                r.presence(),
                                r.leftAt(),
                                r.sourcePath(),
                                r.sourceModifiedAt(),
                                r.syncedAt(),
                                r.lastActivityAt())
                        .toString();
            case RollItem.Rejection r -> r.document() + " " + r.size() + Arrays.toString(r.bytes());
            case RollItem.Stretch s -> s.toString();
            case Lost l -> l.toString();
        };
    }

    private void live() {
        for (int cycle = 1; cycle <= 40; cycle++) {
            record(accepted(next(NOON.plusSeconds(cycle)), cycle, "tidy"));
        }
        record(new RollChange.Departed(next(LATER)));
        record(refused(sighting("Agent-8", 0, NOON), "{\"status\":"));
    }

    @Test
    void itemsComeAgentByAgentVersionsByNumberFirst() {
        live();

        List<RollItem> items = exported(null);

        assertThat(items).hasSize(44);
        assertThat(items.subList(0, 40))
                .allSatisfy(item -> assertThat(((Version) item).proof()).isEqualTo(Proof.SEALED));
        assertThat(items.get(40)).isInstanceOfSatisfying(Row.class, row -> {
            assertThat(row.revision()).isEqualTo(40);
            assertThat(row.presence()).isEqualTo(Presence.LEFT);
            assertThat(row.leftAt()).isEqualTo(LATER);
        });
        assertThat(items.get(41)).isInstanceOf(RollItem.Stretch.class);
        assertThat(items.get(42)).isInstanceOf(RollItem.Rejection.class);
        assertThat(items.get(43)).isInstanceOf(RollItem.Stretch.class);
        assertThat(exported(AGENT)).hasSize(42);
        assertThat(exported(new AgentId("Agent-9"))).isEmpty();
    }

    @Test
    void whatWasLoadedIsExportedAgainUnderRaisedNumbers() {
        live();
        List<RollItem> items = exported(null);

        long raisedBy = load(OTHERS, items.iterator());

        assertThat(raisedBy).isEqualTo(40);
        assertThat(texts(exportedOf(OTHERS), 0)).isEqualTo(texts(items, 40));
        assertThat(backend.numberOf("SELECT count(*) FROM agent_readings WHERE swarm = 'others'"))
                .isZero();
        assertThat(backend.numberOf("SELECT count(*) FROM agent_status WHERE swarm = 'others' AND text = 'tidy'"))
                .isEqualTo(1);
        assertThat(backend.numberOf("SELECT max(delta_depth) FROM status_history WHERE swarm = 'others'"))
                .isEqualTo(15);
    }

    @Test
    void aSwarmThatHoldsAnythingIsRefused() {
        live();
        assertThatThrownBy(
                        () -> backend.transferOf(store).load(List.<RollItem>of().iterator(), RULES))
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo(ProblemCode.REFUSED);
                    assertThat(refused.problem().message()).contains("1 rows of agents, 40 versions");
                });
    }

    @Test
    void anExportIsOneStateWhileOthersWrite() {
        live();
        List<RollItem> before = exported(null);
        List<RollItem> during = new ArrayList<>();

        try (RollStore writer = backend.open(SwarmName.DEFAULT)) {
            backend.transferOf(store).export(null, item -> {
                if (during.isEmpty()) {
                    writer.record(
                            List.of(accepted(sighting("Agent-99", 0, NOON), 1), accepted(next(writer, LATER), 41)),
                            RollStore.Durability.AT_ONCE);
                }
                during.add(item);
            });
        }

        assertThat(texts(during, 0)).isEqualTo(texts(before, 0));
        assertThat(exported(null)).hasSizeGreaterThan(before.size());
    }

    private static Sighting next(RollStore store, java.time.Instant at) {
        return sighting(AGENT.value(), store.standing(AGENT).orElseThrow().reading(), at);
    }

    @Test
    void whatTheItemsThrowLeavesNothing() {
        live();
        Iterator<RollItem> items = exported(null).iterator();
        Iterator<RollItem> breaking = new Iterator<>() {
            private int handedOut;

            @Override
            public boolean hasNext() {
                if (handedOut++ == 43) {
                    throw new IllegalStateException("broken off");
                }
                return true;
            }

            @Override
            public RollItem next() {
                return items.next();
            }
        };

        assertThatThrownBy(() -> load(OTHERS, breaking)).hasMessage("broken off");

        assertThat(exportedOf(OTHERS)).isEmpty();
        assertThat(load(OTHERS, exported(null).iterator())).isEqualTo(40);
    }

    @Test
    void itemsThatCanNotBeAreRefused() {
        live();
        List<RollItem> items = exported(null);
        for (int twice : List.of(0, 40, 41, 42)) {
            List<RollItem> doubled = new ArrayList<>(items);
            doubled.add(twice + 1, items.get(twice));
            assertThatThrownBy(() -> load(OTHERS, doubled.iterator()))
                    .as("item %d twice", twice)
                    .isInstanceOfSatisfying(
                            ProblemException.class,
                            refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.REFUSED));
        }
        List<RollItem> headless = new ArrayList<>(items);
        headless.remove(39);
        assertThatThrownBy(() -> load(OTHERS, headless.iterator()))
                .hasMessageContaining("tells of revision 40, which is not its latest one here");
        assertThat(exportedOf(OTHERS)).isEmpty();
    }

    @Test
    void whatIsDamagedIsToldAndLoadingItDoesNothing() {
        live();
        backend.sql("UPDATE status_history SET document = x'00' WHERE revision = 40");
        backend.sql("UPDATE status_history SET observed_at = 'soon', seal = 'none' WHERE revision = 3");
        backend.sql("UPDATE agent_gaps SET began_at = 'soon' WHERE agent_id = 'Agent-8'");

        List<RollItem> items = exported(null);

        assertThat(items).filteredOn(Lost.class::isInstance).hasSize(4);
        assertThat(items.get(2)).isEqualTo(new Lost("Agent-7", 3L, "its time, origin or digest can not be read"));
        assertThat(items.get(40)).isInstanceOf(Lost.class);
        load(OTHERS, items.iterator());
        assertThat(exportedOf(OTHERS)).hasSize(40);
    }

    @Test
    void anEditWithoutASealThatFitsIsNotProvenByTheWayRound() {
        live();
        backend.sql("UPDATE status_history SET origin = 'lifecycle' WHERE revision = 4");
        backend.sql("UPDATE status_history SET origin = 'lifecycle', seal = 'none' WHERE revision = 5");

        List<RollItem> items = exported(null);

        assertThat(((Version) items.get(3)).facts().origin()).isEqualTo("sync");
        assertThat(((Version) items.get(4)).facts().origin()).isEqualTo("lifecycle");
        assertThat(((Version) items.get(4)).proof()).isEqualTo(Proof.UNPROVEN);
        load(OTHERS, items.iterator());
        assertThat(texts(exportedOf(OTHERS), 0)).isEqualTo(texts(items, 40));
    }
}
