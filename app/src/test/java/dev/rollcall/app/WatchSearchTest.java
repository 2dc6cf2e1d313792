package dev.rollcall.app;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.SearchAnswers.Source;
import dev.rollcall.app.SearchRequest.Kind;
import dev.rollcall.app.SwarmSearch.Wanted;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.files.StateFolder;
import dev.rollcall.search.Question.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The search beside a watch, where there is no model. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchSearchTest {
    private static final String MODELS = "rollcall.models";
    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    private Path folder;

    private Shell shell;
    private @Nullable String before;
    private final AtomicInteger opened = new AtomicInteger();

    @BeforeEach
    void layOut() {
        before = System.setProperty(MODELS, folder.resolve("nothing").toString());
        shell = new Shell(folder);
        shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"mending the north gate\"]}");
        shell.run("sync", "--all");
    }

    @AfterEach
    void asItWas() {
        if (before == null) {
            System.clearProperty(MODELS);
        } else {
            System.setProperty(MODELS, before);
        }
    }

    private WatchSearch beside() {
        return new WatchSearch(
                () -> {
                    opened.incrementAndGet();
                    return Rollcall.open(shell.root);
                },
                () -> true);
    }

    private static SearchRequest request(Kind kind, String text) {
        return new SearchRequest(kind, text, Scope.ALL, Wanted.ANYBODY, 5);
    }

    @Test
    void itAnswersWithWhatItHasAndTellsWhatItLacks() throws Exception {
        try (WatchSearch search = beside()) {
            SearchAnswers told = AnswerLines.read(search.answer(request(Kind.SEARCH, "who mends the gate")));

            assertThat(told.answers())
                    .extracting(answer -> answer.hit().agent())
                    .containsExactly(new AgentId("Ada"));
            assertThat(told.notices()).singleElement().asString().startsWith("searched by words alone: ");
            eventually(SOON, () -> assertThat(search.trouble()).startsWith("searched by words alone: "));
        }
    }

    @Test
    void aQuestionItCanNotAnswerIsLeftToWhoeverAsksAndCostsNothing() {
        try (WatchSearch search = beside()) {
            assertThat(search.answer(request(Kind.SIMILAR, "Adda"))).isEmpty();
            assertThat(search.answer(request(Kind.SIMILAR, "../etc"))).isEmpty();
            assertThat(search.answer(request(Kind.SEARCH, "north gate"))).startsWith("answer\tAda\t");
            assertThat(search.answer(request(Kind.SIMILAR, "Adda"))).isEmpty();
            assertThat(search.answer(request(Kind.SEARCH, "north gate"))).startsWith("answer\tAda\t");
        }
        assertThat(opened).as("times that the roll was opened").hasValueLessThanOrEqualTo(2);
    }

    @Test
    void withManyWaitingWhoeverAsksLooksForHimself() {
        for (int i = 0; i < 51; i++) {
            shell.write("Agent-" + i, "{\"status\":\"IDLE\",\"current_tasks\":[\"sweeping yard " + i + "\"]}");
        }
        shell.run("sync", "--all");
        try (WatchSearch search = beside()) {
            assertThat(search.answer(request(Kind.SEARCH, "north gate"))).isEmpty();
        }
    }

    @Test
    void aDatabaseInTheOthersPlaceIsTheOneThatIsAsked() throws Exception {
        try (WatchSearch search = beside()) {
            assertThat(search.answer(request(Kind.SEARCH, "north gate"))).startsWith("answer\tAda\t");
            for (String end : new String[] {"", "-wal", "-shm"}) {
                Files.deleteIfExists(Path.of(shell.database() + end));
            }
            shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"baking bread\"]}");
            shell.run("sync", "--all");

            assertThat(search.answer(request(Kind.SEARCH, "north gate"))).doesNotContain("answer\tAda\t");
            assertThat(search.answer(request(Kind.SEARCH, "baking bread"))).startsWith("answer\tAda\t");
        }
    }

    @Test
    void aMissionThatSomebodyIsAtIsToldByWordsWhereTheWatchHasNoModel() {
        try (WatchSearch search = beside();
                ControlSocket socket = socket(search);
                Rollcall rollcall = Rollcall.open(shell.root)) {
            assertThat(socket).isNotNull();
            assertThat(rollcall.searching().whoIsAt("Mending the north gate", new AgentId("Bo")))
                    .extracting(answer -> answer.hit().agent().value())
                    .containsExactly("Ada");
            assertThat(rollcall.searching().whoIsAt("Mending the north gate", new AgentId("Ada")))
                    .isEmpty();
            assertThat(rollcall.searching().whoIsAt("Digging a well", new AgentId("Bo")))
                    .isEmpty();
        }
    }

    @Test
    void aQuestionAboutStatesIsToldToBeOne() {
        try (WatchSearch search = beside()) {
            SearchAnswers offline = AnswerLines.read(search.answer(request(Kind.SEARCH, "who is offline")));
            assertThat(offline.answers()).isEmpty();
            assertThat(offline.source()).isEqualTo(Source.COLUMNS);
            assertThat(AnswerLines.read(search.answer(request(Kind.SEARCH, "north gate")))
                            .source())
                    .isEqualTo(Source.TEXTS);
        }
    }

    @Test
    void aMissionNamedLikeAStateIsComparedAsAText() {
        shell.write("Ada", "{\"status\":\"ACTIVE\",\"current_tasks\":[\"who is blocked\"]}");
        shell.write("Cleo", "{\"status\":\"BLOCKED\",\"current_tasks\":[\"baking bread\"]}");
        shell.run("sync", "--all");
        try (WatchSearch search = beside()) {
            assertThat(AnswerLines.read(search.answer(request(Kind.SAME_WORK, "Who is blocked?")))
                            .answers())
                    .extracting(answer -> answer.hit().agent().value())
                    .containsExactly("Ada");
        }
    }

    @Test
    void aVerbDoesNotWaitForABusyWatch() {
        try (ControlSocket socket = socket(line -> {
                    LockSupport.parkNanos(Duration.ofSeconds(2).toNanos());
                    return "";
                });
                Rollcall rollcall = Rollcall.open(shell.root)) {
            assertThat(socket).isNotNull();
            shell.write("Cleo", "{\"status\":\"ACTIVE\",\"current_mission\":\"Dig a well\"}");
            shell.run("sync", "--all");
            rollcall.searching().whoIsAt("warm up", new AgentId("Bo"));
            long before = System.nanoTime();
            assertThat(rollcall.searching().whoIsAt("Dig a well", new AgentId("Bo")))
                    .extracting(answer -> answer.hit().agent().value())
                    .containsExactly("Cleo");
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofMillis(1_500));
        }
    }

    private ControlSocket socket(WatchSearch search) {
        return socket(line -> search.answer(SearchRequest.of(line)));
    }

    private ControlSocket socket(UnaryOperator<String> answers) {
        try (Rollcall rollcall = Rollcall.open(shell.root)) {
            StateFolder places = new StateFolder(shell.root);
            return ControlSocket.open(
                    WatchPlaces.of(
                                    places,
                                    rollcall.database(),
                                    rollcall.settings().swarm())
                            .socket(),
                    answers);
        }
    }
}
