package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.store.PostgresForTests.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An index beside the roll is of one server's past: a standby that takes over may give its last numbers again. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PostgresPassagePlaceTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    @Test
    void aStandbyIsTheSamePlaceUntilItIsPromoted() throws Exception {
        Path template = PostgresNode.template(folder.resolve("data"));
        try (PostgresNode primary = PostgresNode.primary(template, folder.resolve("one"));
                PostgresNode standby = PostgresNode.standby(primary, template, folder.resolve("two"))) {
            try (SqlStore store = SqlStore.open(primary.url(), SwarmName.DEFAULT, PATIENCE)) {
                store.passageQueue().demandModel("letters", 64);
            }
            run(primary.url(), "CREATE ROLE somebody LOGIN; GRANT SELECT ON ALL TABLES IN SCHEMA public TO somebody");
            String before = identity(primary.url());
            assertThat(identity(as(primary.url()))).as("with the fewest rights").isEqualTo(before);
            eventually(
                    PATIENCE,
                    () -> assertThat(PostgresForTests.query(
                                    standby.url(), "SELECT 1 FROM pg_roles WHERE rolname = 'somebody'"))
                            .as("what the primary did last has come to the standby")
                            .hasSize(1));
            assertThat(identity(as(standby.url()))).isEqualTo(before);
            assertThat(othersChanges(standby.url()))
                    .as("a standby can be followed")
                    .isEqualTo(othersChanges(primary.url()));

            primary.kill();
            standby.promote();

            assertThat(identity(standby.url())).isNotEqualTo(before);
            assertThat(identity(as(standby.url()))).isEqualTo(identity(standby.url()));
        }
    }

    private static long othersChanges(String url) {
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            return store.othersChanges();
        }
    }

    private static String as(String url) {
        return url.replace("user=postgres", "user=somebody");
    }

    private static String identity(String url) {
        try (SqlStore store = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            return store.passages().place().identity();
        }
    }
}
