package dev.rollcall.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollUpkeepContract;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlConnection.Purpose;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresUpkeepTest extends RollUpkeepContract {
    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }

    @Test
    void whatGoesOverWholeTablesMayTakeLongerThanOtherStatements() {
        String impatient = PostgresForTests.freshUrl() + "&options=-c%20statement_timeout=100";
        try (PostgresConnection connection =
                PostgresDatabase.of(impatient, Duration.ofSeconds(5)).connect(Purpose.WRITE, SwarmName.DEFAULT)) {
            connection.outsideTransactions(List.of("SELECT pg_sleep(0.3)"));

            assertThat(connection.<String>read(() -> connection
                            .first("SHOW statement_timeout", row -> row.getString(1))
                            .orElseThrow()))
                    .isEqualTo("100ms");
        }
    }
}
