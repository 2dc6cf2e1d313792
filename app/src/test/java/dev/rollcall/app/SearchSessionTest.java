package dev.rollcall.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.search.Embedder;
import dev.rollcall.search.Embedding;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.Indexing.Progress;
import dev.rollcall.search.LettersEmbedder;
import dev.rollcall.search.Question.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The search of one roll: what it embeds and when, and what it does with what is missing. */
class SearchSessionTest {
    private static final String GATE = "{\"status\":\"ACTIVE\",\"current_tasks\":[\"mending the north gate\",\"%s\"]}";

    @TempDir
    private Path folder;

    private Shell shell;
    private Rollcall rollcall;
    private final List<String> read = Collections.synchronizedList(new ArrayList<>());
    private int loaded;

    @BeforeEach
    void layOut() {
        shell = new Shell(folder);
        shell.write("Ada", GATE.formatted("sweeping the yard"));
        shell.write("Bo", "{\"status\":\"IDLE\",\"current_tasks\":[\"baking brown bread\"]}");
        rollcall = Rollcall.open(shell.root);
        sync();
    }

    @AfterEach
    void close() {
        rollcall.close();
    }

    private void sync() {
        rollcall.syncAll(Extent.CHANGES, dev.rollcall.sync.Progress.NONE);
    }

    /** Letters under any name, that remember what they were given. */
    private final class Reader implements Embedder {
        private final LettersEmbedder letters = new LettersEmbedder();
        private final String model;

        Reader(String model) {
            this.model = model;
            loaded++;
        }

        @Override
        public String model() {
            return model;
        }

        @Override
        public int dimension() {
            return letters.dimension();
        }

        @Override
        public Embedding embed(String text) {
            read.add(text);
            return letters.embed(text);
        }

        @Override
        public void close() {
            letters.close();
        }
    }

    private SearchSession session() {
        return session(() -> new Reader("letters"));
    }

    private SearchSession session(Supplier<Embedder> loading) {
        return new SearchSession(rollcall, loading);
    }

    private Embedder noModel() {
        loaded++;
        throw new ProblemException(ProblemCode.MODEL_UNAVAILABLE, "there is no model here", "");
    }

    private long drain() {
        try (SearchSession session = session()) {
            return session.drain(Progress.NONE, () -> false);
        }
    }

    private List<Answer> ask(SearchSession session, String question) {
        session.catchUp(Progress.NONE);
        return rollcall.searching().with(session).search(question, Scope.ALL, Wanted.ANYBODY, 5);
    }

    @Test
    void oneChangedTaskIsOneTextForTheModelAndAnUnchangedSyncIsNone() {
        assertThat(drain()).isEqualTo(3);
        sync();
        assertThat(drain()).isZero();
        assertThat(loaded).isEqualTo(1);

        read.clear();
        shell.write("Ada", GATE.formatted("painting the fence"));
        sync();
        assertThat(drain()).isEqualTo(1);
        assertThat(read).containsExactly("current task: painting the fence");

        read.clear();
        shell.write("Ada", GATE.formatted("sweeping the yard"));
        sync();
        assertThat(drain()).isZero();
        assertThat(read).isEmpty();
    }

    @Test
    void whoeverHasSaidEnoughIsListenedToAndTheRestIsStillWaiting() {
        List<Long> done = new ArrayList<>();
        try (SearchSession session = session()) {
            session.drain((now, total, texts) -> done.add(now), () -> !done.isEmpty());
            assertThat(done).containsExactly(1L);
            session.drain((now, total, texts) -> done.add(total), () -> false);
        }
        assertThat(done).containsExactly(1L, 1L);
    }

    @Test
    void withoutAModelWordsAnswerAndAreStrongWhereTheyAreShared() {
        try (SearchSession session = session(this::noModel)) {
            List<Answer> answers = ask(session, "who is mending the north gate");
            assertThat(answers.getFirst().hit().agent()).isEqualTo(new AgentId("Ada"));
            assertThat(answers.getFirst().hit().strength()).isEqualTo(Strength.STRONG);
            assertThat(ask(session, "mending broken zeppelins and large submarines"))
                    .isNotEmpty()
                    .allMatch(answer -> answer.hit().strength() == Strength.WEAK);
            assertThat(session.notices()).containsExactly("searched by words alone: there is no model here");
        }
        assertThat(loaded).as("tried once").isEqualTo(1);
        assertThat(drain()).as("still queued").isEqualTo(3);
    }

    @Test
    void anotherModelIsAskedForEverythingThoughNobodyWaits() {
        drain();
        try (SearchSession newer = session(() -> new Reader("newer"))) {
            Answer best = ask(newer, "north gate").getFirst();
            assertThat(best.hit().agent()).isEqualTo(new AgentId("Ada"));
            assertThat(best.hit().similarity()).isPositive();
            assertThat(newer.notices()).isEmpty();
        }
        assertThat(rollcall.reading().passages().place().model()).isEqualTo("newer");
    }

    @Test
    void aSessionThatWasWithoutVectorsTakesThoseOfAnother() {
        try (SearchSession waiting = session(this::noModel);
                SearchSession other = session()) {
            ask(waiting, "north gate");
            ask(other, "north gate");
            assertThat(ask(waiting, "north gate")).isNotEmpty();
            assertThat(rollcall.searching().with(waiting).similar(new AgentId("Ada"), Wanted.ANYBODY, 5))
                    .extracting(answer -> answer.hit().agent().value())
                    .containsExactly("Bo");
        }
    }

    @Test
    void aDatabaseThatCanNotBeWrittenToIsANoticeAndTheRestIsSearched() throws SQLException {
        drain();
        shell.write("Bo", "{\"status\":\"IDLE\",\"current_tasks\":[\"cooking soup\"]}");
        sync();
        refuse("agent_status");
        try (SearchSession session = session()) {
            assertThat(ask(session, "north gate").getFirst().hit().strength()).isEqualTo(Strength.STRONG);
            assertThat(session.notices())
                    .singleElement()
                    .asString()
                    .startsWith("the index could not be brought up to date: ")
                    .contains("refused for the test");

            allow();
            session.drain(Progress.NONE, () -> false);
            assertThat(session.notices()).as("told no longer than it lasts").isEmpty();
        }
    }

    @Test
    void vectorsOfAnotherModelInADatabaseThatCanNotBeWrittenToAreNotCompared() throws SQLException {
        drain();
        refuse("search_index");
        try (SearchSession newer = session(() -> new Reader("newer"))) {
            Answer best = ask(newer, "who mends the north gate").getFirst();
            assertThat(best.hit().agent()).isEqualTo(new AgentId("Ada"));
            assertThat(best.hit().similarity()).isZero();
            assertThat(newer.notices())
                    .hasSize(2)
                    .anySatisfy(notice -> assertThat(notice).contains("could not be brought up to date"))
                    .anySatisfy(notice -> assertThat(notice).contains("of another model"));

            allow();
            newer.drain(Progress.NONE, () -> false);
            assertThat(newer.notices()).as("told no longer than it lasts").isEmpty();
        }
    }

    private void allow() throws SQLException {
        try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement statement = hand.createStatement()) {
            statement.executeUpdate("DROP TRIGGER refuse");
        }
    }

    private void refuse(String table) throws SQLException {
        try (Connection hand = DriverManager.getConnection("jdbc:sqlite:" + shell.database());
                Statement statement = hand.createStatement()) {
            statement.executeUpdate("CREATE TRIGGER refuse BEFORE UPDATE ON " + table
                    + " BEGIN SELECT RAISE(ABORT, 'refused for the test'); END");
        }
    }

    @Test
    void aRollThatIsNotThereHasNoAnswersAndIsNotMadeByAQuestion() {
        Shell elsewhere = new Shell(folder.resolve("elsewhere"));
        try (Rollcall empty = Rollcall.open(elsewhere.root);
                SearchSession session = new SearchSession(empty, LettersEmbedder::new)) {
            SwarmSearch search = empty.searching().with(session);
            assertThat(search.search("who bakes bread", Scope.ALL, Wanted.ANYBODY, 5))
                    .isEmpty();
            assertThat(search.search("who is idle", Scope.ALL, Wanted.ANYBODY, 5))
                    .isEmpty();
            assertThat(search.recommend("bake bread", 5)).isEmpty();
            assertThat(search.overlaps().pairs()).isEmpty();
        }
        assertThat(elsewhere.database()).doesNotExist();
    }

    @Test
    void anAgentThatIsForgottenIsNotFoundByASessionThatKnewIt() throws Exception {
        try (SearchSession session = session()) {
            assertThat(ask(session, "baking brown bread").getFirst().hit().agent())
                    .isEqualTo(new AgentId("Bo"));
            Files.delete(shell.file("Bo"));
            sync();
            assertThat(shell.run("forget", "Bo", "--yes").exitCode()).isZero();

            assertThat(ask(session, "baking brown bread"))
                    .extracting(answer -> answer.hit().agent().value())
                    .containsExactly("Ada");
        }
    }

    @Test
    void pruningForgetsPastWorkThatWasSeenGoneBefore() {
        drain();
        for (int i = 0; i < 5; i++) {
            shell.write("Bo", "{\"status\":\"IDLE\",\"cycle_count\":" + i + ",\"current_tasks\":[\"cooking soup\"]}");
            sync();
        }
        assertThat(shell.run("prune", "--keep", "1d").exitCode()).isZero();
        try (SearchSession session = session()) {
            Answer bread = ask(session, "baking brown bread").getFirst();
            assertThat(bread.hit().agent()).isEqualTo(new AgentId("Bo"));
            assertThat(bread.hit().passage().text()).isEqualTo("baking brown bread");
        }

        assertThat(shell.run("prune", "--keep", "0s").exitCode()).isZero();
        try (SearchSession session = session()) {
            assertThat(ask(session, "baking brown bread"))
                    .noneMatch(answer -> answer.hit().passage().text().equals("baking brown bread"));
        }
    }

    @Test
    void whoIsAtTheSameIsComparedByMissionsAndTasksAlone() {
        for (int i = 0; i < 6; i++) {
            shell.write("Aa-" + i, "{\"status\":\"COMPLETE\",\"current_mission\":\"painting all the doors\"}");
        }
        shell.write(
                "Zoe",
                "{\"status\":\"ACTIVE\",\"role\":\"painting all doors\",\"achievements\":[\"painting all the doors\"],"
                        + "\"current_tasks\":[\"painting all of the doors\"]}");
        shell.write("Yan", "{\"status\":\"ACTIVE\",\"achievements\":[\"painting all the doors\"]}");
        sync();
        try (SearchSession session = session()) {
            session.catchUp(Progress.NONE);
            assertThat(rollcall.searching().with(session).atWork("Painting all the doors", 3))
                    .singleElement()
                    .satisfies(answer -> {
                        assertThat(answer.hit().agent()).isEqualTo(new AgentId("Zoe"));
                        assertThat(answer.hit().passage().field()).isEqualTo("current_task");
                        assertThat(answer.hit().similarity()).isGreaterThan(0.6);
                    });
        }
    }
}
