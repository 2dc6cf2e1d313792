package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.files.StateFolder;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.Indexing.Progress;
import dev.rollcall.search.LettersEmbedder;
import dev.rollcall.search.PassageIndex.Near;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index beside a database that has lost its last changes, as a server may in a crash, and gives their numbers again. */
class IndexShelfTest {
    private static final int FOLDER = 200_000;
    private static final int MEMORY = 0;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {MEMORY, FOLDER})
    void numbersThatAreGivenAgainAreFoundUnderTheirNewTexts(int before) throws SQLException {
        Shell shell = new Shell(folder);
        try (Rollcall rollcall = Rollcall.open(shell.root);
                IndexShelf shelf = shelf(rollcall)) {
            index(rollcall, shell, "\"baking brown bread\", \"mending the north gate\"", before);
            shelf.of(rollcall.reading().passages());
            Embedding asked = new LettersEmbedder().embed("current task: painting all doors");

            lose(shell, before);
            index(rollcall, shell, "\"painting all doors\"", before);

            assertThat(shelf.of(rollcall.reading().passages()).nearest(asked, 1))
                    .as("by who was there")
                    .containsExactly(new Near(before + 1, asked.cosine(asked)));
            try (IndexShelf later = shelf(rollcall)) {
                assertThat(later.of(rollcall.reading().passages()).nearest(asked, 1))
                        .as("by who comes later")
                        .containsExactly(new Near(before + 1, asked.cosine(asked)));
            }
        }
    }

    private static IndexShelf shelf(Rollcall rollcall) {
        return new IndexShelf(new StateFolder(rollcall.settings().root()), rollcall.database());
    }

    private static void index(Rollcall rollcall, Shell shell, String tasks, int before) throws SQLException {
        shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_tasks\":[" + tasks + "]}");
        rollcall.syncAll(Extent.CHANGES, dev.rollcall.sync.Progress.NONE);
        hand(shell, "UPDATE search_index SET next_number = " + (before + 1));
        try (SearchSession session = new SearchSession(rollcall, LettersEmbedder::new)) {
            session.drain(Progress.NONE, () -> false);
        }
    }

    private static void lose(Shell shell, int before) throws SQLException {
        for (String table : new String[] {"agent_status", "past_passages", "passage_words"}) {
            hand(shell, "DELETE FROM " + table);
        }
        hand(shell, "UPDATE search_index SET next_number = " + (before + 1));
    }

    private static void hand(Shell shell, String sql) throws SQLException {
        try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement statement = hand.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
