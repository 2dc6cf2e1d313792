package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.store.SqlStore;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfirmedFilesTest {
    private static final AgentId ADA = new AgentId("Ada");
    private static final String DOCUMENT = "{\"status\": \"ACTIVE\", \"cycle_count\": 1}\n";

    @TempDir
    private Path folder;

    private Workshop workshop;
    private ConfirmedFiles files;

    @BeforeEach
    void layOut() {
        workshop = new Workshop(folder);
        workshop.write("Ada", DOCUMENT);
        workshop.syncAll();
        files = new ConfirmedFiles(workshop.source(), new Changes(workshop.source(), Workshop.RULES));
        files.begin(workshop.store().othersChanges());
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    @Test
    void aFileFoundOnceNeedsNoQuestionToTheRoll() {
        SqlStore store = workshop.store();
        assertThat(look(store)).isPresent();
        store.close();

        assertThat(look(store)).isPresent();
    }

    @Test
    void otherBytesAreNotWhatTheRollHolds() {
        assertThat(look(workshop.store())).isPresent();
        workshop.write("Ada", DOCUMENT.replace('1', '2'));

        assertThat(look(workshop.store())).isEmpty();
    }

    @Test
    void whatTheRollSaysIsAskedForAgainWhenOthersHaveWrittenToIt() throws Exception {
        assertThat(look(workshop.store())).isPresent();
        erase();
        files.begin(workshop.store().othersChanges());

        assertThat(look(workshop.store())).isEmpty();
    }

    @Test
    void whatTheRollSaysIsAskedForAgainWhenTheAgentWasLookedAt() throws Exception {
        assertThat(look(workshop.store())).isPresent();
        erase();
        files.forget(ADA);

        assertThat(look(workshop.store())).isEmpty();
    }

    @Test
    void changesOfTheWatchItselfAreNotThoseOfOthers() {
        long before = workshop.store().othersChanges();
        workshop.write("Bob", DOCUMENT);
        workshop.syncAll();

        assertThat(workshop.store().othersChanges()).isEqualTo(before);
    }

    private Optional<ConfirmedFiles.Found> look(SqlStore store) {
        return files.look(ADA, store, workshop.clock().instant());
    }

    private void erase() throws SQLException {
        try (var other = DriverManager.getConnection("jdbc:sqlite:" + workshop.database);
                var statement = other.createStatement()) {
            statement.executeUpdate("DELETE FROM agent_workspaces");
        }
    }
}
