package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.AgentId;
import dev.rollcall.roll.RollStore;
import dev.rollcall.sync.Verifier.Depth;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens to files and roll while they are verified is not taken for a difference between them. */
class VerifyMeanwhileTest {
    private static final String FIRST = "{\"status\":\"ACTIVE\",\"cycle_count\":1}";
    private static final String SECOND = "{\"status\":\"ACTIVE\",\"cycle_count\":2}";

    private static final AgentId BO = new AgentId("Bo");

    @TempDir
    Path folder;

    private Workshop workshop;

    @BeforeEach
    void sync() {
        workshop = new Workshop(folder);
        workshop.write("Ada", FIRST);
        // Else nobody would be left at all, which sync does not believe.
        workshop.write("Bo", FIRST);
        workshop.syncAll();
    }

    @AfterEach
    void close() {
        workshop.close();
    }

    /** Something happens once, when Ada's file has been looked at and Bo's is being. */
    private Verification verifiedWhile(Runnable something) {
        AtomicBoolean isDone = new AtomicBoolean();
        StatusSource source = new ReadingTold(workshop.source(), agent -> {
            if (agent.equals(BO) && isDone.compareAndSet(false, true)) {
                something.run();
            }
        });
        return verified(source, workshop.store());
    }

    private Verification verified(StatusSource source, RollStore store) {
        List<Verification> verifications = new Verifier(
                        source, store, Workshop.RULES, workshop.clock(), workshop.clock()::advance)
                .verifyAll(Depth.EVERY_REVISION, Progress.NONE);
        assertThat(verifications).hasSize(2);
        return verifications.getFirst();
    }

    @Test
    void aVersionThatWasRecordedSinceTheFileWasRead() {
        Verification verification = verifiedWhile(() -> {
            workshop.write("Ada", SECOND);
            workshop.syncAll();
        });

        assertThat(verification.verdict()).isEqualTo(Verdict.SYNCED);
        assertThat(verification.drift()).isEmpty();
    }

    @Test
    void aVersionThatNobodyHasRecordedYet() {
        Verification verification = verifiedWhile(
                () -> workshop.write("Ada", SECOND, workshop.clock().instant().minus(Duration.ofSeconds(30))));

        assertThat(verification.drift()).isEmpty();
        assertThat(verification.verdict()).isIn(Verdict.SYNCED, Verdict.LAGGING);
    }

    @Test
    void anAgentThatLeftSinceItsFileWasRead() {
        Verification verification = verifiedWhile(() -> {
            workshop.remove("Ada");
            workshop.syncAll();
        });

        assertThat(verification.verdict()).isEqualTo(Verdict.LEFT);
        assertThat(verification.drift()).isEmpty();
    }

    @Test
    void anAgentThatJoinedSinceItsFileWasRead() {
        workshop.remove("Ada");
        workshop.syncAll();
        workshop.write("Ada", SECOND);

        Verification verification = verifiedWhile(workshop::syncAll);

        assertThat(verification.verdict()).isEqualTo(Verdict.SYNCED);
    }

    @Test
    void aVersionThatWasRecordedSinceTheRollWasRead() {
        workshop.write("Ada", SECOND);
        AtomicBoolean isRead = new AtomicBoolean();
        AtomicBoolean isDone = new AtomicBoolean();
        RollStore store = Faults.before(RollStore.class, workshop.store(), (call, arguments) -> {
            if (call.equals("stored")) {
                isRead.set(true);
            } else if (isRead.get() && isDone.compareAndSet(false, true)) {
                workshop.syncAll();
            }
        });

        assertThat(verified(workshop.source(), store).verdict()).isEqualTo(Verdict.SYNCED);
        assertThat(isDone).isTrue();
    }
}
