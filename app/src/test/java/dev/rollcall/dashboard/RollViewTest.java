package dev.rollcall.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.LiveRoll.Look;
import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.RollEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the roll page says of whom. */
class RollViewTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Map<String, String> RUNNING = Map.of("pid", "7", "latency_p99_ms", "8.00");

    private static Member member(String id, String state, Duration age, Lag lag) {
        Freshness freshness = Freshness.of(Presence.PRESENT, NOW.minus(age), NOW, FreshnessThresholds.DEFAULT);
        Observation agent = new Observation(
                new RollEntry(
                        new AgentId(id),
                        StatusColumns.of(Map.of(StatusField.STATE, state, StatusField.CURRENT_MISSION, "of " + id)),
                        1,
                        Presence.PRESENT,
                        NOW.minus(age),
                        null),
                freshness,
                age,
                null,
                FreshnessThresholds.DEFAULT,
                lag,
                List.of());
        return new Member(agent, Need.of(agent), null, null, List.of());
    }

    private static Member active(String id) {
        return member(id, "ACTIVE", Duration.ofSeconds(5), new Lag.InStep());
    }

    private static Look look(Problem trouble, Member... members) {
        return new Look(
                1,
                List.of(members).stream().map(Member::observation).toList(),
                Map.of(),
                1,
                NOW,
                NOW.minusSeconds(90),
                NOW.minusSeconds(2),
                trouble);
    }

    private static String line(Look look, Map<String, String> watch) {
        Html html = new Html();
        Trust.of(look, new WatchAnswer(watch)).draw(html, NOW);
        return html.toString().replaceAll("<[^>]*>", "");
    }

    @Test
    void theTrustLineTellsWhatIsKnown() {
        Member behind = member("Agent-2", "ACTIVE", Duration.ofSeconds(5), new Lag.Behind(3L, 1L));
        assertThat(line(look(null, active("Agent-1"), active("Agent-3")), RUNNING))
                .contains("2 of 2 equal their files", "checked 2 s ago", "p99 lag 8.0 ms");
        assertThat(line(look(null, active("Agent-1"), behind), RUNNING))
                .contains("1 of 2 equal their files, 1 on the way");
    }

    @Test
    void whatIsWrongStandsInTheTrustLineInstead() {
        Problem gone = new Problem(ProblemCode.DATABASE_UNAVAILABLE, "roll.db can not be opened", "");
        assertThat(line(look(gone, active("Agent-1")), RUNNING))
                .contains("The database can not be read", "11:58:30", "roll.db can not be opened")
                .doesNotContain("equal");
        assertThat(line(look(null, active("Agent-1")), Map.of()))
                .contains("No watch runs")
                .doesNotContain("equal");
        assertThat(line(
                        look(null, active("Agent-1")),
                        Map.of("pid", "7", "trouble_database", "it is locked", "trouble", "it is locked")))
                .contains("The watch says: it is locked");
    }

    @Test
    void theCountdownIsHalfOverWhenAnAgentIsQuietAndOverWhenItIsStale() {
        assertThat(Row.left(Duration.ZERO, FreshnessThresholds.DEFAULT)).isEqualTo(100);
        assertThat(Row.left(Duration.ofMinutes(10), FreshnessThresholds.DEFAULT))
                .isEqualTo(50);
        assertThat(Row.left(Duration.ofMinutes(35), FreshnessThresholds.DEFAULT))
                .isEqualTo(25);
        assertThat(Row.left(Duration.ofHours(5), FreshnessThresholds.DEFAULT)).isZero();
        assertThat(Row.left(null, FreshnessThresholds.DEFAULT)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0,0 s", "59,59 s", "60,1 min", "3600,1 h", "4320,1 h 12 min", "86400,1 d", "97200,1 d 3 h"})
    void agesAreSaidInTheLargestUnits(long seconds, String said) {
        assertThat(Shown.duration(Duration.ofSeconds(seconds))).isEqualTo(said);
    }

    @Test
    void aViewFiltersSortsAndTellsItsAddress() {
        Member blocked = member("Agent-10", "BLOCKED", Duration.ofMinutes(1), new Lag.InStep());
        Member stale = member("Agent-9", "ACTIVE", Duration.ofHours(2), new Lag.InStep());
        List<Member> all = List.of(active("Agent-2"), stale, blocked);
        assertThat(all.stream().filter(new View("", "", "any", "", "")::has).map(Member::agent))
                .extracting(AgentId::value)
                .containsExactly("Agent-9", "Agent-10");
        assertThat(all).filteredOn(new View("blocked", "", "", "", "")::has).containsExactly(blocked);
        assertThat(all).filteredOn(new View("", "stale", "", "", "")::has).containsExactly(stale);
        assertThat(all).filteredOn(new View("", "", "", "", "OF agent-9")::has).containsExactly(stale);
        assertThat(new View("", "", "", "-agent", "").sorted(all))
                .extracting(member -> member.agent().value())
                .containsExactly("Agent-10", "Agent-9", "Agent-2");
        assertThat(new View("", "", "", "fresh", "").sorted(all).getLast()).isEqualTo(stale);
        View chosen = new View("blocked", "", "", "points", "a&b");
        assertThat(chosen.with("state", "blocked")).isEqualTo("?q=a%26b&sort=points");
        assertThat(chosen.with("fresh", "stale")).isEqualTo("?fresh=stale&q=a%26b&sort=points&state=blocked");
        assertThat(new View("blocked", "", "", "", "").with("state", "blocked")).isEqualTo("/");
    }
}
