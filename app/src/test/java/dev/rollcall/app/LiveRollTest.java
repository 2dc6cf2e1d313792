package dev.rollcall.app;

import static dev.rollcall.process.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.store.HandEdit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A roll in memory that others change. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LiveRollTest {
    /** So many that reading them all takes longer than a look. */
    private static final int AGENTS = 1_500;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private Shell shell;

    @BeforeEach
    void record() {
        shell = new Shell(folder);
        for (int agent = 1; agent <= AGENTS; agent++) {
            shell.write("Agent-" + agent, "{\"status\":\"ACTIVE\",\"cycle_count\":0}");
        }
        shell.run("sync", "--all");
    }

    private Rollcall open() {
        return Rollcall.open(Options.NONE.with(Setting.ROOT, shell.root.toString()));
    }

    /** An edit by hand has no event, so that it is seen only once everybody was read. */
    private void edit(String focus) {
        HandEdit.apply(
                shell.database().toString(),
                "UPDATE agent_workspaces SET current_focus='" + focus + "' WHERE agent_id='Agent-" + AGENTS + "'");
    }

    private static String focus(LiveRoll.Look look) {
        return look.agents().stream()
                .filter(agent -> agent.entry().agent().value().equals("Agent-" + AGENTS))
                .findFirst()
                .orElseThrow()
                .entry()
                .columns()
                .text(StatusField.CURRENT_FOCUS)
                .orElse("");
    }

    private static Map<String, Long> cycles(LiveRoll.Look look) {
        Map<String, Long> cycles = new HashMap<>();
        look.agents()
                .forEach(agent -> cycles.put(
                        agent.entry().agent().value(),
                        agent.entry().columns().cycleCount().orElse(-1L)));
        return cycles;
    }

    @Test
    void whatWasRecordedIsNeverShownAsItWasBeforeWhileEverybodyIsReadAgain() {
        Map<String, Long> recorded = new HashMap<>();
        long cycle = 0;
        try (Rollcall watched = open();
                Rollcall writing = open();
                OpenRolls rolls = new OpenRolls(watched);
                LiveRoll live = new LiveRoll(watched, rolls)) {
            live.look();
            for (String focus : new String[] {"first", "second", "third"}) {
                edit(focus);
                LiveRoll.Look look = live.look();
                while (!focus(look).equals(focus)) {
                    cycle++;
                    String agent = "Agent-" + (cycle % (AGENTS - 1) + 1);
                    shell.write(agent, "{\"status\":\"ACTIVE\",\"cycle_count\":" + cycle + "}");
                    writing.sync(new AgentId(agent), Extent.CHANGES);
                    recorded.put(agent, cycle);
                    look = live.look();
                    assertThat(look.trouble()).isNull();
                    assertThat(cycles(look)).containsAllEntriesOf(recorded);
                }
            }
        }
        assertThat(recorded).isNotEmpty();
    }

    @Test
    void whoAsksIsToldOfWhatHasNoEventOnceEverybodyMayBeReadAgain() throws Exception {
        try (Rollcall watched = open();
                OpenRolls rolls = new OpenRolls(watched);
                LiveRoll live = new LiveRoll(watched, rolls)) {
            live.look();
            eventually(PATIENCE, () -> {
                String focus = "edited at " + System.nanoTime();
                edit(focus);
                assertThat(focus(live.look())).isEqualTo(focus);
            });
        }
    }

    @Test
    void aDatabaseThatLacksWhatIsKnownIsNotTakenForTheRoll() {
        try (Rollcall rollcall = open();
                WholeReading reading = new WholeReading(rollcall)) {
            reading.begin(rollcall.feed().newest() + 1);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> eventually(
                            PATIENCE, () -> assertThat(reading.ended()).isPresent()));
        }
    }

    @Test
    void everybodyIsReadOnceAndWhatIsNotWantedAnyMoreIsDropped() throws Exception {
        try (Rollcall rollcall = open();
                WholeReading reading = new WholeReading(rollcall)) {
            assertThat(reading.ended()).isEmpty();
            reading.begin(0);
            assertThat(reading.isRunning()).isTrue();
            eventually(
                    PATIENCE,
                    () -> assertThat(reading.ended())
                            .hasValueSatisfying(
                                    whole -> assertThat(whole.agents()).hasSize(AGENTS)));
            assertThat(reading.isRunning()).isFalse();
            assertThat(reading.ended()).isEmpty();

            reading.begin(0);
            reading.giveUp();
            assertThat(reading.isRunning()).isTrue();
            List<WholeReading.Whole> told = new ArrayList<>();
            eventually(PATIENCE, () -> {
                reading.ended().ifPresent(told::add);
                assertThat(reading.isRunning()).isFalse();
            });
            assertThat(told).isEmpty();
        }
    }

    @Test
    void aDatabaseThatCanNotBeReadIsToldByWhoeverTakesTheReading() throws Exception {
        try (Rollcall rollcall = open();
                WholeReading reading = new WholeReading(rollcall)) {
            Files.deleteIfExists(shell.database().resolveSibling("roll.db-wal"));
            Files.writeString(shell.database(), "this is no database".repeat(100));
            reading.begin(0);
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> eventually(
                            PATIENCE, () -> assertThat(reading.ended()).isPresent()))
                    .satisfies(
                            thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.DATABASE_UNAVAILABLE));
            assertThat(reading.isRunning()).isFalse();
        }
    }
}
