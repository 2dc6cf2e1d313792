package dev.rollcall.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Origin;
import dev.rollcall.roll.Passages;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Sighting;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.RollCopy.Copied;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A roll that moves between SQLite and PostgreSQL. */
class RollCopyTest {
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());
    private static final RollCopy.Progress SILENT = (done, total) -> {};

    @TempDir
    private Path folder;

    private int databases;

    private SqlBackend sqlite() {
        return new SqliteBackend(folder.resolve("roll-" + databases++ + ".db"));
    }

    private static SqlStore open(SqlBackend backend) {
        return (SqlStore) backend.open(SwarmName.DEFAULT);
    }

    private static Copied copy(SqlBackend from, SqlBackend to) {
        try (SqlStore source = SqlStore.openForReading(from.pathOrUrl(), SwarmName.DEFAULT, Duration.ofSeconds(5));
                SqlStore target = open(to)) {
            return RollCopy.run(source, target, RULES, SILENT);
        }
    }

    /** A past of every kind: many versions over months, odd bytes, one refused, one gone, one imported. */
    private static void live(SqlBackend backend) {
        try (SqlStore store = open(backend)) {
            Random random = new Random(7);
            for (int i = 0; i < 60; i++) {
                Instant at = NOON.plus(Duration.ofDays(2L * i));
                String odd = "\\u0000 \\ud800 caf\u00e9 \ud83d\ude00 '" + random.nextInt() + "'";
                write(
                        store,
                        "Agent-1",
                        at,
                        "{\"status\":\"ACTIVE\",\"cycle_count\":" + i + ",\"points_earned\":0." + (i + 1)
                                + ",\"current_tasks\":[\"" + odd + "\"]}");
            }
            write(store, "Agent-2", NOON, "{\"status\":\"IDLE\",\"points_earned\":1e300}  ");
            refuse(store, "Agent-2", NOON.plusSeconds(60));
            write(store, "Agent-3", NOON, "{\"status\":\"COMPLETE\"}");
            leave(store, "Agent-3", NOON.plusSeconds(90));
            refuse(store, "Agent-4", NOON);
        }
    }

    private static Sighting seen(SqlStore store, String agent, Instant at) {
        AgentId id = new AgentId(agent);
        long reading = store.standing(id).map(Standing::reading).orElse(Standing.NEVER_READ);
        return new Sighting(id, reading, "1", "", "/swarm/" + agent + "/status.json", at, at);
    }

    private static void write(SqlStore store, String agent, Instant at, String text) {
        StatusDocument document = ((ParseResult.Parsed) StatusParser.parse(text.getBytes(UTF_8))).document();
        Sighting sighting = seen(store, agent, at);
        store.record(
                List.of(new RollChange.Accepted(
                        sighting,
                        document.content(),
                        StatusView.columns(document, sighting.agent(), RULES, at),
                        Passages.ofKnownMembers(document),
                        Origin.SYNC,
                        RollChange.Extent.CHANGES)),
                Durability.AT_ONCE);
    }

    private static void refuse(SqlStore store, String agent, Instant at) {
        byte[] bytes = "{ \"status\": ".getBytes(UTF_8);
        ParseResult.Rejected rejected = (ParseResult.Rejected) StatusParser.parse(bytes);
        store.record(
                List.of(new RollChange.Refused(
                        seen(store, agent, at), rejected, bytes, DocumentContent.sha256Of(bytes))),
                Durability.AT_ONCE);
    }

    private static void leave(SqlStore store, String agent, Instant at) {
        store.record(List.of(new RollChange.Departed(seen(store, agent, at))), Durability.AT_ONCE);
    }

    /** Everything that can be asked, as one text. */
    private static String everything(SqlBackend backend) {
        try (SqlStore store = open(backend)) {
            List<String> told = new ArrayList<>();
            store.list().forEach(entry -> told.add(entry.toString()));
            store.rejected().forEach(rejected -> told.add(rejected.toString()));
            for (String agent : List.of("Agent-1", "Agent-2", "Agent-3", "Agent-4")) {
                AgentId id = new AgentId(agent);
                for (Revision revision : store.history(id)) {
                    told.add(revision.toString());
                    StoredDocument document = store.document(id, revision.revision());
                    told.add(new String(((StoredDocument.Intact) document).bytes(), UTF_8));
                }
                told.add(store.past().gaps(id).toString());
                told.add(store.currentDocument(id).toString());
            }
            for (RollEvent event : store.after(0, 1_000)) {
                told.add(event.toString());
            }
            return String.join("\n", told);
        }
    }

    @Test
    void aRollMovesToPostgresqlAndBackWithoutALoss() {
        SqlBackend first = sqlite();
        live(first);
        SqlBackend shared = PostgresBackend.fresh();
        SqlBackend last = sqlite();

        Copied there = copy(first, shared);
        Copied back = copy(shared, last);

        assertThat(there.lost()).isEmpty();
        assertThat(there.raisedBy()).isZero();
        assertThat(there.agents()).isEqualTo(4);
        assertThat(there.things()).isEqualTo(back.things()).isGreaterThan(62);
        assertThat(everything(shared)).isEqualTo(everything(first));
        assertThat(everything(last)).isEqualTo(everything(first));
    }

    @Test
    void whoeverRecordsAfterACopyGetsNumbersThatNobodyHas() {
        SqlBackend first = sqlite();
        live(first);
        SqlBackend shared = PostgresBackend.fresh();
        copy(first, shared);

        try (SqlStore store = open(shared)) {
            long newest = store.newest();
            write(store, "Agent-2", NOON.plusSeconds(900), "{\"status\":\"ACTIVE\"}");
            assertThat(store.history(new AgentId("Agent-2")))
                    .extracting(Revision::revision)
                    .contains(63L);
            assertThat(store.after(newest, 10)).isNotEmpty();
        }
    }

    @Test
    void aCopyThatWasInterruptedGoesOnWhereItEnded() {
        SqlBackend first = sqlite();
        SqlBackend shared = interruptedAfterTwo(first);

        Copied copied = copy(first, shared);

        assertThat(copied.there()).isEqualTo(2);
        assertThat(everything(shared)).isEqualTo(everything(first));
        assertThat(copy(first, shared).there()).isEqualTo(4);
    }

    /** Of the four that are in the first database two are in the other one. */
    private static SqlBackend interruptedAfterTwo(SqlBackend first) {
        live(first);
        SqlBackend shared = PostgresBackend.fresh();
        open(shared).close();
        shared.refuse("INSERT", "agent_workspaces", "new.agent_id = 'Agent-3'");
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> copy(first, shared));
        assertThat(shared.numberOf("SELECT count(DISTINCT agent_id) FROM status_history"))
                .isEqualTo(2);
        shared.refuseNothing("agent_workspaces");
        return shared;
    }

    @Test
    void anAgentThatChangedAtTheSourceAfterItWasCopiedIsRefusedByNameUntilItIsForgottenThere() {
        SqlBackend first = sqlite();
        SqlBackend shared = interruptedAfterTwo(first);
        try (SqlStore store = open(first)) {
            write(store, "Agent-2", NOON.plusSeconds(900), "{\"status\":\"ACTIVE\"}");
        }

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> copy(first, shared))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.REFUSED))
                .satisfies(refused -> assertThat(refused.problem().message()).endsWith("something else of Agent-2"));
        assertThat(shared.numberOf("SELECT count(*) FROM status_history")).isEqualTo(61);

        try (SqlStore store = open(shared)) {
            store.upkeep().forget(new AgentId("Agent-2"));
        }
        assertThat(copy(first, shared).there()).isEqualTo(1);
        assertThat(everything(shared)).isEqualTo(everything(first));
    }

    @Test
    void anAgentThatChangedAtTheSourceBeforeItWasCopiedIsCopiedAsItIs() {
        SqlBackend first = sqlite();
        SqlBackend shared = interruptedAfterTwo(first);
        try (SqlStore store = open(first)) {
            write(store, "Agent-3", NOON.plusSeconds(900), "{\"status\":\"ACTIVE\"}");
        }

        assertThat(copy(first, shared).there()).isEqualTo(2);

        assertThat(everything(shared)).isEqualTo(everything(first));
    }

    @Test
    void aRollMovesFromOneSchemaOfADatabaseToAnotherButNotOntoItself() {
        SqlBackend first = PostgresBackend.fresh();
        live(first);
        SqlBackend second = PostgresBackend.fresh();

        assertThat(copy(first, second).agents()).isEqualTo(4);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> copy(second, second))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.WRONG_USAGE));
    }

    @Test
    void whatIsInTheTargetAlreadyAndIsSomethingElseIsRefusedAndStays() {
        SqlBackend first = sqlite();
        live(first);
        SqlBackend other = sqlite();
        try (SqlStore store = open(other)) {
            write(store, "Agent-2", NOON, "{\"status\":\"ERROR\"}");
        }
        String before = everything(other);

        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> copy(first, other))
                .satisfies(refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.REFUSED))
                .satisfies(refused -> assertThat(refused.problem().message()).contains("Agent-2"));
        assertThat(other.numberOf("SELECT count(*) FROM status_history WHERE agent_id = 'Agent-2'"))
                .isEqualTo(1);
        assertThat(before).contains("ERROR");
    }

    @Test
    void beyondASwarmThatIsThereAlreadyNumbersAreRaised() {
        SqlBackend first = sqlite();
        live(first);
        SqlBackend shared = PostgresBackend.fresh();
        try (SqlStore night = (SqlStore) shared.open(new SwarmName("night-shift"))) {
            write(night, "Agent-1", NOON, "{\"status\":\"ACTIVE\"}");
        }

        Copied copied = copy(first, shared);

        assertThat(copied.raisedBy()).isEqualTo(1);
        try (SqlStore store = open(shared)) {
            assertThat(store.history(new AgentId("Agent-3")))
                    .extracting(Revision::revision)
                    .containsExactly(63L);
            assertThat(store.after(0, 1_000).getFirst().revision()).isEqualTo(2L);
        }
        assertThat(shared.numberOf("SELECT count(*) FROM status_history")).isEqualTo(63);
    }

    @Test
    void anotherSwarmThatRecordsMeanwhileGetsNumbersBeyondThoseOfTheCopy() {
        SqlBackend first = sqlite();
        live(first);
        for (SqlBackend shared : List.of(PostgresBackend.fresh(), sqlite())) {
            try (SqlStore source =
                            SqlStore.openForReading(first.pathOrUrl(), SwarmName.DEFAULT, Duration.ofSeconds(5));
                    SqlStore target = open(shared);
                    SqlStore night = (SqlStore) shared.open(new SwarmName("night-shift"))) {
                Copied copied = RollCopy.run(
                        source,
                        target,
                        RULES,
                        (done, total) ->
                                write(night, "Agent-1", NOON.plusSeconds(done), "{\"cycle_count\":" + done + "}"));

                assertThat(copied.raisedBy()).isZero();
                assertThat(night.history(new AgentId("Agent-1")))
                        .extracting(Revision::revision)
                        .containsExactly(63L, 64L, 65L, 66L);
            }
        }
    }

    /** Whoever follows another swarm there has heard of those, though they are gone. */
    @Test
    void eventsGetNumbersBeyondThoseThatWereGivenOutThere() {
        SqlBackend first = sqlite();
        live(first);
        for (SqlBackend shared : List.of(PostgresBackend.fresh(), sqlite())) {
            try (SqlStore night = (SqlStore) shared.open(new SwarmName("night-shift"))) {
                for (int i = 0; i < 5; i++) {
                    write(night, "Agent-1", NOON.plusSeconds(i), "{\"cycle_count\":" + i + "}");
                }
                shared.sql("DELETE FROM roll_events");

                copy(first, shared);
                write(night, "Agent-1", NOON.plusSeconds(9), "{\"cycle_count\":9}");

                long events = first.numberOf("SELECT count(*) FROM roll_events");
                assertThat(shared.numberOf("SELECT min(seq) FROM roll_events")).isEqualTo(6);
                assertThat(night.after(0, 10)).extracting(RollEvent::seq).containsExactly(events + 6);
            }
        }
    }

    @Test
    void pastWorkMovesWithItsRevisions() {
        SqlBackend first = sqlite();
        live(first);
        SqlBackend shared = PostgresBackend.fresh();
        try (SqlStore night = (SqlStore) shared.open(new SwarmName("night-shift"))) {
            write(night, "Agent-1", NOON, "{\"status\":\"ACTIVE\"}");
        }

        copy(first, shared);

        String past = "SELECT count(*) FROM past_passages WHERE swarm = 'default' AND revision BETWEEN ";
        assertThat(first.numberOf(past + "1 AND 59")).isEqualTo(59);
        assertThat(shared.numberOf(past + "2 AND 60")).isEqualTo(59);
        assertThat(copy(first, shared).there()).isEqualTo(4);
    }

    @Test
    void whatTheSourceCanNotGiveBackIsNamedAndTheRestIsCopied() {
        SqlBackend first = sqlite();
        live(first);
        first.sql("UPDATE status_history SET document = x'00' WHERE revision = 62");

        Copied copied = copy(first, PostgresBackend.fresh());

        assertThat(copied.lost()).anySatisfy(lost -> assertThat(lost).contains("revision 62 of Agent-3"));
        assertThat(copied.agents()).isEqualTo(4);
    }
}
