package dev.rollcall.store;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static dev.rollcall.store.PostgresTroubleTest.assertUnavailable;
import static dev.rollcall.store.PostgresTroubleTest.problemOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.roll.RollBackend;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollTransferContract;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTransferTest extends RollTransferContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgresBackend shared = PostgresBackend.fresh();

    @Override
    protected RollBackend backendIn(Path folder) {
        return PostgresBackend.fresh();
    }

    @BeforeEach
    void recordTwo() {
        try (RollStore two = shared.open(SwarmName.DEFAULT)) {
            for (String agent : List.of("Agent-1", "Agent-2")) {
                two.record(List.of(accepted(sighting(agent, 0, NOON), 1)), RollStore.Durability.AT_ONCE);
            }
        }
    }

    /** What was handed out would be handed out twice. */
    @Test
    void anExportThatIsCutOffFailsInsteadOfBeginningAgain() throws Exception {
        List<RollItem> items = new ArrayList<>();
        try (WeatherProxy proxy = WeatherProxy.before(shared.pathOrUrl());
                SqlStore cut =
                        SqlStore.openForReading(proxy.through(shared.pathOrUrl()), SwarmName.DEFAULT, PATIENCE)) {
            AtomicBoolean isCut = new AtomicBoolean();

            assertUnavailable(
                    problemOf(() -> shared.transferOf(cut).export(null, item -> {
                        items.add(item);
                        proxy.toServer(bytes -> isCut.compareAndSet(false, true) ? null : bytes);
                    })),
                    "the server can not be reached");

            assertThat(items)
                    .hasSizeLessThanOrEqualTo(2)
                    .noneMatch(item -> item.toString().contains("Agent-2"));
        }
    }

    @Test
    void whoIsHandedAnExportMayStandStillForLongerThanASessionMay() {
        List<RollItem> items = new ArrayList<>();
        String url =
                shared.pathOrUrl() + "&ApplicationName=slow&options=-c%20idle_in_transaction_session_timeout%3D100";
        try (SqlStore slow = SqlStore.openForReading(url, SwarmName.DEFAULT, PATIENCE)) {
            shared.transferOf(slow).export(null, item -> {
                items.add(item);
                awaitIdle();
            });
        }
        assertThat(items).hasSize(4);
    }

    /** For several times as long as this URL lets a session be. */
    private void awaitIdle() {
        try {
            eventually(
                    PATIENCE,
                    () -> assertThat(shared.numberOf(
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'slow'"
                                            + " AND state = 'idle in transaction'"
                                            + " AND clock_timestamp() - state_change >= interval '400 ms'"))
                            .isEqualTo(1));
        } catch (Exception failure) {
            throw new AssertionError(failure);
        }
    }
}
