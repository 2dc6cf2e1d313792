package dev.rollcall.sync;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.Verifier.Depth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;

/**
 * A real folder and a real database to sync between. The clock is the test's: it stands still unless a pass waits, so
 * that waiting costs no time.
 */
final class Workshop implements AutoCloseable {
    static final ReadingRules RULES = new ReadingRules(ZoneId.of("UTC"), StateVocabulary.standard());

    final Path root;
    final Path database;
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private SqlStore store;

    Workshop(Path folder) {
        root = folder.resolve("agent_workspaces");
        database = folder.resolve("roll.db");
        try {
            Files.createDirectories(root);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        store = open();
    }

    /** Time as the test wants it. */
    static final class ManualClock implements InstantSource {
        private Instant now;

        ManualClock(Instant now) {
            this.now = now;
        }

        @Override
        public Instant instant() {
            return now;
        }

        void advance(Duration by) {
            now = now.plus(by);
        }
    }

    SqlStore store() {
        return store;
    }

    ManualClock clock() {
        return clock;
    }

    StatusSource source() {
        return new WorkspacesFolder(root, 4 * 1024 * 1024);
    }

    SyncEngine engine() {
        return new SyncEngine(source(), () -> store, RULES, clock, clock::advance);
    }

    Verifier verifier() {
        return new Verifier(source(), store, RULES, clock, clock::advance);
    }

    SyncReport syncAll() {
        return engine().pass(Extent.CHANGES, Progress.NONE);
    }

    SyncReport force() {
        return engine().pass(Extent.EVERYTHING, Progress.NONE);
    }

    Verification verify(String agent) {
        return verifier().verify(new AgentId(agent), Depth.EVERY_REVISION).orElseThrow();
    }

    List<Verification> verifyAll() {
        return verifier().verifyAll(Depth.EVERY_REVISION, Progress.NONE);
    }

    /** Writes a file that nobody has touched for a minute: it is judged at once and can be skipped later. */
    void write(String agent, String document) {
        write(agent, document, clock.instant().minus(Duration.ofMinutes(1)));
    }

    void write(String agent, String document, Instant modifiedAt) {
        try {
            Path file = file(agent);
            Files.createDirectories(file.getParent());
            Files.write(file, document.getBytes(StandardCharsets.UTF_8));
            Files.setLastModifiedTime(file, FileTime.from(modifiedAt));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void remove(String agent) {
        try (var files = Files.walk(root.resolve(agent))) {
            files.sorted(Comparator.reverseOrder()).forEach(file -> {
                try {
                    Files.delete(file);
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Path file(String agent) {
        return root.resolve(agent).resolve("status.json");
    }

    /** As after a restart: nothing is remembered but what the database holds. */
    void reopen() {
        store.close();
        store = open();
    }

    private SqlStore open() {
        return SqlStore.open(database.toString(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    @Override
    public void close() {
        store.close();
    }
}
