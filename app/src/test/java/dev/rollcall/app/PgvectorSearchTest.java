package dev.rollcall.app;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rollcall.app.Examination.Fact;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Indexing.Progress;
import dev.rollcall.search.LettersEmbedder;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndex.Numbered;
import dev.rollcall.search.Question.Scope;
import dev.rollcall.search.RollPassages.Shared;
import dev.rollcall.store.PgliteForTests;
import dev.rollcall.store.PostgresForTests;
import dev.rollcall.store.SqlStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A search whose vectors are compared by the database, and what it does where that can not be. */
class PgvectorSearchTest {
    private static final int AGENTS = 6;
    private static final String VECTORS = "SELECT count(*) FROM passage_vectors";
    private static final String REFUSE = "CREATE OR REPLACE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
            + " BEGIN RAISE 'refused for the test'; END $$;"
            + " CREATE TRIGGER refuse BEFORE INSERT ON passage_vectors FOR EACH ROW EXECUTE FUNCTION refuse()";
    private static final String NO_EXTENSION = "in memory, compared one by one; the database has no pgvector";

    @TempDir
    private Path folder;

    private String url;
    private Rollcall rollcall;
    private SearchSession session;

    /** A swarm in this database, indexed. */
    private void indexAFixtureIn(String database) {
        url = database;
        Shell shell = new Shell(folder);
        copy(shell);
        rollcall = Rollcall.open(
                Options.NONE.with(Setting.ROOT, shell.root.toString()).with(Setting.DB, url));
        rollcall.syncAll(Extent.CHANGES, dev.rollcall.sync.Progress.NONE);
        session = new SearchSession(rollcall, LettersEmbedder::new);
        session.drain(Progress.NONE, () -> false);
    }

    @AfterEach
    void close() {
        if (session != null) {
            sql("SET ROLE postgres");
            session.close();
            rollcall.close();
        }
    }

    private static void copy(Shell shell) {
        Path judged = fixture("agent_workspaces");
        try (var files = Files.walk(judged, 2)) {
            for (Path file : files.filter(path -> path.endsWith("status.json"))
                    .sorted()
                    .limit(AGENTS)
                    .toList()) {
                shell.write(file.getParent().getFileName().toString(), Files.readAllBytes(file));
            }
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Path fixture(String name) {
        return Path.of("src", "test", "resources", "judged", "harbour", name);
    }

    private void sql(String statement) {
        PostgresForTests.run(url, statement);
    }

    private long count(String query) {
        return Long.parseLong(PostgresForTests.query(url, query).getFirst());
    }

    private long embedded() {
        return rollcall.reading().passages().counts().embedded();
    }

    private String index() {
        return new Doctor(rollcall)
                .examine().facts().stream()
                        .filter(fact -> fact.label().equals("index"))
                        .map(Fact::value)
                        .findFirst()
                        .orElseThrow();
    }

    /** Of every tenth question of the fixture. */
    private List<List<Hit>> hits() throws IOException {
        List<String> lines = Files.readAllLines(fixture("questions.tsv"));
        SwarmSearch search = rollcall.searching().with(session);
        return lines.stream()
                .filter(line -> lines.indexOf(line) % 10 == 1)
                .map(line -> line.split("\t", -1)[0])
                .map(question -> search.search(question, Scope.ALL, Wanted.ANYBODY, 5).stream()
                        .map(SwarmSearch.Answer::hit)
                        .toList())
                .toList();
    }

    @Test
    void withoutTheExtensionTheSearchIsAsItWasAndDoctorSaysSo() throws IOException {
        indexAFixtureIn(PostgresForTests.freshUrl());

        assertThat(index()).isEqualTo(NO_EXTENSION);
        assertThat(hits()).hasSizeGreaterThan(10).anyMatch(hits -> hits.size() == 5);
    }

    @Test
    void hitsAreThoseOfAScanInMemoryWhichTakesOverWhenTheExtensionGoes() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        List<List<Hit>> byTheServer = hits();
        assertThat(index()).startsWith("in the database, by pgvector 0.8.");
        assertThat(count(VECTORS)).isEqualTo(embedded()).isGreaterThan(100);

        sql("DROP EXTENSION vector CASCADE");

        assertThat(hits()).isEqualTo(byTheServer).hasSizeGreaterThan(10).anyMatch(hits -> hits.size() == 5);
        assertThat(index()).isEqualTo(NO_EXTENSION);

        sql("CREATE EXTENSION vector SCHEMA extensions");
        session.drain(Progress.NONE, () -> false);
        assertThat(index()).startsWith("in the database, by pgvector 0.8.");
        assertThat(count(VECTORS)).isEqualTo(embedded());
        assertThat(hits()).isEqualTo(byTheServer);
    }

    @Test
    void aTableThatAHandHasDroppedEmptiedOrMadeOfAnotherDimensionIsFilledAgain() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        List<List<Hit>> before = hits();
        for (String edit : List.of(
                "DROP TABLE passage_vectors",
                "TRUNCATE passage_vectors",
                "TRUNCATE passage_vectors; ALTER TABLE passage_vectors ALTER embedding TYPE extensions.vector(3)",
                "ALTER TABLE passage_vectors DROP embedding")) {
            sql(edit);
            assertThat(hits()).as(edit).isEqualTo(before);
            session.drain(Progress.NONE, () -> false);
            assertThat(count(VECTORS)).as(edit).isEqualTo(embedded());
        }
        sql("DELETE FROM passage_vectors WHERE number = (SELECT min(number) FROM passage_vectors)");
        assertThat(index()).endsWith("; it lacks 1 vector: rollcall index");
        session.examine();
        session.drain(Progress.NONE, () -> false);
        assertThat(count(VECTORS)).isEqualTo(embedded());
        sql("DROP INDEX passage_vectors_nearest");
        assertThat(hits()).isEqualTo(before);
    }

    @Test
    void whoAsksAddsOneLotToTheTableAndTheRestIsForTheIndex() {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        sql("TRUNCATE passage_vectors");

        session.catchUp(Progress.NONE);

        assertThat(count(VECTORS)).isEqualTo(50);
        assertThat(session.notices()).isEmpty();
        session.drain(Progress.NONE, () -> false);
        assertThat(count(VECTORS)).isEqualTo(embedded()).isGreaterThan(100);
    }

    @Test
    void aWatchFillsTheTableThoughNobodyWaitsInTheQueue() throws Exception {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        sql("TRUNCATE passage_vectors");
        AtomicInteger opened = new AtomicInteger();
        try (WatchSearch watch = new WatchSearch(
                () -> {
                    opened.incrementAndGet();
                    return rollcall.another();
                },
                () -> true)) {
            eventually(Duration.ofSeconds(30), () -> assertThat(count(VECTORS)).isEqualTo(embedded()));
            assertThat(watch.trouble()).isNull();

            sql(REFUSE);
            sql("TRUNCATE passage_vectors; UPDATE swarm_changes SET changes = changes + 1");
            eventually(
                    Duration.ofSeconds(30),
                    () -> assertThat(watch.trouble()).isNotNull().contains("refused for the test"));

            sql("DROP TRIGGER refuse ON passage_vectors");
            eventually(Duration.ofSeconds(30), () -> assertThat(count(VECTORS)).isEqualTo(embedded()));
            eventually(Duration.ofSeconds(30), () -> assertThat(watch.trouble()).isNull());
        }
        assertThat(opened).as("times that the roll was opened").hasValue(1);
    }

    @Test
    void aTableThatCanNotBeAddedToIsToldByWhoShouldAndPassedOverByWhoMayNot() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        List<List<Hit>> before = hits();
        sql(REFUSE);
        sql("TRUNCATE passage_vectors");
        assertThatThrownBy(() -> session.drain(Progress.NONE, () -> false))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("refused for the test");
        session.catchUp(Progress.NONE);
        assertThat(session.notices()).singleElement().asString().contains("refused for the test");
        assertThat(hits()).isEqualTo(before);

        sql("CREATE ROLE adder; GRANT USAGE ON SCHEMA extensions, public TO adder;"
                + " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO adder;"
                + " REVOKE INSERT ON passage_vectors FROM adder; SET ROLE adder");
        session.catchUp(Progress.NONE);
        assertThat(session.notices()).isEmpty();
        assertThat(hits()).isEqualTo(before);
        assertThat(count(VECTORS)).isZero();
    }

    @Test
    void whatCanNotBeUsedIsNotAndDoctorSaysWhy() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        List<List<Hit>> before = hits();
        sql("UPDATE pg_extension SET extversion = '0.7.4' WHERE extname = 'vector'");
        assertThat(index()).isEqualTo("in memory, compared one by one; pgvector 0.7.4 is older than 0.8.0");
        assertThat(hits()).isEqualTo(before);
        sql("UPDATE pg_extension SET extversion = '0.8.0' WHERE extname = 'vector'");

        sql("DROP TABLE passage_vectors; CREATE TABLE passage_vectors (theirs text)");
        assertThat(index()).contains("in memory", "somebody else's");
        assertThat(hits()).isEqualTo(before);
        assertThat(count("SELECT count(theirs) FROM passage_vectors")).isZero();
    }

    @Test
    void aNumberThatIsGoneTakesItsVectorAlong() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        long first = count(VECTORS);
        AgentId agent = rollcall.roll().list().getFirst().agent();
        AgentId other = rollcall.roll().list().getLast().agent();
        int others = rollcall.reading().passages().of(other).size();
        new Shell(folder).write(other.value(), "{\"status\":\"IDLE\"}");
        rollcall.syncAll(Extent.CHANGES, dev.rollcall.sync.Progress.NONE);
        rollcall.upkeep().roll(Upkeep.Mode.DELETING).thin(other, Instant.now().plusSeconds(60));
        assertThat(count(VECTORS)).isBetween(first - others, first - 1);

        Files.delete(rollcall.settings().root().resolve(agent.value()).resolve("status.json"));
        rollcall.syncAll(Extent.CHANGES, dev.rollcall.sync.Progress.NONE);

        assertThat(rollcall.upkeep().forget(agent).remains()).isNull();

        assertThat(count(VECTORS)).as("nothing is left in its files").isZero();
        session.drain(Progress.NONE, () -> false);
        assertThat(count(VECTORS)).isEqualTo(embedded()).isBetween(1L, first - 2);
    }

    @Test
    void whoOnlyLooksSearchesAndMakesNothing() {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        Embedding asked = new LettersEmbedder().embed("mending the crane");
        try (SqlStore reading = SqlStore.openForReading(url, SwarmName.DEFAULT, Duration.ofSeconds(5))) {
            PassageIndex index = Objects.requireNonNull(shared(reading).index());
            assertThat(index.nearest(asked, 7)).hasSize(7);
            assertThat(index.size()).isEqualTo(count(VECTORS));
            assertThatThrownBy(() -> index.add(List.of(new Numbered(Long.MAX_VALUE, asked))))
                    .isInstanceOf(ProblemException.class);

            sql("DROP TABLE passage_vectors");
            assertThat(shared(reading).index()).isNull();
            assertThat(shared(reading).condition()).contains("rollcall index");
            assertThat(count("SELECT count(*) FROM pg_class WHERE relname = 'passage_vectors'"))
                    .isZero();
        }
    }

    @Test
    void theRolesOfThePageMayDoWhatTheyNeed() throws IOException {
        indexAFixtureIn(PgliteForTests.emptyUrl());
        List<List<Hit>> before = hits();
        sql(
                "CREATE ROLE rollcall_user; CREATE ROLE rollcall_reader; GRANT USAGE ON SCHEMA extensions, public TO PUBLIC");
        sql("SET ROLE rollcall_reader");
        assertThatThrownBy(() -> count(VECTORS)).rootCause().hasMessageContaining("permission denied");
        sql("SET ROLE postgres");
        sql(Files.readString(Path.of("..", "deploy", "grants.sql")));

        sql("SET ROLE rollcall_reader");
        assertThat(hits()).isEqualTo(before);
        assertThat(index()).startsWith("in the database, by pgvector");
        sql("SET ROLE rollcall_user");
        sql("DELETE FROM passage_vectors");
        session.drain(Progress.NONE, () -> false);
        assertThat(count(VECTORS)).isEqualTo(embedded());
    }

    private static Shared shared(SqlStore store) {
        return store.passages().shared(store.passages().place());
    }
}
