package dev.rollcall.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.report.RecordedLives;
import dev.rollcall.roll.StoredDocument;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL has beside SQLite's texts, for whoever asks with SQL: times that can be reckoned with, documents as jsonb. */
class PostgresTypesTest {
    private static final AgentId SEVEN = new AgentId("Agent-7");
    private static final Instant SEEN = Instant.parse("2025-10-15T12:00:00.123456Z");

    private static final String TIMES = "SELECT table_name || '.' || column_name || '=' || generation_expression"
            + " FROM information_schema.columns WHERE table_schema = current_schema()"
            + " AND data_type = 'timestamp with time zone' AND is_generated = 'ALWAYS'"
            + " AND table_name !~ '_(before|after|20..)' ORDER BY 1";

    private final String url = PostgresForTests.freshUrl();
    private RecordedLives lives;
    private int agents;

    @BeforeEach
    void open() {
        lives = new RecordedLives(url);
    }

    @AfterEach
    void close() {
        lives.close();
    }

    private List<String> ask(String sql) {
        return PostgresForTests.query(url, sql);
    }

    private List<String> askDocument(String expression) {
        return ask("SELECT " + expression + " FROM agent_documents ORDER BY agent_id");
    }

    @Test
    void everyTimeOfTheRollStandsBesideItsTextToTheMicrosecond() {
        lives.version("Agent-7", SEEN, "{\"last_updated\":\"2025-10-15T13:59:07.000001+02:00\"}");
        lives.rejected("Agent-7", SEEN.plusNanos(1_000));
        lives.left("Agent-7", SEEN.plusNanos(2_000));

        assertThat(ask(TIMES))
                .containsExactly(
                        "agent_gaps.began_time=roll_time(began_at)",
                        "agent_gaps.ended_time=roll_time(ended_at)",
                        "agent_workspaces.last_activity_time=roll_time(last_activity_at)",
                        "agent_workspaces.last_updated_time=roll_time(last_updated)",
                        "agent_workspaces.synced_time=roll_time(synced_at)",
                        "rejected_documents.since_time=roll_time(since)",
                        "roll_events.at_time=roll_time(at)",
                        "status_history.observed_time=roll_time(observed_at)");
        for (String column : ask(TIMES)) {
            assertEqual(column.split("[.=()]"));
        }
        assertThat(ask("SELECT last_updated_time = timestamptz '2025-10-15 11:59:07.000001+00' FROM agent_workspaces"))
                .containsExactly("t");
    }

    /** @param names table, column, function, text */
    private void assertEqual(String... names) {
        String shown = "to_char(" + names[1] + " AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')";
        assertThat(ask("SELECT count(*) FROM " + names[0] + " WHERE " + names[3] + " IS DISTINCT FROM " + shown))
                .as(String.join(" ", names))
                .containsExactly("0");
    }

    @Test
    void whatADocumentSaysOfItsTimeIsThatInstant() {
        Map<String, String> epochs = new TreeMap<>(Map.of(
                "0001-01-01T00:00:00Z", "-62135596800.000000",
                "2024-02-29T23:59:59.9999994Z", "1709251199.999999",
                "2025-10-15 11:58:00", "1760529480.000000",
                "2025-10-15T11:58:00Z", "1760529480.000000",
                "2025-10-15T16:58:00.0000009+05:00", "1760529480.000001",
                "9999-12-31T23:59:59.999999Z", "253402300799.999999"));
        epochs.keySet().forEach(this::claim);

        assertThat(claims("extract(epoch FROM last_updated_time)"))
                .isEqualTo(epochs.entrySet().stream()
                        .map(each -> each.getKey() + "|" + each.getValue())
                        .toList());
    }

    @Test
    void whatIsNoTimeIsNull() {
        for (String raw : List.of("11:58", "2025-02-30T11:58:00Z", "infinity", "yesterday")) {
            claim(raw);
        }
        // A hand may put into a time whatever it likes.
        PostgresForTests.run(url, "UPDATE agent_workspaces SET synced_at = last_updated_raw");

        assertThat(claims("last_updated_time, synced_time"))
                .containsExactly("11:58||", "2025-02-30T11:58:00Z||", "infinity||", "yesterday||");
    }

    private void claim(String lastUpdated) {
        lives.version("Agent-" + ++agents, SEEN, "{\"last_updated\":\"" + lastUpdated + "\"}");
    }

    private List<String> claims(String expression) {
        return ask("SELECT last_updated_raw, " + expression + " FROM agent_workspaces ORDER BY last_updated_raw");
    }

    @Test
    void aSessionInAnotherTimeZoneMeansTheSameInstant() {
        lives.version("Agent-7", SEEN, "{}");
        PostgresForTests.run(
                url,
                "SET TimeZone = 'Asia/Kathmandu';"
                        + " UPDATE agent_workspaces SET synced_at = '2025-10-15T12:00:00.000001Z'");

        assertThat(ask("SELECT extract(epoch FROM synced_time) FROM agent_workspaces"))
                .containsExactly("1760529600.000001");
    }

    @Test
    void aDocumentIsAskedForItsMembers() {
        lives.version("Agent-7", SEEN, "{\"status\":\"ACTIVE\",\"tasks\":[\"a\",\"b\"],\"deep\":{\"n\":1.50}}");

        assertThat(askDocument("document->>'status', document->'tasks'->>1, document#>>'{deep,n}'"))
                .containsExactly("ACTIVE|b|1.50");
        assertThat(ask("SELECT agent_id FROM agent_documents WHERE document @> '{\"tasks\": [\"b\"]}'"))
                .containsExactly("Agent-7");
    }

    /** U+0000, surrogates that stand alone; an escaped backslash before u0000 is none of them, nor is a pair. */
    @Test
    void whatJsonbRefusesIsReplacedThereAndKeptInTheText() {
        assertAsked("a\\u0000b", "a\ufffdb");
        assertAsked("\\u0000\\u0000", "\ufffd\ufffd");
        assertAsked("\\\\u0000", "\\u0000");
        assertAsked("\\\\u0000 \\u0000", "\\u0000 \ufffd");
        assertAsked("\\\\\\u0000", "\\\ufffd");
        assertAsked("x\\ud800y", "x\ufffdy");
        assertAsked("\\udc00\\u0000", "\ufffd\ufffd");
        assertAsked("\\ud83d\\ude00 \\u0000", "\ud83d\ude00 \ufffd");
        assertAsked("\\ud83d\\ude00 \\ud800", "\ud83d\ude00 \ufffd");
        assertAsked("\\udc00 \\ud83d\\ude00", "\ufffd \ud83d\ude00");
        assertAsked("\\ud83d\\ud83d\\ude00\\ude00", "\ufffd\ud83d\ude00\ufffd");
        assertAsked("\\\\ud83d\\ude00", "\\ud83d\ufffd");
    }

    private void assertAsked(String written, String asked) {
        String document = "{ \"k\" : \"" + written + "\", \"status\":\"ACTIVE\" }  ";
        long revision = lives.version("Agent-7", SEEN, document);

        assertThat(askDocument("document->>'k', document->>'status'")).containsExactly(asked + "|ACTIVE");
        assertThat(ask("SELECT document FROM agent_workspaces")).containsExactly(document);
        assertThat(lives.store().currentDocument(SEVEN)).contains(document);
        assertThat(lives.store().document(SEVEN, revision))
                .isInstanceOfSatisfying(
                        StoredDocument.Intact.class,
                        intact -> assertThat(intact.bytes()).isEqualTo(document.getBytes(UTF_8)));
    }

    @Test
    void oneThatIsBeyondJsonbIsNullAndTheOthersAreStillAskedFor() {
        String large = "{\"n\":1e999999}";
        lives.version("Agent-7", SEEN, large);
        lives.version("Agent-8", SEEN, "{\"n\":2}");

        assertThat(askDocument("agent_id, document->>'n'")).containsExactly("Agent-7|", "Agent-8|2");
        assertThat(lives.store().currentDocument(SEVEN)).contains(large);
    }
}
