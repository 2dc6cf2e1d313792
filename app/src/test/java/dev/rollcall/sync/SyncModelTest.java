package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.Presence;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.store.HandEdit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random lives of a small swarm against a model of a few lines: what was written and seen is in history, in order and
 * byte for byte; nothing else is.
 */
class SyncModelTest {
    private static final int STEPS = 150;
    private static final List<String> AGENTS = List.of("Ada", "Bo", "Cy", "Dee", "Eli");

    @TempDir
    Path folder;

    /** What should be true of one agent. */
    private static final class Model {
        private @Nullable String file;
        private boolean good;
        private final List<String> seen = new ArrayList<>();
        private boolean knownGone;
        private boolean rejected;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void theRollFollowsTheFiles(long seed) {
        Random random = new Random(seed);
        Map<String, Model> models = new TreeMap<>();
        AGENTS.forEach(agent -> models.put(agent, new Model()));
        List<String> log = new ArrayList<>();
        try (Workshop workshop = new Workshop(folder)) {
            // One agent that never leaves: a root without agents would be refused.
            workshop.write("Anchor", "{\"status\":\"IDLE\"}");
            for (int step = 0; step < STEPS; step++) {
                log.add(act(workshop, models, random));
                workshop.clock().advance(Duration.ofMillis(random.nextInt(5000)));
            }
            workshop.syncAll();
            models.values().forEach(SyncModelTest::observe);
            check(workshop, models, "seed " + seed + ", steps " + log);
            workshop.force();
            check(workshop, models, "after force, seed " + seed + ", steps " + log);
        }
    }

    private static String act(Workshop workshop, Map<String, Model> models, Random random) {
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        Model model = models.get(agent);
        int action = random.nextInt(12);
        switch (action) {
            case 0, 1, 2, 3 -> {
                model.file = document(random);
                model.good = true;
                workshop.write(agent, model.file);
            }
            case 4, 5 -> {
                model.file = broken(random);
                model.good = false;
                workshop.write(agent, model.file);
            }
            case 6 -> {
                if (model.file != null) {
                    workshop.remove(agent);
                    model.file = null;
                }
            }
            case 7, 8 -> {
                workshop.syncAll();
                models.values().forEach(SyncModelTest::observe);
            }
            case 9 -> {
                if (model.file != null || !model.seen.isEmpty()) {
                    workshop.engine().pass(new AgentId(agent), dev.rollcall.roll.RollChange.Extent.CHANGES);
                    observe(model);
                }
            }
            case 10 -> workshop.reopen();
            default -> {
                workshop.force();
                models.values().forEach(SyncModelTest::observe);
                // Repair needs an intact source: the edit of an agent without a good file would stay named.
                if (model.file != null && model.good) {
                    HandEdit.apply(
                            workshop.database.toString(),
                            "UPDATE agent_workspaces SET status = 'forged', state = 'ERROR' WHERE agent_id = '" + agent
                                    + "'");
                    workshop.force();
                }
            }
        }
        return agent + ":" + action;
    }

    /** What a pass over this agent makes of its file. */
    private static void observe(Model model) {
        if (model.file == null) {
            model.knownGone = !model.seen.isEmpty();
            model.rejected = false;
        } else if (model.good) {
            if (model.seen.isEmpty() || !model.seen.getLast().equals(model.file)) {
                model.seen.add(model.file);
            }
            model.knownGone = false;
            model.rejected = false;
        } else {
            model.rejected = true;
            model.knownGone = false;
        }
    }

    private static void check(Workshop workshop, Map<String, Model> models, String context) {
        models.forEach((agent, model) -> {
            AgentId id = new AgentId(agent);
            var history = workshop.store().history(id);
            List<String> documents = history.stream()
                    .map(revision -> workshop.store().document(id, revision.revision()))
                    .map(document -> document instanceof StoredDocument.Intact intact
                            ? new String(intact.bytes(), StandardCharsets.UTF_8)
                            : document.toString())
                    .toList();
            assertThat(documents).as("history of %s, %s", agent, context).isEqualTo(model.seen);
            workshop.store().find(id).ifPresent(entry -> {
                if (!model.seen.isEmpty()) {
                    boolean gone = entry.presence() == Presence.LEFT;
                    assertThat(gone).as("presence of %s, %s", agent, context).isEqualTo(model.knownGone);
                }
                assertThat(entry.rejectedSince() != null)
                        .as("rejection of %s, %s", agent, context)
                        .isEqualTo(model.rejected);
            });
        });
        checkEvents(workshop, models, context);
        assertThat(workshop.verifyAll())
                .as(context)
                .allSatisfy(verification -> assertThat(verification.drift()).isEmpty())
                .noneMatch(verification -> verification.verdict() == Verdict.LAGGING
                        || verification.verdict() == Verdict.DRIFTED
                        || verification.verdict() == Verdict.UNSYNCED
                        || verification.verdict() == Verdict.MISSING);
    }

    /** The log alone tells every version in order, who is gone, and whose file stands rejected. */
    private static void checkEvents(Workshop workshop, Map<String, Model> models, String context) {
        List<RollEvent> events = workshop.store().after(RollFeed.BEGINNING, Integer.MAX_VALUE);
        models.forEach((agent, model) -> {
            AgentId id = new AgentId(agent);
            List<Long> versions = new ArrayList<>();
            boolean gone = false;
            boolean rejected = false;
            for (RollEvent event : events) {
                if (event.agent().equals(id)) {
                    switch (event.kind()) {
                        case JOINED, CHANGED, STATE_CHANGED -> versions.add(event.revision());
                        case REJECTED -> rejected = true;
                        case RECOVERED -> {
                            assertThat(rejected)
                                    .as("%s recovers, %s", agent, context)
                                    .isTrue();
                            rejected = false;
                        }
                        case LEFT -> {
                            assertThat(gone).as("%s leaves, %s", agent, context).isFalse();
                            gone = true;
                            rejected = false;
                        }
                        case RETURNED -> {
                            assertThat(gone)
                                    .as("%s returns, %s", agent, context)
                                    .isTrue();
                            gone = false;
                        }
                        case STALE, LIVE -> throw new AssertionError(event);
                    }
                    // An agent that was only ever rejected is forgotten when it goes: it joins, and does not return.
                    gone &= !versions.isEmpty();
                }
            }
            assertThat(versions)
                    .as("events of %s, %s", agent, context)
                    .isEqualTo(workshop.store().history(id).stream()
                            .map(Revision::revision)
                            .toList());
            assertThat(gone).as("presence of %s by events, %s", agent, context).isEqualTo(model.knownGone);
            assertThat(rejected)
                    .as("rejection of %s by events, %s", agent, context)
                    .isEqualTo(model.rejected);
        });
    }

    private static String document(Random random) {
        return """
                {"status": "%s", "cycle_count": %d, "points_earned": %d,
                 "current_tasks": ["task %d", "task %d"], "note": "%s"}
                """.formatted(
                        List.of("ACTIVE", "IDLE", "BLOCKED", "SOARING").get(random.nextInt(4)),
                        random.nextInt(5),
                        random.nextInt(3),
                        random.nextInt(4),
                        random.nextInt(4),
                        "x".repeat(random.nextInt(300)));
    }

    private static String broken(Random random) {
        return List.of("", "{", "not json", "{\"a\":1,}", "[1]", "{} {}", "{\"n\":" + random.nextInt(3))
                .get(random.nextInt(7));
    }
}
