package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.git.CommittedRepository;
import dev.rollcall.git.CommittedRepository.Change;
import dev.rollcall.git.GitHistory;
import dev.rollcall.roll.RollArchive.Outcome;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.StoredAgent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Writers, commits, syncs and imports in any order: an import changes nothing of now, and a sync finds the roll in order. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ImportOrderTest {
    private static final int STEPS = 60;
    private static final int AGENTS = 3;

    @TempDir
    private Path folder;

    private Workshop workshop;
    private CommittedRepository repository;
    private int last;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void importsAndSyncsMayComeInAnyOrder(long seed) throws Exception {
        Random random = new Random(seed);
        repository = new CommittedRepository(folder.resolve("ship"));
        try (Workshop opened = new Workshop(folder)) {
            workshop = opened;
            // Somebody is always there: else the root would look as if it were unmounted.
            workshop.write("Keeper", "{}");
            for (int i = 0; i < STEPS; i++) {
                workshop.clock().advance(Duration.ofSeconds(1 + random.nextInt(3)));
                step(random, "Agent-" + random.nextInt(AGENTS), "seed " + seed + ", step " + i);
            }
            assertInOrder("seed " + seed);
            workshop.force();
            assertInOrder("forced, seed " + seed);
        }
    }

    private void step(Random random, String agent, String which) throws Exception {
        switch (random.nextInt(7)) {
            case 0 -> workshop.write(agent, text(random));
            case 1 -> Files.deleteIfExists(workshop.file(agent));
            case 2, 3 -> commit(agent);
            case 4 -> workshop.syncAll();
            case 5 -> {
                workshop.syncAll();
                assertInOrder(which);
            }
            default -> runImport(which);
        }
    }

    private static String text(Random random) {
        return random.nextInt(5) == 0
                ? "{\"status\": "
                : "{\"status\": \"ACTIVE\", \"cycle_count\": " + random.nextInt(4) + "}";
    }

    private void commit(String agent) throws Exception {
        String path = "agent_workspaces/" + agent + "/status.json";
        Change change = Files.exists(workshop.file(agent))
                ? Change.write(path, Files.readAllBytes(workshop.file(agent)))
                : Change.delete(path);
        change.and("agent_workspaces/Keeper/status.json", "{}");
        last = last == 0
                ? repository.commit("main", workshop.clock().instant(), change)
                : repository.commit("main", workshop.clock().instant(), change, last);
    }

    private void runImport(String which) {
        if (last == 0) {
            return;
        }
        repository.done();
        String before = now();
        ImportReport first = run();
        ImportReport second = run();

        assertThat(now()).as(which).isEqualTo(before);
        assertThat(second.versions().count(Outcome.RECORDED))
                .as("%s: %s", which, first)
                .isZero();
    }

    private ImportReport run() {
        try (GitHistory history = new GitHistory(repository.folder, 1 << 20)) {
            return new HistoryImport(history, () -> workshop.store().archive(), Workshop.RULES, workshop.clock())
                    .run("agent_workspaces", Progress.NONE);
        }
    }

    /** Everything that tells of now, and of a followed agent also which version is the latest. */
    private String now() {
        StringBuilder now = new StringBuilder();
        for (RollEntry entry : workshop.store().list()) {
            StoredAgent stored = workshop.store().stored(entry.agent()).orElseThrow();
            now.append(entry).append(stored.row().isEmpty() ? "" : stored).append('\n');
        }
        return now.append(workshop.store().standings())
                .append(workshop.store().newest())
                .toString();
    }

    private void assertInOrder(String which) {
        workshop.syncAll();
        for (Verification verification : workshop.verifyAll()) {
            assertThat(verification.drift()).as("%s: %s", which, verification).isEmpty();
            assertThat(verification.verdict())
                    .as("%s: %s", which, verification)
                    .isIn(Verdict.SYNCED, Verdict.LEFT, Verdict.REJECTED);
        }
        for (int i = 0; i < AGENTS; i++) {
            AgentId agent = new AgentId("Agent-" + i);
            Optional<Long> head = workshop.store()
                    .past()
                    .at(agent, workshop.clock().instant().plusSeconds(9))
                    .map(version -> version.revision());
            workshop.store()
                    .find(agent)
                    .filter(entry -> entry.revision() > 0)
                    .ifPresent(entry -> assertThat(head).as(which).contains(entry.revision()));
            boolean isTold = workshop.store().past().gaps(agent).stream()
                    .noneMatch(gap -> gap.covers(workshop.clock().instant()));
            boolean isAccepted = workshop.verifier()
                    .verify(agent, Verifier.Depth.HEAD)
                    .filter(verification -> verification.verdict() == Verdict.SYNCED)
                    .isPresent();
            assertThat(isTold || head.isEmpty()).as("%s: %s", which, agent).isEqualTo(isAccepted || head.isEmpty());
        }
    }
}
