package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The roll page is what it would be if nothing of it were kept. */
class PiecesTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");
    private static final Layout LAYOUT = new Layout(new Assets());
    private static final List<View> VIEWS = List.of(
            View.ALL,
            new View("active", "", "", "", ""),
            new View("", "stale", "", "-agent", ""),
            new View("", "", "", "points", "5"));

    private static Roster roster(List<Member> members, Instant now) {
        List<Observation> agents = members.stream().map(Member::observation).toList();
        return new Roster(new Look(agents, 1, now, now, now, null), members);
    }

    private static String draw(RollPage page, Roster roster, View view) {
        Trust trust = Trust.of(roster.look(), new WatchAnswer(Map.of()));
        return page.draw(roster, trust, view, "v-1").toString();
    }

    private static Member member(RollEntry entry, Lag lag, FreshnessThresholds thresholds, Instant now) {
        Freshness freshness = Freshness.of(entry.presence(), entry.lastActivityAt(), now, thresholds);
        Observation agent = new Observation(entry, freshness, null, null, thresholds, lag, List.of());
        return new Member(agent, Need.of(agent), null, null, List.of());
    }

    private static RollEntry entry(String id, Random random, Instant now) {
        StatusColumns columns = StatusColumns.of(Map.of(
                StatusField.STATE, List.of("ACTIVE", "BLOCKED", "IDLE").get(random.nextInt(3)),
                StatusField.STATUS, "says " + random.nextInt(3),
                StatusField.CURRENT_MISSION, "mission <" + random.nextInt(3) + ">",
                StatusField.CURRENT_FOCUS, "focus " + random.nextInt(3),
                StatusField.AGENT_NAME, "role " + random.nextInt(3)));
        return new RollEntry(
                new AgentId(id),
                columns,
                1 + random.nextInt(3),
                random.nextInt(4) == 0 ? Presence.LEFT : Presence.PRESENT,
                random.nextInt(5) == 0 ? null : now.minusSeconds(random.nextInt(100_000)),
                random.nextInt(5) == 0 ? now : null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverChangesOrPassesIsInTheRows(long seed) {
        Random random = new Random(seed);
        RollPage page = new RollPage(LAYOUT);
        Instant now = BEGIN;
        List<RollEntry> entries = new ArrayList<>();
        List<Lag> lags = new ArrayList<>();
        List<FreshnessThresholds> thresholds = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            entries.add(entry("Agent-" + i, random, now));
            lags.add(new Lag.InStep());
            thresholds.add(FreshnessThresholds.DEFAULT);
        }
        for (int step = 0; step < 300; step++) {
            int one = random.nextInt(entries.size());
            switch (random.nextInt(4)) {
                case 0 -> entries.set(one, entry("Agent-" + one, random, now));
                case 1 -> lags.set(one, random.nextBoolean() ? new Lag.InStep() : new Lag.Behind(null, 90L));
                case 2 ->
                    thresholds.set(
                            one,
                            new FreshnessThresholds(
                                    Duration.ofMinutes(1 + random.nextInt(5)),
                                    Duration.ofHours(1 + random.nextInt(5))));
                default -> now = now.plusSeconds(random.nextInt(10) == 0 ? 40_000 : random.nextInt(40));
            }
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < entries.size(); i++) {
                members.add(member(entries.get(i), lags.get(i), thresholds.get(i), now));
            }
            Roster roster = roster(members, now);
            View view = VIEWS.get(random.nextInt(VIEWS.size()));
            assertThat(draw(page, roster, view))
                    .as("step %d of seed %d", step, seed)
                    .isEqualTo(draw(new RollPage(LAYOUT), roster, view));
        }
    }

    @Test
    void aSwarmOfManyThousandsIsDrawnWhole() {
        Random random = new Random(7);
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            members.add(
                    member(entry("Agent-" + i, random, BEGIN), new Lag.InStep(), FreshnessThresholds.DEFAULT, BEGIN));
        }
        RollPage page = new RollPage(LAYOUT);
        String once = draw(page, roster(members, BEGIN), View.ALL);
        assertThat(draw(page, roster(members, BEGIN), View.ALL)).isEqualTo(once);
        assertThat(once.split("class=\"row", -1)).hasSize(5_001);
    }
}
