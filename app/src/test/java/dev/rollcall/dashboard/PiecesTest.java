package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.dashboard.Member.Awaited;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.RejectionCode;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
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
        return new Roster(new Look(1, agents, Map.of(), 1, now, now, now, null), members);
    }

    private static String draw(RollPage page, Roster roster, View view) {
        Trust trust = Trust.of(roster.look(), new WatchAnswer(Map.of()));
        return page.draw(roster, trust, view, "v-1").toString();
    }

    /** All that a member is made of besides the time. */
    private record Known(
            RollEntry entry,
            Lag lag,
            FreshnessThresholds thresholds,
            @Nullable Duration cadence,
            List<Finding> findings,
            @Nullable RejectedDocument rejected,
            @Nullable Instant stuckSince,
            List<Awaited> awaits) {
        static Known of(RollEntry entry) {
            return new Known(
                    entry, new Lag.InStep(), FreshnessThresholds.DEFAULT, null, List.of(), null, null, List.of());
        }

        Member member(Instant now) {
            Freshness freshness = Freshness.of(entry.presence(), entry.lastActivityAt(), now, thresholds);
            Observation agent = new Observation(entry, freshness, null, cadence, thresholds, lag, findings);
            return new Member(agent, Need.of(agent), rejected, stuckSince, awaits);
        }

        /** With one thing another one, perhaps. */
        Known changed(Random random, Instant now) {
            int which = random.nextInt(8);
            int value = random.nextInt(3);
            return new Known(
                    which == 0 ? PiecesTest.entry(entry.agent().value(), random, now) : entry,
                    which == 1 ? value == 0 ? new Lag.InStep() : new Lag.Behind(null, 90L * value) : lag,
                    which == 2
                            ? new FreshnessThresholds(Duration.ofMinutes(1 + value), Duration.ofHours(1 + value))
                            : thresholds,
                    which == 3 ? value == 0 ? null : Duration.ofMinutes(value) : cadence,
                    which == 4 ? List.of(new Finding("points_fell", "", "by " + value)) : findings,
                    which == 5 ? rejected(value) : rejected,
                    which == 6 ? value == 0 ? null : now.minusSeconds(4_000L + value) : stuckSince,
                    which == 7 ? List.of(new Awaited(new AgentId("Agent-" + value), State.IDLE, false)) : awaits);
        }

        private RejectedDocument rejected(int value) {
            return new RejectedDocument(
                    entry.agent(), new ParseResult.Rejected(RejectionCode.SYNTAX, "of " + value, null), BEGIN, "", "");
        }
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
                random.nextInt(5) == 0 ? null : now.minusSeconds(random.nextInt(random.nextBoolean() ? 100 : 100_000)),
                random.nextInt(5) == 0 ? now : null);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whateverChangesOrPassesIsOnThePage(long seed) {
        Random random = new Random(seed);
        RollPage page = new RollPage(LAYOUT);
        Instant now = BEGIN;
        List<Known> all = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            all.add(Known.of(entry("Agent-" + i, random, now)));
        }
        for (int step = 0; step < 500; step++) {
            int one = random.nextInt(all.size());
            if (random.nextInt(5) == 0) {
                now = now.plusSeconds(random.nextInt(10) == 0 ? 40_000 : random.nextInt(40));
            } else {
                all.set(one, all.get(one).changed(random, now));
            }
            Instant at = now;
            List<Member> members = all.stream().map(known -> known.member(at)).toList();
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
            members.add(Known.of(entry("Agent-" + i, random, BEGIN)).member(BEGIN));
        }
        RollPage page = new RollPage(LAYOUT);
        String once = draw(page, roster(members, BEGIN), View.ALL);
        assertThat(draw(page, roster(members, BEGIN), View.ALL)).isEqualTo(once);
        assertThat(once.split("class=\"row", -1)).hasSize(5_001);
    }
}
