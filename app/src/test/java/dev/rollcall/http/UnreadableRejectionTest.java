package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.store.HandEdit;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A row of a rejected document that a hand has made unreadable, or a newer program has written. */
class UnreadableRejectionTest {
    @TempDir
    private Path folder;

    @Test
    void itHidesItsReasonAndNothingElse() throws Exception {
        Shell shell = new Shell(folder);
        shell.write("Agent-1", "{\"status\": \"ACTIVE\"}");
        shell.write("Agent-2", "{");
        shell.run("sync", "--all");
        HandEdit.apply(shell.database().toString(), "UPDATE rejected_documents SET code = 'SMUDGED'");

        try (OpenWindow open = new OpenWindow(folder)) {
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
            assertThat(open.get("/api/v1/roll").body()).contains("Agent-1", "Agent-2");
            assertThat(open.get("/", "Accept", "text/html").body())
                    .contains("Agent-1", "File rejected")
                    .doesNotContain("The database can not be read");
            assertThat(open.get("/api/v1/rejected").body()).contains("SMUDGED", "sync the agent");
        }
    }
}
