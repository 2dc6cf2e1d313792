package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.Backups.Existing;
import dev.rollcall.store.Backups.Restored;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Copies of a database, and their way back into its place. */
class BackupsTest {
    private static final AgentId AGENT = new AgentId("Agent-7");
    private static final Duration PATIENCE = Duration.ofMillis(200);

    @TempDir
    Path folder;

    private Path file;
    private Path copy;
    private Backups backups;

    @BeforeEach
    void fill() {
        file = folder.resolve("roll.db");
        copy = folder.resolve("copy.db");
        backups = Backups.of(file.toString(), PATIENCE);
        record(1);
    }

    private SqlStore open(Path database) {
        return SqlStore.open(database.toString(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    private void record(int cycle) {
        try (SqlStore store = open(file)) {
            record(store, cycle);
        }
    }

    private static void record(SqlStore store, int cycle) {
        long reading = store.standing(AGENT).map(Standing::reading).orElse(Standing.NEVER_READ);
        store.record(
                List.of(accepted(sighting(AGENT.value(), reading, NOON.plusSeconds(cycle)), cycle)), Durability.LATER);
    }

    private static List<String> cycles(Path database) {
        return HandEdits.query(database, "SELECT cycle_count FROM status_history ORDER BY observed_at");
    }

    private Problem refusal(ThrowingCallable call) throws IOException {
        byte[] before = Files.readAllBytes(file);
        Problem problem = catchThrowableOfType(ProblemException.class, call).problem();
        assertThat(file).hasBinaryContent(before);
        assertThat(folder.toFile().list()).noneMatch(name -> name.endsWith(".part"));
        return problem;
    }

    private Restored restore(Path from) {
        return backups.restore(from, NOON);
    }

    @Test
    void aBackupHoldsEverythingAndIsReadableByItsOwnerOnly() throws IOException {
        record(2);

        assertThat(backups.backup(copy, Existing.KEEP, NOON).bytes()).isEqualTo(Files.size(copy));

        assertThat(cycles(copy)).containsExactly("1", "2");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
        try (SqlStore store = open(copy)) {
            assertThat(store.standings()).containsOnlyKeys(AGENT);
        }
    }

    @Test
    void aBackupWithoutANameStandsBesideTheDatabaseAndIsNamedByTheTime() {
        assertThat(backups.backup(null, Existing.KEEP, NOON).file())
                .isEqualTo(folder.resolve("roll.db.backup-20251015T120000Z"))
                .exists();
        assertThat(backups.backup(null, Existing.KEEP, NOON).file().getFileName())
                .hasToString("roll.db.backup-20251015T120000Z-2");
        assertThat(backups.copies()).hasSize(2);
    }

    @Test
    void aFileThatIsThereIsReplacedOnlyWhenThatIsSaid() throws IOException {
        Files.writeString(copy, "mine");

        assertThat(refusal(() -> backups.backup(copy, Existing.KEEP, NOON)).code())
                .isEqualTo(ProblemCode.WRONG_USAGE);
        assertThat(copy).hasContent("mine");
        backups.backup(copy, Existing.REPLACE, NOON);

        assertThat(cycles(copy)).containsExactly("1");
    }

    @Test
    void theDatabaseItselfIsNoPlaceForItsBackup() throws IOException {
        assertThat(refusal(() -> backups.backup(file, Existing.REPLACE, NOON)).code())
                .isEqualTo(ProblemCode.WRONG_USAGE);
    }

    @Test
    void withoutADatabaseThereIsNothingToCopyAndNoneIsCreated() {
        Path missing = folder.resolve("missing.db");
        Problem problem = catchThrowableOfType(
                        ProblemException.class,
                        () -> Backups.of(missing.toString(), PATIENCE).backup(copy, Existing.KEEP, NOON))
                .problem();
        assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(missing).doesNotExist();
    }

    @Test
    void aBackupInTheMiddleOfWritingIsOneMomentOfIt() {
        AtomicBoolean isEnough = new AtomicBoolean();
        CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> {
            try (SqlStore store = open(file)) {
                for (int cycle = 2; !isEnough.get(); cycle++) {
                    record(store, cycle);
                }
            }
        });
        for (int i = 0; i < 20; i++) {
            backups.backup(copy, Existing.REPLACE, NOON);
            assertThat(HandEdits.query(
                            copy,
                            "SELECT w.cycle_count = h.cycle_count, w.revision = h.revision, r.reading >= h.revision"
                                    + " FROM agent_workspaces w JOIN status_history h ON h.revision ="
                                    + " (SELECT max(revision) FROM status_history) JOIN agent_readings r"))
                    .containsExactly("1|1|1");
        }
        isEnough.set(true);
        writer.join();
    }

    @Test
    void aRestoredBackupIsTheDatabaseAndTheOneBeforeIsKept() throws IOException {
        backups.backup(copy, Existing.KEEP, NOON);
        record(2);
        byte[] backup = Files.readAllBytes(copy);

        Restored restored = restore(copy);

        assertThat(restored.database()).isEqualTo(file);
        assertThat(restored.schema()).isEqualTo(Migrations.latest());
        assertThat(cycles(file)).containsExactly("1");
        assertThat(restored.replaced()).isEqualTo(folder.resolve("roll.db.before-restore-20251015T120000Z"));
        assertThat(cycles(restored.replaced())).containsExactly("1", "2");
        assertThat(copy).hasBinaryContent(backup);
        assertThat(HandEdits.query(file, "PRAGMA journal_mode")).containsExactly("wal");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void aBackupIsRestoredWhereThereIsNoDatabase() throws IOException {
        backups.backup(copy, Existing.KEEP, NOON);
        Files.delete(file);

        assertThat(restore(copy).replaced()).isNull();
        assertThat(cycles(file)).containsExactly("1");
    }

    @Test
    void noNumberThatEitherHasGivenOutIsGivenOutAgain() {
        try (SqlStore store = open(file)) {
            store.lead("first", NOON);
        }
        backups.backup(copy, Existing.KEEP, NOON);
        record(2);
        record(3);
        try (SqlStore store = open(file)) {
            store.lead("second", NOON);
            store.lead("third", NOON);
        }

        restore(copy);
        record(4);

        assertThat(HandEdits.query(file, "SELECT revision FROM status_history ORDER BY 1"))
                .containsExactly("1", "4");
        assertThat(HandEdits.query(file, "SELECT seq FROM roll_events ORDER BY 1"))
                .containsExactly("1", "4");
        assertThat(HandEdits.query(file, "SELECT fence FROM watch_leases")).containsExactly("4");
    }

    @Test
    void whileAnybodyHasTheDatabaseOpenNothingIsReplaced() throws IOException {
        backups.backup(copy, Existing.KEEP, NOON);
        try (SqlStore store = open(file)) {
            assertThat(store.list()).hasSize(1);
            Problem problem = refusal(() -> restore(copy));
            assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
            assertThat(problem.message()).contains("has the database open");
            record(store, 2);
        }
        restore(copy);
        assertThat(cycles(file)).containsExactly("1");
    }

    @Test
    void aDamagedBackupIsRefused() throws IOException {
        for (int cycle = 2; cycle < 40; cycle++) {
            record(cycle);
        }
        backups.backup(copy, Existing.KEEP, NOON);
        long page = Long.parseLong(
                HandEdits.query(copy, "SELECT rootpage FROM sqlite_schema WHERE name = 'status_history_order'")
                        .getFirst());
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            // A page that opening it does not look at.
            channel.write(ByteBuffer.wrap(new byte[] {42, 42, 42, 42, 42, 42, 42, 42}), (page - 1) * 8192);
        }
        Problem problem = refusal(() -> restore(copy));
        assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(problem.message()).startsWith(copy + ": ").contains("damaged");
    }

    @Test
    void aDamagedDatabaseIsNotCopiedAsIfItWereSound() throws IOException {
        HandEdits.run(
                file,
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'agent_id',"
                        + " 'agent_ie') WHERE name = 'status_history_order'");
        assertThat(refusal(() -> backups.backup(copy, Existing.KEEP, NOON)).code())
                .isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(copy).doesNotExist();
    }

    /** The index of words follows from the rest, and is made anew by `rollcall index`. */
    @Test
    void aDamagedIndexOfWordsAloneKeepsNobodyFromABackup() throws IOException {
        record(2);
        HandEdits.run(file, "INSERT INTO passage_words (rowid, words) VALUES (1, 'tidy')");
        for (String damage : List.of(
                "UPDATE passage_words_data SET block = x'00112233'",
                "DELETE FROM passage_words_docsize",
                "DELETE FROM passage_words_data")) {
            HandEdits.run(file, damage);
            backups.backup(copy, Existing.REPLACE, NOON);
            assertThat(restore(copy).replaced()).isNotNull();
            assertThat(cycles(file)).containsExactly("1", "2");
        }
        try (SqlStore store = open(file)) {
            Problem told = catchThrowableOfType(
                            ProblemException.class, () -> store.passages().byWords(List.of("tidy"), 9))
                    .problem();
            assertThat(told.message()).contains("the index of the words is damaged");
            assertThat(told.hint()).isEqualTo("Run `rollcall index`.");
        }
        HandEdits.run(
                file,
                "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'agent_id',"
                        + " 'agent_ie') WHERE name = 'status_history_order'");
        assertThat(refusal(() -> backups.backup(copy, Existing.REPLACE, NOON)).code())
                .isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
    }

    @Test
    void whatIsNoRollOrANewerOneIsRefused() throws IOException {
        Files.writeString(copy, "no database, but as long as the header of one, which is 100 bytes. ".repeat(9));
        assertThat(refusal(() -> restore(copy)).message()).isEqualTo(copy + " is not a backup of a roll");
        assertThat(refusal(() -> restore(copy)).code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE);
        Path theirs = folder.resolve("theirs.db");
        HandEdits.run(theirs, "CREATE TABLE theirs (a)");
        assertThat(refusal(() -> restore(theirs)).code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        Path newer = folder.resolve("newer.db");
        backups.backup(newer, Existing.KEEP, NOON);
        HandEdits.run(newer, "PRAGMA user_version = 99");
        assertThat(refusal(() -> restore(newer)).message()).contains("schema 99");
        Path empty = Files.createFile(folder.resolve("empty.db"));
        assertThat(refusal(() -> restore(empty)).message()).isEqualTo(empty + " is not a backup of a roll");
        assertThat(refusal(() -> restore(folder.resolve("none.db"))).code())
                .isEqualTo(ProblemCode.WORKSPACE_UNREADABLE);
        assertThat(refusal(() -> restore(file)).code()).isEqualTo(ProblemCode.WRONG_USAGE);
    }

    @Test
    void aDatabaseThatIsInUseIsNoBackup() throws IOException {
        backups.backup(copy, Existing.KEEP, NOON);
        try (SqlStore store = open(folder.resolve("live.db"))) {
            record(store, 1);
            assertThat(refusal(() -> restore(folder.resolve("live.db"))).message())
                    .contains("write-ahead log");
        }
    }

    @Test
    void aDatabaseThatIsBeyondReadingIsReplacedAndKept() throws IOException {
        backups.backup(copy, Existing.KEEP, NOON);
        Files.writeString(file, "ruined ".repeat(2000));

        Restored restored = restore(copy);

        assertThat(cycles(file)).containsExactly("1");
        assertThat(restored.replaced()).content().startsWith("ruined");
    }

    @Test
    void theDatabaseIsNotReplacedByItsBackupUnderAnotherSpellingEither() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder);
        for (Path spelling : List.of(
                folder.resolve("link/../" + folder.getFileName() + "/roll.db"),
                link.resolve("roll.db"),
                folder.resolve("roll.db-wal"),
                Files.createLink(folder.resolve("hard.db"), file))) {
            if (spelling.endsWith("hard.db")) {
                Files.createFile(folder.resolve("hard.db-wal"));
            }
            Problem problem = refusal(() -> backups.backup(spelling, Existing.REPLACE, NOON));
            assertThat(problem.code()).isEqualTo(ProblemCode.WRONG_USAGE);
        }
        assertThat(cycles(file)).containsExactly("1");
    }

    @Test
    void aFileWithALogBesideIsNotRestoredWhereThereIsNoDatabaseEither() throws IOException {
        try (SqlStore inUse = open(copy)) {
            record(inUse, 2);
            Files.delete(file);

            assertThat(catchThrowableOfType(ProblemException.class, () -> restore(copy))
                            .problem()
                            .message())
                    .contains("has a write-ahead log beside it");
        }
        assertThat(file).doesNotExist();
    }

    @Test
    void copiesAreFoundWhateverTheirNames() throws IOException {
        backups.backup(folder.resolve("mine"), Existing.KEEP, NOON);
        Files.writeString(folder.resolve("roll.db.backup-notes"), "no database");

        assertThat(backups.copies()).containsExactly(folder.resolve("mine"));
    }
}
