package dev.rollcall.store;

import static dev.rollcall.roll.ChangeFixtures.NOON;
import static dev.rollcall.roll.ChangeFixtures.accepted;
import static dev.rollcall.roll.ChangeFixtures.sighting;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.UnparsedDocuments;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.ChangeFixtures;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollStore.Durability;
import dev.rollcall.roll.SwarmName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A database that can not be had, each time with its own cause and hint, and with nothing half done. */
class SqliteFaultTest {
    private static final Duration PATIENCE = Duration.ofMillis(100);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("roll.db");
    }

    private SqlStore open() {
        return SqlStore.open(file().toString(), SwarmName.DEFAULT, PATIENCE);
    }

    private SqlStore openForReading() {
        return SqlStore.openForReading(file().toString(), SwarmName.DEFAULT, PATIENCE);
    }

    private static List<RollChange> change() {
        return List.of(accepted(sighting("Agent-7", 0, NOON), 1, "tidy"));
    }

    private static Problem problemOf(ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    private static void assertUnavailable(Problem problem, String cause) {
        assertThat(problem.code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE);
        assertThat(problem.message()).contains(cause);
        assertThat(problem.hint()).isNotBlank();
    }

    @Test
    void aDatabaseThatStaysLockedIsUnavailableToAWriterOnly() {
        try (SqlStore store = open();
                SqliteConnection other = SqliteConnection.open(
                        DatabaseLocation.of(file().toString()), SqlConnection.Purpose.WRITE, PATIENCE)) {
            other.write(Durability.AT_ONCE, () -> {
                assertUnavailable(
                        problemOf(() -> store.record(change(), Durability.AT_ONCE)), "locked by another process");
                assertThat(store.standings()).isEmpty();
                return true;
            });
            assertThat(store.record(change(), Durability.AT_ONCE)).hasSize(1);
        }
    }

    @Test
    void aStoreOpenedForReadingRefusesToRecord() {
        open().close();
        try (SqlStore store = openForReading()) {
            assertUnavailable(problemOf(() -> store.record(change(), Durability.AT_ONCE)), "can not be written to");
            assertThat(store.list()).isEmpty();
        }
    }

    @Test
    void aMissingDatabaseReadsAsAnEmptyRollAndIsNotCreated() {
        try (SqlStore store = openForReading()) {
            assertThat(store.list()).isEmpty();
            assertThat(store.standings()).isEmpty();
            assertUnavailable(problemOf(() -> store.record(change(), Durability.AT_ONCE)), "can not be written to");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anEmptyFileReadsAsAnEmptyRoll() throws IOException {
        Files.createFile(file());
        try (SqlStore store = openForReading()) {
            assertThat(store.list()).isEmpty();
        }
        assertThat(file()).isEmptyFile();
    }

    @Test
    void aMissingFolderIsNamed() {
        Path lost = folder.resolve("no/such/roll.db");
        Problem problem = problemOf(() -> SqlStore.open(lost.toString(), SwarmName.DEFAULT, PATIENCE));
        assertUnavailable(problem, "can not be opened");
        assertThat(problem.message()).contains(lost.toString());
    }

    @Test
    void aFileThatIsNoDatabaseIsNamed() throws IOException {
        Files.writeString(
                file(),
                "not a database, but long enough to be read as the header of one, which has 100 bytes "
                        + "and then some more.");
        assertUnavailable(problemOf(this::open), "not a SQLite database");
        assertUnavailable(problemOf(this::openForReading), "not a SQLite database");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        try (SqlStore store = open()) {
            store.record(change(), Durability.AT_ONCE);
        }
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            for (long at = 8192; at < channel.size(); at += 8192) {
                channel.write(
                        ByteBuffer.wrap("damage".repeat(200).getBytes(java.nio.charset.StandardCharsets.US_ASCII)), at);
            }
        }
        assertUnavailable(
                problemOf(() -> {
                    try (SqlStore store = openForReading()) {
                        store.list();
                    }
                }),
                "damaged");
    }

    @Test
    void aFullDatabaseKeepsNothingOfTheChangeAndWorksAgainLater() {
        byte[] noise = new byte[200_000];
        new Random(7).ints(noise.length, 33, 127).forEach(new java.util.function.IntConsumer() {
            private int at;

            @Override
            public void accept(int letter) {
                noise[at++] = (byte) letter;
            }
        });
        RollChange big = accepted(
                sighting("Agent-8", 0, NOON), UnparsedDocuments.ofBytes(noise), ChangeFixtures.columns(1), "tidy");
        SqliteConnection connection =
                SqliteConnection.open(DatabaseLocation.of(file().toString()), SqlConnection.Purpose.WRITE, PATIENCE);
        new Migrations(new SqliteDatabase(DatabaseLocation.of(file().toString()), PATIENCE)).apply(connection);
        try (SqlStore store = new SqlStore(connection, SwarmName.DEFAULT, null)) {
            store.record(change(), Durability.AT_ONCE);
            connection.plain(() -> connection.first("PRAGMA max_page_count = 20", row -> row.getInt(1)));

            assertUnavailable(problemOf(() -> store.record(List.of(big), Durability.AT_ONCE)), "full");

            assertThat(store.standings()).containsOnlyKeys(new AgentId("Agent-7"));
            assertThat(store.after(0, 10)).extracting(RollEvent::seq).containsExactly(1L);
            connection.plain(() -> connection.first("PRAGMA max_page_count = 100000", row -> row.getInt(1)));
            assertThat(store.record(List.of(big), Durability.AT_ONCE)).hasSize(1);
            assertThat(store.standings()).hasSize(2);
            assertThat(store.after(1, 10)).extracting(RollEvent::agent).containsExactly(new AgentId("Agent-8"));
        }
    }

    @Test
    void aNewerSchemaIsRefused() {
        open().close();
        HandEdits.run(file(), "PRAGMA user_version = " + (Migrations.latest() + 1));

        Problem problem = problemOf(this::open);

        assertThat(problem.code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        assertThat(problem.message())
                .contains("has schema " + (Migrations.latest() + 1))
                .contains("works with schema " + Migrations.latest());
        assertThat(problemOf(this::openForReading)).isEqualTo(problem);
    }

    @Test
    void anotherProgramsDatabaseIsRefusedAndLeftAlone() throws IOException {
        HandEdits.run(file(), "CREATE TABLE theirs (a)");
        byte[] before = Files.readAllBytes(file());

        assertThat(problemOf(this::open).code()).isEqualTo(ProblemCode.SCHEMA_MISMATCH);
        assertThat(problemOf(this::openForReading).message()).contains("another program");

        assertThat(file()).hasBinaryContent(before);
    }

    @Test
    void anotherKindOfDatabaseIsAConfigurationProblem() {
        Problem problem = problemOf(() -> SqlStore.open("jdbc:oracle:thin:x", SwarmName.DEFAULT, PATIENCE));
        assertThat(problem.code()).isEqualTo(ProblemCode.INVALID_CONFIGURATION);
    }

    @Test
    void aPathWithOddCharactersIsThatPath() {
        Path odd = folder.resolve("a b?c#d%20é.db");
        SqlStore.open("jdbc:sqlite:" + odd, SwarmName.DEFAULT, PATIENCE).close();
        assertThat(odd).exists();
        assertThat(folder).isDirectoryNotContaining(path -> !path.equals(odd));
    }

    @Test
    void everyWriteIsDurableWhenItReturns() {
        try (SqliteConnection connection =
                SqliteConnection.open(DatabaseLocation.of(file().toString()), SqlConnection.Purpose.WRITE, PATIENCE)) {
            connection.useWriteAheadLog();
            assertThat(connection.plain(() -> connection.first("PRAGMA synchronous", row -> row.getInt(1))))
                    .as("2 is FULL")
                    .contains(2);
            assertThat(connection.plain(() -> connection.first("PRAGMA journal_mode", row -> row.getString(1))))
                    .contains("wal");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:sqlite:file:roll.db", "jdbc:sqlite:file:/tmp/roll.db?mode=ro"})
    void aFileUrlIsRefusedInsteadOfTakenForAPath(String url) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> DatabaseLocation.of(url))
                .satisfies(
                        refused -> assertThat(refused.problem().code()).isEqualTo(ProblemCode.INVALID_CONFIGURATION));
    }
}
