package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.files.Workspaces;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.sync.FileDigests.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileDigestsTest {
    private static final AgentId SIX = new AgentId("Agent-6");
    private static final AgentId SEVEN = new AgentId("Agent-7");

    @TempDir
    private Path folder;

    private Workspaces workspaces;
    private final FileDigests digests = new FileDigests();
    private final List<AgentId> read = new ArrayList<>();
    private Duration later = Duration.ofHours(1);

    @BeforeEach
    void setUp() throws IOException {
        workspaces = Workspaces.in(folder);
        workspaces.write(SIX, "six");
        workspaces.write(SEVEN, "seven");
    }

    private List<Digest> list() {
        read.clear();
        InstantSource clock = () -> Instant.now().plus(later);
        return digests.of(new ReadingTold(new WorkspacesFolder(workspaces.root()), read::add), clock);
    }

    private Digest digest(AgentId agent, String text) throws IOException {
        return new Digest(
                agent,
                DocumentContent.sha256Of(text.getBytes(StandardCharsets.UTF_8)),
                Files.getLastModifiedTime(workspaces.file(agent)).toInstant());
    }

    @Test
    void whatNobodyHasTouchedIsReadOnce() throws IOException {
        assertThat(list()).containsExactly(digest(SIX, "six"), digest(SEVEN, "seven"));
        assertThat(read).containsExactly(SIX, SEVEN);

        assertThat(list()).containsExactly(digest(SIX, "six"), digest(SEVEN, "seven"));
        assertThat(read).isEmpty();
    }

    /** Also when it looks as before but for the time of change, which nobody can set. */
    @Test
    void whatWasTouchedIsReadAgain() throws IOException {
        list();
        FileTime before = Files.getLastModifiedTime(workspaces.file(SEVEN));
        workspaces.write(SEVEN, "SEVEN");
        Files.setLastModifiedTime(workspaces.file(SEVEN), before);

        assertThat(list()).containsExactly(digest(SIX, "six"), digest(SEVEN, "SEVEN"));
        assertThat(read).containsExactly(SEVEN);
    }

    /** A second write may leave the same stat data behind. */
    @Test
    void aYoungFileIsReadAgain() throws IOException {
        later = Duration.ZERO;
        list();
        assertThat(list()).containsExactly(digest(SIX, "six"), digest(SEVEN, "seven"));
        assertThat(read).containsExactly(SIX, SEVEN);
    }

    @Test
    void whoeverHasLeftIsForgotten() throws IOException {
        list();
        Path away = Files.move(workspaces.folder(SEVEN), folder.resolve("away"));
        assertThat(list()).containsExactly(digest(SIX, "six"));
        Files.move(away, workspaces.folder(SEVEN));

        assertThat(list()).containsExactly(digest(SIX, "six"), digest(SEVEN, "seven"));
        assertThat(read).containsExactly(SEVEN);
    }
}
