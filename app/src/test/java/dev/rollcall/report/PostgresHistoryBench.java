package dev.rollcall.report;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Fills a roll in PostgreSQL with many versions over 24 months, and measures what looks back on two of these. Started by
 * benchmarks/postgres_history.py: {@code fill URL VERSIONS} or {@code measure SMALL LARGE RUNS}.
 *
 * <p>One version of each of 1,000 agents is recorded through the store; every other one is that row again, under a number,
 * a time and a seal of its own, by statements of SQL. Agent-7 has 100 versions however many there are of the others.
 */
final class PostgresHistoryBench {
    private static final int AGENTS = 1000;
    private static final int VERSIONS_OF_ONE = 100;
    private static final AgentId ONE = new AgentId("Agent-7");
    /** Statements are planned anew until the driver and the server have seen them often enough. */
    private static final int WARMING = 20;

    private static final YearMonth FIRST_MONTH = YearMonth.of(2024, 3);
    private static final int MONTHS = 24;
    private static final Instant BEGIN = at(FIRST_MONTH);
    private static final Instant END = at(FIRST_MONTH.plusMonths(MONTHS));

    private PostgresHistoryBench() {}

    private static Instant at(YearMonth month) {
        return month.atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("fill")) {
            fill(arguments[1], Integer.parseInt(arguments[2]) / AGENTS);
        } else {
            try (SqlStore small = open(arguments[1]);
                    SqlStore large = open(arguments[2])) {
                measure(small, large, Integer.parseInt(arguments[3]));
            }
        }
    }

    private static SqlStore open(String url) {
        return SqlStore.open(url, SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    private static void fill(String url, int ofEach) throws Exception {
        long began = System.nanoTime();
        List<RollChange> changes = new ArrayList<>();
        for (int agent = 0; agent < AGENTS; agent++) {
            changes.add(HistoryBench.change(agent, 0, BEGIN, document(agent)));
        }
        try (SqlStore store = open(url)) {
            store.record(changes, Durability.AT_ONCE);
        }
        run(
                url,
                List.of("SELECT make_history_partition(to_char(month, 'YYYY-MM')) FROM generate_series("
                        + "date '" + FIRST_MONTH + "-01', date '" + FIRST_MONTH + "-01' + interval '" + MONTHS
                        + " months', interval '1 month') AS month"));
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Future<?>> months = new ArrayList<>();
            for (int month = 0; month < MONTHS; month++) {
                String sql = versionsOf(FIRST_MONTH.plusMonths(month), ofEach);
                months.add(two.submit(() -> run(url, List.of(sql))));
            }
            for (Future<?> month : months) {
                month.get();
            }
        }
        run(
                url,
                List.of(
                        "INSERT INTO status_revisions SELECT revision, observed_at FROM status_history WHERE revision > "
                                + AGENTS,
                        "SELECT setval('status_history_revision', (SELECT max(revision) FROM status_revisions))",
                        "UPDATE agent_workspaces AS present SET revision = (SELECT revision FROM status_history AS version"
                                + " WHERE version.swarm = present.swarm AND version.agent_id = present.agent_id"
                                + " ORDER BY observed_at DESC LIMIT 1)",
                        "VACUUM (ANALYZE)"));
        System.out.printf(Locale.ROOT, "filled in %.0f s%n", (System.nanoTime() - began) / 1e9);
    }

    /** In the order of time, as a watch records them. The first numbers are those of the recorded versions. */
    private static String versionsOf(YearMonth month, int ofEach) {
        long step = Duration.between(BEGIN, END).toSeconds() / ofEach;
        return String.format(Locale.ROOT, """
                INSERT INTO status_history (revision, swarm, agent_id, observed_at, last_updated, source_modified_at, status,
                    state, cycle_count, points_earned, current_mission, current_focus, fsm_state, content_sha256, origin,
                    encoding, base_revision, delta_depth, seal, document, kept_head, kept_tail)
                SELECT number, swarm, agent_id, at, last_updated, at, status,
                    state, cycle_count, points_earned, current_mission, current_focus, fsm_state, content_sha256, origin,
                    encoding, base_revision, delta_depth,
                    concat_ws(' ', at, at, origin, content_sha256, left(encode(sha256(convert_to(concat_ws(U&'\\001f',
                        swarm, agent_id, number, at, at, origin, content_sha256), 'UTF8')), 'hex'), 32)),
                    document, kept_head, kept_tail
                FROM generate_series(1, %1$d - 1) AS version
                CROSS JOIN LATERAL (SELECT to_char((timestamptz '%2$s' + version * interval '%3$d seconds') AT TIME ZONE 'UTC',
                    'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at) AS moment
                CROSS JOIN (SELECT *, row_number() OVER (ORDER BY revision) AS place FROM status_history
                    WHERE revision <= %4$d) AS recorded
                CROSS JOIN LATERAL (SELECT version::bigint * %4$d + place AS number) AS numbered
                WHERE timestamptz '%2$s' + version * interval '%3$d seconds' >= timestamptz '%5$s-01 00:00Z'
                    AND timestamptz '%2$s' + version * interval '%3$d seconds'
                        < timestamptz '%5$s-01 00:00Z' + interval '1 month'
                    AND (agent_id <> '%6$s' OR version %% %7$d = 0)
                """, ofEach, BEGIN, step, AGENTS, month, ONE, ofEach / VERSIONS_OF_ONE);
    }

    /** As the program's own session, and without the triggers of each row. */
    private static Void run(String url, List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("SET rollcall.session = 'yes'");
            statement.execute("SET session_replication_role = 'replica'");
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return null;
    }

    private static String document(int agent) {
        return String.format(Locale.ROOT, """
                {
                  "agent_id": "Agent-%d",
                  "status": "ACTIVE",
                  "last_updated": "%s",
                  "cycle_count": %d,
                  "points_earned": %d,
                  "current_mission": "Chart the reef number %d",
                  "current_tasks": ["Survey the slipway", "Repaint buoy %d"],
                  "blockers": []
                }
                """, agent, BEGIN, agent % 100, agent % 1000, agent % 30, agent);
    }

    private static void measure(SqlStore small, SqlStore large, int runs) {
        Instant then = END.minus(Duration.ofDays(100));
        Map<SqlStore, Long> numbers = Map.of(small, middle(small), large, middle(large));
        compare("get --at", small, large, runs, store -> {
            Revision version = store.past().at(ONE, then).orElseThrow();
            store.past().document(ONE, version.revision());
        });
        compare("get --at NUMBER", small, large, runs, store -> {
            Map.Entry<AgentId, Revision> version =
                    store.past().revision(numbers.get(store)).orElseThrow();
            store.past().document(version.getKey(), version.getValue().revision());
        });
        compare("history", small, large, runs, store -> store.history(ONE));
        compare("list", small, large, runs, store -> {
            store.list();
            store.cadences();
        });
        compare("list --at", small, large, runs, store -> store.past().at(then));
    }

    private static long middle(SqlStore store) {
        return store.history(ONE).get(VERSIONS_OF_ONE / 2).revision();
    }

    /** By turns, so that what else the machine does meets both. */
    private static void compare(String what, SqlStore small, SqlStore large, int runs, Consumer<SqlStore> work) {
        List<Double> smalls = new ArrayList<>();
        List<Double> larges = new ArrayList<>();
        for (int run = -WARMING; run < runs; run++) {
            double ofSmall = millis(() -> work.accept(small));
            double ofLarge = millis(() -> work.accept(large));
            if (run >= 0) {
                smalls.add(ofSmall);
                larges.add(ofLarge);
            }
        }
        double first = HistoryBench.median(smalls);
        double second = HistoryBench.median(larges);
        System.out.printf(Locale.ROOT, "%s: %.2f ms, %.2f ms, %.2f x%n", what, first, second, second / first);
    }

    private static double millis(Runnable work) {
        long began = System.nanoTime();
        work.run();
        return (System.nanoTime() - began) / 1e6;
    }
}
