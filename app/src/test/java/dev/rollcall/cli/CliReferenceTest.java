package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/cli.md is what the commands themselves say. To write it anew after a change of an option or a description, run
 * {@code ./mvnw -pl app test -Dtest=CliReferenceTest -Drollcall.write.reference=true}.
 */
class CliReferenceTest {
    private static final Path PAGE = Path.of("..", "docs", "cli.md");

    @TempDir
    Path folder;

    @Test
    void theReferenceIsUpToDate() throws IOException {
        String reference = reference();
        if (Boolean.getBoolean("rollcall.write.reference")) {
            Files.writeString(PAGE, reference);
        }
        assertThat(PAGE).content().isEqualTo(reference);
    }

    private String reference() {
        Shell shell = new Shell(folder);
        StringBuilder page = new StringBuilder("""
                # Commands

                Made from the commands' own help by `CliReferenceTest`. Shapes of `--json`: [json-output.md](json-output.md).

                ```
                """);
        page.append(shell.runBare("--help").out()).append("```\n");
        for (String name : Commands.visible()) {
            page.append("\n## ").append(name).append("\n\n```\n");
            page.append(shell.runBare(name, "--help").out()).append("```\n");
        }
        return page.toString();
    }
}
