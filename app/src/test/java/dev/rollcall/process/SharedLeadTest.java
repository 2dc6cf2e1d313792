package dev.rollcall.process;

import static dev.rollcall.process.Eventually.eventually;
import static dev.rollcall.process.Machine.SOON;
import static dev.rollcall.process.Machine.document;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.store.PostgresForTests;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two copies of one root, under one source's name, on machines that know nothing of each other but the roll. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedLeadTest {
    private static final String SOURCE = "harbour:/agents";

    @TempDir
    private Path folder;

    private String database = "";
    /** The session that holds the lead. */
    private static final String END_WHO_LEADS = "SELECT pg_terminate_backend(pid, 5000) FROM pg_locks, watch_leases,"
            + " LATERAL (SELECT hashtextextended(concat_ws(chr(10), 'rollcall held', 'swarm_changes'::regclass::oid,"
            + " swarm, source, holder, fence), 0) AS key) AS lead WHERE locktype = 'advisory'"
            + " AND objid::bigint = key & 4294967295 AND classid::bigint = (key >> 32) & 4294967295";

    private Machine original;
    private Machine copy;

    @BeforeEach
    void twoCopies() throws Exception {
        database = PostgresForTests.freshUrl();
        original = new Machine(folder.resolve("original"), SOURCE, database);
        copy = new Machine(folder.resolve("copy"), SOURCE, database);
        for (String agent : new String[] {"Ada", "Bob"}) {
            original.write(agent, 1);
            copy.write(agent, 1);
        }
    }

    @AfterEach
    void end() {
        original.close();
        copy.close();
    }

    @Test
    void whoLeadsLastRecordsAloneAndWhoLedBeforeComesBackWhenThatOneIsGone() throws Exception {
        Process before = original.start("watch");
        eventually(SOON, () -> assertThat(original.said()).contains("watching 2 agents"));
        eventually(SOON, () -> original.assertRow("Bob", 1));

        Process leader = copy.start("watch");
        eventually(SOON, () -> assertThat(copy.said()).contains("watching 2 agents"));
        assertThat(fence()).startsWith("2|pid " + leader.pid() + " on ");
        String refusal = "this watch does not lead any more, pid " + leader.pid() + " on ";
        eventually(SOON, () -> assertThat(original.said()).contains(refusal));
        assertThat(original.doctor())
                .contains("the watch says:")
                .contains(refusal)
                .contains(copy.swarm.root().getFileName() + " does");
        original.write("Ada", 2);
        copy.write("Ada", 3);
        copy.write("Bob", 3);
        eventually(SOON, () -> copy.assertRow("Ada", 3));
        eventually(SOON, () -> copy.assertRow("Bob", 3));

        assertThat(copy.history("Ada")).containsExactly(document("Ada", 1), document("Ada", 3));
        assertThat(copy.history("Bob")).containsExactly(document("Bob", 1), document("Bob", 3));
        assertThat(fence()).as("who leads was left alone").startsWith("2|");
        copy.assertClean();

        assertThat(PostgresForTests.query(database, END_WHO_LEADS)).containsExactly("t");
        copy.write("Ada", 4);
        eventually(SOON, () -> copy.assertRow("Ada", 4));
        assertThat(fence()).as("who lost its session came back").startsWith("2|");

        leader.destroyForcibly().waitFor();

        eventually(SOON, () -> assertThat(fence()).startsWith("3|pid " + before.pid() + " on "));
        eventually(SOON, () -> original.assertRow("Ada", 2));
        eventually(SOON, () -> original.assertRow("Bob", 1));
        eventually(SOON, () -> assertThat(original.doctor()).doesNotContain("the watch says"));
        assertThat(original.kinds("Ada")).doesNotContain("left");
        original.assertClean();

        Process next = copy.start("watch");
        eventually(SOON, () -> copy.assertRow("Bob", 3));
        assertThat(fence()).startsWith("4|pid " + next.pid() + " on ");
        eventually(SOON, () -> assertThat(original.doctor()).contains(refusal.replaceFirst("\\d+", next.pid() + "")));
        next.destroy();
        assertThat(next.waitFor()).isZero();

        eventually(SOON, () -> assertThat(fence()).startsWith("5|pid " + before.pid() + " on "));
        eventually(SOON, () -> original.assertRow("Bob", 1));
        assertThat(before.isAlive()).isTrue();
    }

    private String fence() {
        return PostgresForTests.query(database, "SELECT fence, holder FROM watch_leases")
                .getFirst();
    }
}
