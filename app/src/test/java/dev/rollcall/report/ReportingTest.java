package dev.rollcall.report;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.roll.Attention;
import dev.rollcall.roll.ChangeFixtures;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report of a roll that was recorded, from end to end. */
class ReportingTest {
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    @TempDir
    Path folder;

    private SqlStore store;
    private final Map<String, Long> readings = new HashMap<>();

    @BeforeEach
    void open() {
        store = SqlStore.open(folder.resolve("roll.db").toString(), SwarmName.DEFAULT, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Instant minute(long minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    private void record(RollChange change) {
        store.record(List.of(change), Durability.LATER);
    }

    private dev.rollcall.roll.Sighting sighting(String agent, long minute) {
        long reading = readings.merge(agent, 1L, Long::sum) - 1;
        return ChangeFixtures.sighting(agent, reading, minute(minute));
    }

    private void write(String agent, long minute, String json) {
        StatusDocument document =
                switch (StatusParser.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8))) {
                    case ParseResult.Parsed parsed -> parsed.document();
                    case ParseResult.Rejected rejected -> throw new AssertionError(rejected.toString());
                };
        record(new RollChange.Accepted(
                sighting(agent, minute),
                document.content(),
                StatusView.columns(document, new AgentId(agent), RULES, minute(minute)),
                List.of(),
                Origin.SYNC,
                RollChange.Extent.CHANGES));
    }

    private Report report(@Nullable AgentId only, long from, long until) {
        Window window = new Window(minute(from), minute(until));
        return Reporting.of(
                store.past(),
                new ReportRequest(SwarmName.DEFAULT, only, window, window.from(), FreshnessPolicy.DEFAULT, Map.of()));
    }

    private static AgentFigures of(Report report, String agent) {
        return report.agents().stream()
                .filter(figures -> figures.agent().value().equals(agent))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFiguresOfASwarmComeOutOfItsRoll() {
        write("Agent-1", -10, "{'status':'ACTIVE','points_earned':100,'cycle_count':1,'completed_tasks':['a']}");
        write("Agent-2", -10, "{'status':'BLOCKED','blockers':['Agent-1 has the key']}");
        write("Agent-1", 10, "{'status':'ACTIVE','points_earned':150,'cycle_count':2,'completed_tasks':['A','b']}");
        write(
                "Agent-1",
                30,
                "{'status':'BLOCKED','points_earned':150,'cycle_count':2,'blockers':['agent-2 has the lamp']}");
        record(ChangeFixtures.refused(sighting("Agent-3", 20), "{"));

        Report report = report(null, 0, 40);

        assertThat(report.points()).isEqualByComparingTo("50");
        assertThat(report.cycles()).isEqualByComparingTo("1");
        assertThat(report.tasks()).isEqualTo(1);
        assertThat(report.leaderboard()).extracting(AgentFigures::agent).containsExactly(new AgentId("Agent-1"));
        assertThat(report.longestBlocked())
                .extracting(AgentFigures::agent)
                .containsExactly(new AgentId("Agent-2"), new AgentId("Agent-1"));
        assertThat(report.waits().circles()).containsExactly(List.of(new AgentId("Agent-1"), new AgentId("Agent-2")));
        assertThat(report.blocked())
                .containsOnly(
                        Map.entry("Agent-1 has the key", Duration.ofMinutes(40)),
                        Map.entry("agent-2 has the lamp", Duration.ofMinutes(10)));
        assertThat(of(report, "Agent-3").times())
                .containsOnly(
                        Map.entry(Condition.UNRECORDED, Duration.ofMinutes(20)),
                        Map.entry(Condition.REJECTED, Duration.ofMinutes(20)));
        assertThat(report.agents())
                .extracting(figures -> figures.agent().value())
                .containsExactly("Agent-3", "Agent-2", "Agent-1");
        assertThat(report.changes())
                .extracting(AgentChange::agent, AgentChange::before, AgentChange::after)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        new AgentId("Agent-1"), Condition.ACTIVE, Condition.BLOCKED));
        assertThat(report.reading()).isEqualTo(new Report.Reading(0, 0));
    }

    @Test
    void theEndOfTheWindowBelongsToIt() {
        write("Agent-1", -10, "{'status':'ACTIVE','points_earned':10,'completed_tasks':[]}");
        write("Agent-1", 10, "{'status':'BLOCKED','points_earned':60,'completed_tasks':['a'],'blockers':['rain']}");
        write("Agent-1", 11, "{'status':'IDLE','points_earned':90}");

        Report report = report(null, 0, 10);

        assertThat(report.points()).isEqualByComparingTo("50");
        assertThat(report.tasks()).isEqualTo(1);
        assertThat(report.pointsByDay().values()).containsExactly(50.0);
        AgentFigures agent = of(report, "Agent-1");
        assertThat(agent.end().condition()).isEqualTo(Condition.BLOCKED);
        assertThat(agent.end().since()).isEqualTo(minute(10));
        assertThat(agent.end().blockers()).containsExactly("rain");
        assertThat(agent.change().points()).isEqualByComparingTo("50");
    }

    @Test
    void aTrendNeedsThreeWholeDaysOfRecords() {
        write("Agent-1", 0, "{'status':'ACTIVE','points_earned':0}");
        long day = Duration.ofDays(1).toMinutes();
        for (int points = 1; points <= 4; points++) {
            write("Agent-1", points * day, "{'status':'ACTIVE','points_earned':" + points * points + "}");
        }

        assertThat(report(null, -5 * day, 3 * day).pointsTrend()).isEmpty();
        assertThat(report(null, -5 * day, 4 * day).pointsTrend()).contains(2.0);
    }

    @Test
    void theFirstVersionOfAPastWindowIsJudgedByItsClaim() {
        write("Agent-1", 10, "{'status':'ACTIVE','last_updated':'2024-10-15T12:00:00Z'}");
        write("Agent-2", 10, "{'status':'ACTIVE'}");
        write("Agent-3", 10, "{'status':'ACTIVE','last_updated':'2024-10-15T12:00:00Z'}");
        write("Agent-3", 11, "{'status':'IDLE','last_updated':'2024-10-15T12:00:00Z'}");

        for (Report report : List.of(report(null, 0, 20), report(null, 10, 20), report(null, 17, 20))) {
            assertThat(of(report, "Agent-1").attention()).isEqualTo(Attention.STALE);
            assertThat(of(report, "Agent-2").attention()).isEqualTo(Attention.NONE);
            assertThat(of(report, "Agent-3").attention()).isEqualTo(Attention.NONE);
        }
        assertThat(report(null, 0, 20).recorded().orElseThrow()).isEqualTo(0.5);
    }

    @Test
    void whoLeftBeforeTheWindowIsLeftOutAndOneAgentIsToldAlone() {
        write("Agent-1", -30, "{'status':'ACTIVE'}");
        write("Agent-2", -30, "{'status':'ACTIVE'}");
        record(new RollChange.Departed(sighting("Agent-1", -20)));
        write("Agent-2", 10, "{'status':'IDLE'}");

        assertThat(report(null, 0, 40).agents())
                .extracting(AgentFigures::agent)
                .containsExactly(new AgentId("Agent-2"));
        assertThat(report(new AgentId("Agent-1"), -40, 0).agents())
                .extracting(AgentFigures::agent)
                .containsExactly(new AgentId("Agent-1"));
        assertThat(report(null, -100, -90).agents()).isEmpty();
    }

    @Test
    void aDamagedDocumentIsCountedAndBreaksNothing() {
        write("Agent-1", 0, "{'status':'ACTIVE','completed_tasks':['a']}");
        write("Agent-1", 10, "{'status':'ACTIVE','completed_tasks':['a','b']}");
        damage(2);

        Report report = report(null, 0, 40);

        assertThat(report.reading().damaged()).isEqualTo(1);
        assertThat(report.tasks()).isZero();
        assertThat(Words.caveat(report)).contains("1 document could not be read");
    }

    private void damage(long revision) {
        try (java.sql.Connection connection =
                        java.sql.DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("roll.db"));
                java.sql.Statement statement = connection.createStatement()) {
            statement.executeUpdate("UPDATE status_history SET document = x'00' WHERE revision = " + revision);
        } catch (java.sql.SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    @Test
    void ofManyVersionsDocumentsAreReadAtTheEndOfEachDayAndWhereOneBecameBlocked() {
        AgentPast all = PastFixtures.past()
                .state(-5, dev.rollcall.document.State.ACTIVE)
                .state(1, dev.rollcall.document.State.ACTIVE)
                .blocked(2)
                .blocked(3)
                .state(4, dev.rollcall.document.State.ACTIVE)
                .state(5, dev.rollcall.document.State.ACTIVE)
                .state(24 * 60, dev.rollcall.document.State.ACTIVE)
                .state(24 * 60 + 1, dev.rollcall.document.State.ACTIVE)
                .state(24 * 60 + 2, dev.rollcall.document.State.ACTIVE)
                .in(PastFixtures.window(0, 3 * 24 * 60))
                .done();
        var revisions = all.versions().stream().map(PastVersion::revision).toList();

        assertThat(new DocumentPlan(all.window(), 1).wanted(revisions)).hasSize(9);
        assertThat(new DocumentPlan(all.window(), 1_000_000).wanted(revisions)).hasSize(9);
        List<dev.rollcall.roll.Revision> twice = new java.util.ArrayList<>(revisions);
        twice.addAll(revisions.subList(6, 9));
        twice.addAll(revisions.subList(6, 9));
        assertThat(new DocumentPlan(all.window(), 1_000_000).wanted(twice)).containsExactly(1L, 3L, 6L, 9L);
    }
}
