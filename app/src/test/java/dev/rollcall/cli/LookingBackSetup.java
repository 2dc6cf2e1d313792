package dev.rollcall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.document.JsonText;
import dev.rollcall.document.JsonValue;
import dev.rollcall.document.MemberPath;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.report.RecordedLives;
import dev.rollcall.roll.Origin;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Lives with a past, and a shell to look back on them. */
abstract class LookingBackSetup {
    static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    static final String COMMIT = "0123abc".repeat(5) + "abcde";

    @TempDir
    Path folder;

    Shell shell;

    @BeforeEach
    void open() throws IOException {
        shell = new Shell(folder);
        Files.createDirectories(shell.database().getParent());
    }

    static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }

    final RecordedLives lives() {
        return new RecordedLives(shell.database());
    }

    /** Revisions 1 (12:10), 2 (12:20), 3 (12:30, from a commit) of Agent-7, and 4 (12:40) of Agent-8. */
    final void twoLives() {
        try (RecordedLives lives = lives()) {
            lives.version("Agent-7", minute(10), "{\"status\":\"ACTIVE\",\"cycle_count\":1,\"current_tasks\":[\"a\"]}");
            lives.version(
                    "Agent-7", minute(20), "{\"status\":\"BLOCKED\",\"cycle_count\":2,\"current_tasks\":[\"b\"]}");
            lives.version(
                    "Agent-7",
                    minute(30),
                    "{\"status\":\"BLOCKED\",\"cycle_count\":3,\"current_tasks\":[\"b\",\"c\\u202ed\"]}",
                    Origin.commit(COMMIT));
            lives.version("Agent-8", minute(40), "{\"status\":\"IDLE\"}");
        }
    }

    final String json(String path, String... command) {
        Result result = shell.run(command);
        assertThat(result.exitCode()).as(result.toString()).isZero();
        return value(result, path);
    }

    static String value(Result result, String path) {
        ParseResult parsed = StatusParser.parse(result.out().getBytes(StandardCharsets.UTF_8));
        assertThat(parsed).as(result.toString()).isInstanceOf(ParseResult.Parsed.class);
        JsonValue.Obj root = ((ParseResult.Parsed) parsed).document().root();
        return MemberPath.find(root, path).map(JsonText::of).orElse("nothing");
    }
}
