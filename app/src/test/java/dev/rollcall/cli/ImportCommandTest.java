package dev.rollcall.cli;

import static dev.rollcall.git.CommittedRepository.Change.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell.Result;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.git.CommittedRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportCommandTest {
    private static final Instant NOON = Instant.parse("2025-10-15T12:00:00Z");
    private static final String FILE = "agent_workspaces/Agent-7/status.json";

    private static final String CONFLICT = "<<<<<<< ours\n{\"a\":1}\n=======\n{\"a\":2}\n>>>>>>> theirs\n";

    @TempDir
    private Path folder;

    private CommittedRepository repository;
    private Shell shell;

    @BeforeEach
    void makeRepository() {
        repository = new CommittedRepository(folder.resolve("ship"));
        shell = new Shell(repository.folder);
    }

    private static String document(int cycle) {
        return "{\"status\": \"ACTIVE\", \"cycle_count\": " + cycle + "}";
    }

    private static String documentOf(String task) {
        return "{\"status\": \"ACTIVE\", \"current_tasks\": [\"" + task + "\"]}";
    }

    private Result run(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "import";
        arguments[1] = "git";
        arguments[2] = repository.folder.toString();
        System.arraycopy(more, 0, arguments, 3, more.length);
        return shell.run(arguments);
    }

    private static int number(Result result, String member) {
        Matcher number = Pattern.compile("\"" + member + "\":(\\d+)").matcher(result.out());
        assertThat(number.find())
                .as("%s of %s%s", member, result.out(), result.err())
                .isTrue();
        return Integer.parseInt(number.group(1));
    }

    private int revisions() {
        return (int) Pattern.compile("\"revision\":")
                .matcher(shell.run("history", "Agent-7", "--json").out())
                .results()
                .count();
    }

    private void commitTwo() {
        int first = repository.commit("main", NOON, write(FILE, document(1)).and("crew/A-1/status.json", "{}"));
        repository.commit("main", NOON.plusSeconds(60), write(FILE, "{"), first);
        repository.done();
    }

    @Test
    void anImportIsToldAsJson() {
        commitTwo();

        Result result = run("--json");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out().replaceAll("\"elapsed_ms\":\\d+", "\"elapsed_ms\":0"))
                .isEqualTo("{\"schema\":1,\"swarm\":\"default\",\"repository\":\"" + repository.folder
                        + "\",\"root\":\"agent_workspaces\",\"commits\":2,\"versions\":2,\"recorded\":1,\"known\":0,"
                        + "\"pruned\":0,\"unchanged\":0,\"newer\":0,\"beside\":0,\"rejected\":{\"truncated\":1},\"deleted\":0,"
                        + "\"clock_adjusted\":0,\"cut\":0,\"missing\":0,\"missing_named\":[],"
                        + "\"other_roots\":[{\"root\":\"crew\",\"versions\":1}],\"ignored\":[],\"elapsed_ms\":0}\n");
        assertThat(revisions()).isEqualTo(1);
    }

    @Test
    void anImportIsToldToAPersonWithWhatElseThereIs() {
        commitTwo();

        Result result = run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains(
                        "2 versions in 2 commits: 1 recorded", "rejected (truncated 1)", "crew: 1 versions", "--swarm");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aVersionOfAnotherBranchIsToldAsSuchAndWasNotInForce() {
        int first = repository.commit("main", NOON, write(FILE, document(1)));
        int side = repository.commit("side", NOON.plusSeconds(60), write(FILE, document(5)), first);
        repository.commit("main", NOON.plusSeconds(120), write(FILE, document(2)), first);
        repository.done();

        Result result = run();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).contains("3 recorded", "beside", "1 versions are of branches beside");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
        String id = repository.id(side);
        assertThat(shell.run("history", "Agent-7").out()).contains("git-branch:" + id.substring(0, 7));
        assertThat(number(shell.run("get", "Agent-7", "--at", "2025-10-15T12:01:30Z", "--json"), "cycle_count"))
                .isEqualTo(1);
        assertThat(number(shell.run("get", "Agent-7", "--at", id, "--json"), "cycle_count"))
                .isEqualTo(5);
        assertThat(shell.run("history", "Agent-7", "--field", "cycle_count").out())
                .doesNotContain("git-branch");
        assertThat(shell.run("blame", "Agent-7", "cycle_count").out()).doesNotContain("git-branch");
    }

    @Test
    void whatOnlyACommittedVersionSaidIsFoundAsPastWork() {
        int first = repository.commit("main", NOON, write(FILE, documentOf("mending the astrolabe")));
        repository.commit("main", NOON.plusSeconds(60), write(FILE, documentOf("baking bread")), first);
        repository.done();
        shell.write("Agent-7", documentOf("baking bread"));
        shell.run("sync", "--all");
        assertThat(shell.run("search", "--scope", "expertise", "astrolabe").out())
                .doesNotContain("mending");

        assertThat(run().exitCode()).isZero();

        Result found = shell.run("search", "--scope", "expertise", "astrolabe", "--json");
        assertThat(found.out())
                .contains("\"text\":\"mending the astrolabe\"", "\"past\":true", "\"at\":\"2025-10-15T12:01:00Z\"");
        assertThat(shell.run("get", "Agent-7", "--at", "r" + number(found, "revision"), "--json")
                        .out())
                .contains("git:" + repository.id(first));
        assertThat(shell.run("recommend", "mend the astrolabe").out()).contains("Agent-7", "mending the astrolabe");
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
    }

    @Test
    void aVersionThatWasSeenBeforeItWasCommittedIsBlamedOnTheSync() {
        shell.write("Agent-7", document(9));
        shell.run("sync", "--all");
        repository.commit("main", Instant.now(), write(FILE, document(9)));
        repository.done();

        assertThat(run().out()).contains("1 unchanged");

        assertThat(shell.run("blame", "Agent-7", "cycle_count").out())
                .contains("set by      revision 1, sync\n", "0 versions since)");
    }

    @Test
    void aVersionThatWasCommittedBeforeItWasSeenIsBlamedOnItsCommit() {
        shell.write("Agent-7", document(9));
        shell.run("sync", "--all");
        int first = repository.commit("main", NOON, write(FILE, document(8)));
        int second = repository.commit("main", NOON.plusSeconds(60), write(FILE, document(9)), first);
        repository.done();

        assertThat(run().out()).contains("2 recorded");

        assertThat(shell.run("blame", "Agent-7", "cycle_count").out())
                .contains("set by      revision 3, git:" + repository.id(second) + "\n")
                .contains("observed    2025-10-15T12:01:00Z (", "1 version since)")
                .containsPattern(
                        "2  2025-10-15T12:00:00Z  git:" + repository.id(first).substring(0, 7) + " +8");
        assertThat(shell.run("blame", "Agent-7", "cycle_count", "--json").out())
                .contains("\"revision\":3", "\"origin\":\"git:" + repository.id(second) + "\",\"versions\":2");
    }

    @Test
    void whatWasCommittedAfterTheLatestSyncNeedsAttention() {
        shell.write("Agent-7", document(9));
        shell.run("sync", "--all");
        // Git counts in seconds: one that has passed since the sync.
        Instant committed = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        repository.commit("main", committed, write(FILE, document(10)));
        repository.done();
        while (Instant.now().isBefore(committed)) {
            Thread.onSpinWait();
        }

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("1 newer", "sync first");
    }

    @Test
    void aShallowCloneIsImportedAsFarAsItGoesAndNeedsAttention() {
        commitTwo();
        Path clone = folder.resolve("clone");
        repository.git("clone", "-q", "--depth", "1", "file://" + repository.folder, clone.toString());

        Result result = shell.runBare(
                "import",
                "git",
                clone.toString(),
                "--root",
                clone.resolve("crew").toString(),
                "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(number(result, "cut")).isEqualTo(1);
        assertThat(number(result, "recorded")).isEqualTo(1);
    }

    @Test
    void whatIsMissingConflictingOrOfAnotherTimeIsCountedAndToldToAPerson() throws Exception {
        int first = repository.commit("main", NOON, write(FILE, document(1)));
        int second = repository.commit("main", NOON.minusSeconds(60), write(FILE, document(2)), first);
        int third = repository.commit("main", Instant.parse("2999-01-01T00:00:00Z"), write(FILE, CONFLICT), second);
        repository.commit("main", NOON.plusSeconds(60), write(FILE, document(4)), third);
        repository.done().unpack();
        String lost =
                repository.git("rev-parse", repository.id(second) + ":" + FILE).getFirst();
        Files.delete(repository.looseObject(lost));

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).isEmpty();
        assertThat(result.out().replaceAll("\\s+", " "))
                .contains("4 commits: 2 recorded", "1 rejected (conflict_markers 1)")
                .contains("missing 1 versions or commits can not be read from this repository:", lost, FILE)
                .contains("clocks 2 commits say that they were made after now, or before their parents");
        assertThat(result.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void aRepositoryThatLacksACommitIsRefusedByItsNameAndLeavesNoDatabase() throws Exception {
        int first = repository.commit("main", NOON, write(FILE, document(1)));
        int second = repository.commit("main", NOON.plusSeconds(60), write(FILE, document(2)), first);
        repository.done().unpack();
        Files.delete(repository.looseObject(repository.id(first)));

        Result result = run();

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err().lines()).hasSize(2);
        assertThat(result.err())
                .startsWith("error: ")
                .contains(repository.id(first))
                .doesNotContain(repository.id(second));
        assertThat(shell.database()).doesNotExist();
    }

    @Test
    void aRootThatOnlyHistoryKnowsIsNamedByItsPath() {
        commitTwo();

        Result result = shell.runBare(
                "import",
                "git",
                repository.folder.toString(),
                "--root",
                "./crew/",
                "--db",
                folder.resolve("roll.db").toString(),
                "--json");

        assertThat(result.out()).contains("\"root\":\"crew\",");
        assertThat(number(result, "recorded")).isEqualTo(1);
    }

    @Test
    void anotherRootThatIsThereIsAnotherSwarm() throws Exception {
        repository.commit("main", NOON, write(FILE, document(1)).and("crew/Agent-7/status.json", document(2)));
        repository.done();
        shell.write("Agent-7", document(1));
        shell.run("sync", "--all");
        Path crew = Files.createDirectories(repository.folder.resolve("crew"));
        List<String> words = List.of(
                "import",
                "git",
                repository.folder.toString(),
                "--root",
                crew.toString(),
                "--db",
                "" + shell.database());

        Result mixed = shell.runBare(words.toArray(String[]::new));
        Result apart = shell.runBare(
                Stream.concat(words.stream(), Stream.of("--swarm", "crew")).toArray(String[]::new));

        assertThat(mixed.exitCode()).isEqualTo(2);
        assertThat(mixed.err())
                .contains("the roll has the agents of agent_workspaces; those of crew are another swarm", "--swarm");
        assertThat(apart.exitCode()).isZero();
        assertThat(shell.run("history", "Agent-7", "--json").out()).doesNotContain("\"cycle_count\":2");
        Files.delete(crew);
        assertThat(shell.runBare(words.toArray(String[]::new)).exitCode())
                .as("one that is not there may be the same under another name")
                .isZero();
    }

    @Test
    void whatCanNotBeImportedIsRefusedAndLeavesNoDatabase() throws Exception {
        assertThat(run().exitCode()).isEqualTo(4);
        assertThat(run().err()).contains("no commits");
        commitTwo();
        Path plain = Files.createDirectory(folder.resolve("plain"));

        Result noRepository = shell.run("import", "git", plain.toString());
        Result noSuchRoot = shell.runBare(
                "import",
                "git",
                repository.folder.toString(),
                "--root",
                repository.folder.resolve("nobody").toString());

        assertThat(noRepository.exitCode()).isEqualTo(4);
        assertThat(noRepository.err()).contains("not in a git repository");
        assertThat(noSuchRoot.exitCode()).isEqualTo(4);
        assertThat(noSuchRoot.err()).contains("hint:", "agent_workspaces", "crew");
        assertThat(shell.run("import", "svn", plain.toString()).exitCode()).isEqualTo(2);
        assertThat(shell.run("import", "git").exitCode()).isEqualTo(2);
        assertThat(shell.database()).doesNotExist();
    }

    @Test
    void anImportThatIsKilledGoesOnWhereItWas() throws Exception {
        int parent = repository.commit("main", NOON, write(FILE, document(0)));
        for (int i = 1; i <= 3000; i++) {
            parent = repository.commit("main", NOON.plusSeconds(i), write(FILE, document(i)), parent);
        }
        repository.done();
        Process child = ChildJvm.start(
                Main.class, "--root", shell.root.toString(), "import", "git", repository.folder.toString());
        while (child.isAlive()
                && shell.run("history", "Agent-7", "--json").out().length() < 500) {
            Thread.onSpinWait();
        }
        child.destroyForcibly().waitFor();
        int before = revisions();

        Result told = run("--json");

        assertThat(before).isPositive();
        assertThat(number(told, "known")).isEqualTo(before);
        assertThat(number(told, "recorded")).isEqualTo(3001 - before);
        shell.write("Agent-7", document(3000));
        assertThat(shell.run("sync", "--all").exitCode()).isZero();
        assertThat(shell.run("verify", "--all", "--deep").exitCode()).isZero();
    }
}
