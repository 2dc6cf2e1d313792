package dev.rollcall.search;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.Progress;
import dev.rollcall.vectors.ExactIndex;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A swarm with questions about it and who answers them, in a roll of its own, indexed. The folder is one of
 * src/test/resources/judged or has the same shape.
 */
final class JudgedSwarm implements AutoCloseable {
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final List<Judged> questions;
    private final Set<Set<AgentId>> overlaps;
    private final Rollcall rollcall;
    private final SqlStore store;
    private final PassageIndex index;

    private JudgedSwarm(Path set, Rollcall rollcall, SqlStore store, PassageIndex index) throws IOException {
        this.name = set.getFileName().toString();
        this.questions = readQuestions(set);
        this.overlaps = readOverlaps(set);
        this.rollcall = rollcall;
        this.store = store;
        this.index = index;
    }

    /**
     * A question and its answers.
     *
     * @param answers any of whom is right; empty where nobody is
     * @param kind as in the README of the sets
     * @param overlap high or low: whether question and document share telling words
     */
    record Judged(String text, Set<AgentId> answers, String kind, String overlap) {
        boolean isAboutState() {
            return kind.equals("state");
        }

        /** Asks for somebody whom only texts can tell, and there is somebody. */
        boolean isFitting() {
            return !isAboutState() && !answers.isEmpty();
        }

        boolean isUnfitting() {
            return !isAboutState() && answers.isEmpty();
        }
    }

    /**
     * @param set with agent_workspaces, and questions.tsv or relevance.tsv
     * @param folder for the roll
     */
    static JudgedSwarm load(Path set, Path folder, Embedder embedder) throws IOException {
        String database = folder.resolve("roll.db").toString();
        Rollcall rollcall = Rollcall.open(Options.NONE
                .with(Setting.ROOT, set.resolve("agent_workspaces").toString())
                .with(Setting.DB, database));
        rollcall.syncAll(Extent.EVERYTHING, Progress.NONE);
        SqlStore store = SqlStore.open(database, SwarmName.DEFAULT, LOCK_TIMEOUT);
        store.passageQueue().demandModel(embedder.model(), embedder.dimension());
        new Indexing(store.passageQueue(), embedder).drain(Indexing.Progress.NONE, () -> false);
        PassageIndex index = new ExactIndex(embedder.dimension());
        IndexFilling.fill(index, store.passages(), embedder.model());
        return new JudgedSwarm(set, rollcall, store, index);
    }

    private static List<Judged> readQuestions(Path set) throws IOException {
        Path own = set.resolve("questions.tsv");
        return Files.readAllLines(Files.exists(own) ? own : set.resolve("relevance.tsv")).stream()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .map(cells -> new Judged(cells[0], answers(cells[1]), cells[2], cells[3]))
                .toList();
    }

    private static Set<AgentId> answers(String cell) {
        return cell.equals("NONE")
                ? Set.of()
                : Arrays.stream(cell.split(",")).map(AgentId::new).collect(Collectors.toSet());
    }

    private static Set<Set<AgentId>> readOverlaps(Path set) throws IOException {
        Path file = set.resolve("overlaps.tsv");
        return !Files.exists(file)
                ? Set.of()
                : Files.readAllLines(file).stream()
                        .skip(1)
                        .map(line -> answers(line.replace('\t', ',')))
                        .collect(Collectors.toSet());
    }

    /** Of one of the sets in the test resources. */
    static Path own(String set) {
        try {
            return Path.of(Objects.requireNonNull(JudgedSwarm.class.getResource("/judged/" + set))
                    .toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String name() {
        return name;
    }

    List<Judged> questions() {
        return questions;
    }

    /** Pairs that do the same work at present. */
    Set<Set<AgentId>> overlaps() {
        return overlaps;
    }

    /** What a user of the program searches with. Needs no model for questions about states and for overlaps. */
    SwarmSearch asUsed() {
        return rollcall.searching().with(rollcall.searching().session());
    }

    String document(AgentId agent) {
        return rollcall.roll().currentDocument(agent).orElseThrow();
    }

    RollPassages passages() {
        return store.passages();
    }

    PassageIndex index() {
        return index;
    }

    Collection<AgentId> agents() {
        return store.list().stream().map(entry -> entry.agent()).toList();
    }

    @Override
    public void close() {
        index.close();
        store.close();
        rollcall.close();
    }
}
