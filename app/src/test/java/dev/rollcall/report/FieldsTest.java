package dev.rollcall.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.store.HandEdit;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who set what a field says, and when it changed. */
class FieldsTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");

    @TempDir
    Path folder;

    private RecordedLives lives;
    private int minute;

    @BeforeEach
    void open() {
        lives = new RecordedLives(folder.resolve("roll.db"));
    }

    @AfterEach
    void close() {
        lives.close();
    }

    private void says(String... documents) {
        for (String document : documents) {
            lives.version("Agent-7", NOON.plus(Duration.ofMinutes(minute++)), document);
        }
    }

    private FieldReader reader(String field) {
        return new FieldReader(lives.store().past(), AGENT, RecordedLives.RULES, field);
    }

    private Blame blame(String field, int limit) {
        return Blame.of(lives.store().history(AGENT), reader(field), limit);
    }

    private static String text(JsonValue value) {
        return value == null ? "-" : JsonText.of(value);
    }

    private static List<String> runs(Blame blame) {
        return blame.runs().stream()
                .map(run -> text(run.value()) + " by " + run.first().revision() + ", " + run.versions())
                .toList();
    }

    private static List<String> items(Blame blame) {
        return blame.items().stream()
                .map(item -> text(item.value()) + " by " + item.broughtBy().revision())
                .toList();
    }

    private List<String> changes(String field) {
        return FieldHistory.of(lives.store().history(AGENT), reader(field)).changes().stream()
                .map(change -> change.version().revision() + " " + text(change.value()))
                .toList();
    }

    @Test
    void eachStretchOfEqualValuesIsTheWorkOfItsFirstVersion() {
        says(
                "{\"status\":\"IDLE\"}",
                "{\"status\":\"ACTIVE\",\"x\":1}",
                "{\"status\":\"ACTIVE\",\"x\":1.0}",
                "{\"status\":\"IDLE\",\"x\":2}",
                "{\"status\":\"IDLE\",\"x\":2,\"y\":0}");

        assertThat(runs(blame("status", 10)))
                .containsExactly("\"IDLE\" by 4, 2", "\"ACTIVE\" by 2, 2", "\"IDLE\" by 1, 1");
        assertThat(blame("status", 10).versionsSince()).isEqualTo(1);
        assertThat(runs(blame("x", 10))).containsExactly("2 by 4, 2", "1.0 by 2, 2", "- by 1, 1");
        assertThat(changes("status")).containsExactly("1 \"IDLE\"", "2 \"ACTIVE\"", "4 \"IDLE\"");
        assertThat(changes("x")).containsExactly("2 1", "4 2");
    }

    @Test
    void ofManyValuesOnlySoManyAreToldAndThereIsMore() {
        says("{\"x\":1}", "{\"x\":2}", "{\"x\":3}", "{\"x\":4}");

        assertThat(runs(blame("x", 1))).containsExactly("4 by 4, 1", "3 by 3, 1");
        assertThat(blame("x", 1).earlier())
                .isNotNull()
                .extracting(Revision::revision)
                .isEqualTo(2L);
        assertThat(blame("x", 3).earlier()).isNull();
        assertThat(runs(blame("x", 0))).containsExactly("4 by 4, 1");
    }

    @Test
    void eachItemOfAListIsTheWorkOfTheVersionThatBroughtItLast() {
        says(
                "{\"t\":[\"a\",\"b\"]}",
                "{\"t\":[\"b\"]}",
                "{\"t\":[\"b\",\"a\"]}",
                "{\"t\":[\"b\",\"a\",\"b\",{\"c\":1}]}",
                "{\"t\":[{\"c\":1.0},\"a\",\"b\",\"b\"],\"x\":1}");

        assertThat(items(blame("t", 10))).containsExactly("{\"c\":1.0} by 4", "\"a\" by 3", "\"b\" by 1", "\"b\" by 4");
        assertThat(items(blame("x", 10))).isEmpty();
    }

    @Test
    void columnsAreReadByTheRulesAndMembersByTheirPath() {
        says(
                "{\"state\":\"WORKING\",\"blockers\":\"no oil\",\"notes\":{\"log\":[{\"said\":\"fog\"}]}}",
                "{\"state\":\"WORKING\",\"blockers\":[\"no oil\",\"no wick\"],\"notes\":{\"log\":[{\"said\":\"sun\"}]}}");

        assertThat(changes("status")).containsExactly("1 \"WORKING\"");
        assertThat(changes("blockers")).containsExactly("1 [\"no oil\"]", "2 [\"no oil\",\"no wick\"]");
        assertThat(items(blame("blockers", 10))).containsExactly("\"no oil\" by 1", "\"no wick\" by 2");
        assertThat(changes("notes.log[0].said")).containsExactly("1 \"fog\"", "2 \"sun\"");
        assertThat(blame("nobody", 10).isEverSaid()).isFalse();
        assertThat(changes("nobody")).isEmpty();
    }

    @Test
    void aDamagedVersionIsNamedAndTheOthersAreTold() {
        says("{\"x\":1}", "{\"x\":2}", "{\"x\":3}");
        lives.close();
        HandEdit.apply(
                folder.resolve("roll.db").toString(),
                "UPDATE status_history SET document = x'00', encoding = 'zstd' WHERE revision = 3");
        lives = new RecordedLives(folder.resolve("roll.db"));

        assertThat(runs(blame("x", 10))).containsExactly("2 by 2, 1", "1 by 1, 1");
        assertThat(blame("x", 10).unreadable()).containsExactly(3L);
        assertThat(blame("x", 10).versionsSince()).isEqualTo(1);
        assertThat(FieldHistory.of(lives.store().history(AGENT), reader("x")).unreadable())
                .containsExactly(3L);
    }

    @Test
    void blameReadsNoMoreDocumentsThanItNeeds() {
        for (int i = 0; i < 40; i++) {
            says("{\"x\":" + i + ",\"t\":[\"since " + i / 10 + "\"]}");
        }
        List<Long> opened = new ArrayList<>();
        RollPast past = lives.store().past();
        RollPast counted = (RollPast) Proxy.newProxyInstance(
                RollPast.class.getClassLoader(), new Class<?>[] {RollPast.class}, (proxy, method, given) -> {
                    opened.add((Long) given[1]);
                    StoredDocument document = past.document((AgentId) given[0], (Long) given[1]);
                    return document;
                });

        Blame.of(lives.store().history(AGENT), new FieldReader(counted, AGENT, RecordedLives.RULES, "x"), 2);
        assertThat(opened).containsExactly(40L, 39L, 38L, 37L);
        opened.clear();
        Blame.of(lives.store().history(AGENT), new FieldReader(counted, AGENT, RecordedLives.RULES, "t"), 0);
        assertThat(opened).hasSize(11);
        opened.clear();
        Blame.of(lives.store().history(AGENT), new FieldReader(counted, AGENT, RecordedLives.RULES, "status"), 2);
        assertThat(opened).isEmpty();
    }
}
