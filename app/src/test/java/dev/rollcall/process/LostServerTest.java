package dev.rollcall.process;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.cli.Shell.Result;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.WeatherProxy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** {@code verify --all} over a server that is lost while agents are compared. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostServerTest {
    private static final int DATABASE_UNAVAILABLE = 3;
    private static final String ROLE = "watchman";

    @TempDir
    private Path folder;

    private final String url = PostgresForTests.freshUrl();
    private Shell shell;
    private WeatherProxy proxy;

    @BeforeEach
    void syncTwo() {
        shell = new Shell(folder);
        shell.write("Agent-1", "{\"status\":\"ACTIVE\"}");
        shell.write("Agent-2", "{\"status\":\"IDLE\"}");
        assertThat(shell.run("--db", url, "sync", "--all").exitCode()).isZero();
        proxy = WeatherProxy.before(url);
    }

    @AfterEach
    void close() throws IOException {
        proxy.close();
    }

    /** Something happens once, when the agents are asked for that are compared. */
    private void inTheMiddle(Runnable loss) {
        AtomicBoolean isLost = new AtomicBoolean();
        proxy.toServer(bytes -> {
            boolean isMiddle = new String(bytes, ISO_8859_1).contains("SELECT * FROM agent_workspaces");
            if (isMiddle && isLost.compareAndSet(false, true)) {
                loss.run();
            }
            return bytes;
        });
    }

    private Result verify(String url) {
        return shell.run("--db", proxy.through(url), "verify", "--all");
    }

    private static void assertOneSentence(Result result, String why) {
        assertThat(result.exitCode()).as(result.toString()).isEqualTo(DATABASE_UNAVAILABLE);
        assertThat(result.out()).isEmpty();
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err())
                .startsWith("error: postgresql://")
                .contains(why)
                .contains("\nhint: ");
    }

    @Test
    void oneThatIsLostForAMomentIsAskedAgain() {
        inTheMiddle(proxy::cutAll);

        Result result = verify(url);

        assertThat(proxy.cuts()).isEqualTo(1);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        assertThat(result.out()).isEqualTo("2 agents: 2 synced, 0 not synced, 0 left\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void oneThatDoesNotTakeTheUserAnyMoreEndsWithThreeAndOneSentence() {
        PostgresForTests.run(url, "DROP ROLE IF EXISTS " + ROLE);
        PostgresForTests.run(url, "CREATE ROLE " + ROLE + " SUPERUSER LOGIN");
        inTheMiddle(() -> {
            PostgresForTests.run(url, "ALTER ROLE " + ROLE + " NOLOGIN");
            proxy.cutAll();
        });

        assertOneSentence(verify(url.replace("user=postgres", "user=" + ROLE)), "refuses the user");
    }

    @Test
    @EnabledIfSystemProperty(named = Soak.PROPERTY, matches = "true", disabledReason = "waits 10 s: ./check --soak")
    void oneThatDoesNotComeBackIsWaitedForAndEndsWithThreeAndOneSentence() {
        inTheMiddle(this::refuse);

        assertOneSentence(verify(url), "the server can not be reached");
    }

    private void refuse() {
        try {
            proxy.refuse();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
