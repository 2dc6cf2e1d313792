package dev.rollcall.lifecycle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link StatusFile} promises, sentence by sentence; an adapter only subclasses this. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class StatusFileContract {
    protected static final AgentId SEVEN = new AgentId("Agent-7");
    protected static final AgentId EIGHT = new AgentId("Agent-8");

    protected abstract StatusFile file();

    /** Makes the agent's folder if need be, and gives the file these bytes, without any lock. */
    protected abstract void put(AgentId agent, byte[] bytes) throws IOException;

    /** What a reader without any lock finds; empty when there is no file. */
    protected abstract Optional<byte[]> found(AgentId agent) throws IOException;

    /** Puts something that is no regular file where the agent's file should be. */
    protected abstract void obstruct(AgentId agent) throws IOException;

    /** Makes the agent's file one that lies outside the root, with these bytes. */
    protected abstract void leadOutside(AgentId agent, byte[] bytes) throws IOException;

    /** What lies outside now. */
    protected abstract byte[] outside(AgentId agent) throws IOException;

    /** Makes the agent's file a link to the other's. */
    protected abstract void link(AgentId agent, AgentId target) throws IOException;

    protected abstract boolean isLink(AgentId agent);

    /** Gives the file an unusual mode and, where the test may, an unusual owner. */
    protected abstract void mark(AgentId agent) throws IOException;

    protected abstract boolean isMarked(AgentId agent) throws IOException;

    protected abstract void removeRoot() throws IOException;

    @Test
    void holdLetsWorkReadAndReplaceTheFileAndGivesItsResult() throws IOException {
        put(SEVEN, bytes("old"));

        String seen = file().hold(SEVEN, held -> {
            String before = new String(held.read().orElseThrow(), UTF_8);
            held.replace(bytes("new"));
            return before + " " + new String(held.read().orElseThrow(), UTF_8);
        });

        assertThat(seen).isEqualTo("old new");
        assertThat(found(SEVEN).orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void theLockIsGivenBackWhenWorkThrows() {
        for (int i = 0; i < 2; i++) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> file().hold(SEVEN, held -> {
                        throw new IllegalStateException("work failed");
                    }));
        }
    }

    @Test
    void noReaderEverSeesAHalfFile() throws Exception {
        byte[] small = "s".repeat(300).getBytes(UTF_8);
        byte[] large = "L".repeat(100_000).getBytes(UTF_8);
        put(SEVEN, small);
        try (ExecutorService writer = Executors.newSingleThreadExecutor()) {
            Future<?> writing = writer.submit(() -> {
                for (int i = 0; i < 100; i++) {
                    byte[] next = i % 2 == 0 ? large : small;
                    file().hold(SEVEN, held -> {
                        held.replace(next);
                        return next.length;
                    });
                }
            });
            do {
                assertThat(found(SEVEN).orElseThrow())
                        .satisfiesAnyOf(
                                read -> assertThat(read).isEqualTo(small),
                                read -> assertThat(read).isEqualTo(large));
            } while (!writing.isDone());
            writing.get();
        }
    }

    @Test
    void modeAndOwnerAreKept() throws IOException {
        put(SEVEN, bytes("old"));
        mark(SEVEN);
        assertThat(isMarked(SEVEN)).isTrue();

        replace(SEVEN, "new");

        assertThat(isMarked(SEVEN)).isTrue();
        assertThat(found(SEVEN).orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void aLinksTargetIsWrittenAndTheLinkIsKept() throws IOException {
        put(EIGHT, bytes("old"));
        link(SEVEN, EIGHT);

        replace(SEVEN, "new");

        assertThat(isLink(SEVEN)).isTrue();
        assertThat(found(EIGHT).orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void aSecondCallWaitsUntilTheFirstIsDone() throws Exception {
        assertThat(orderOfTwo(SEVEN, SEVEN)).containsExactly("first begins", "first ends", "second begins");
    }

    @Test
    void agentsThatShareAFileShareItsLock() throws Exception {
        put(EIGHT, bytes("old"));
        link(SEVEN, EIGHT);

        assertThat(orderOfTwo(SEVEN, EIGHT)).containsExactly("first begins", "first ends", "second begins");
    }

    @Test
    void anotherAgentsLockIsFree() {
        String result = file().hold(SEVEN, one -> file().hold(EIGHT, other -> "both"));

        assertThat(result).isEqualTo("both");
    }

    @Test
    void noFileReadsAsEmptyAndReplaceCreatesTheFolder() throws IOException {
        Optional<byte[]> before = file().hold(SEVEN, StatusFile.Held::read);
        replace(SEVEN, "new");

        assertThat(before).isEmpty();
        assertThat(found(SEVEN).orElseThrow()).isEqualTo(bytes("new"));
    }

    @Test
    void readingAloneCreatesNothing() throws IOException {
        assertThat(file().hold(SEVEN, StatusFile.Held::read)).isEmpty();

        assertThat(found(SEVEN)).isEmpty();
    }

    @Test
    void whatIsNoRegularFileIsNeitherReadNorReplaced() throws IOException {
        obstruct(SEVEN);

        assertUnreadable(() -> file().hold(SEVEN, StatusFile.Held::read));
        assertUnreadable(() -> replace(SEVEN, "new"));
    }

    @Test
    void whatLiesOutsideTheRootIsNeitherReadNorReplaced() throws IOException {
        leadOutside(SEVEN, bytes("not ours"));

        assertUnreadable(() -> file().hold(SEVEN, StatusFile.Held::read));
        assertUnreadable(() -> replace(SEVEN, "new"));
        assertThat(outside(SEVEN)).isEqualTo(bytes("not ours"));
    }

    @Test
    void aMissingRootIsAProblem() throws IOException {
        removeRoot();

        assertUnreadable(() -> replace(SEVEN, "new"));
    }

    @Test
    void theFileIsOutOfReachOnceTheLockIsGivenBack() {
        AtomicReference<StatusFile.Held> kept = new AtomicReference<>();
        file().hold(SEVEN, held -> {
            kept.set(held);
            return "";
        });

        assertThatIllegalStateException().isThrownBy(() -> kept.get().read());
        assertThatIllegalStateException().isThrownBy(() -> kept.get().replace(bytes("late")));
    }

    @Test
    void anyThreadsMayCallAndNoUpdateIsLost() throws Exception {
        put(SEVEN, bytes("0"));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                all.add(threads.submit(() -> {
                    for (int n = 0; n < 25; n++) {
                        file().hold(SEVEN, held -> {
                            int count = Integer.parseInt(new String(held.read().orElseThrow(), UTF_8));
                            held.replace(bytes(Integer.toString(count + 1)));
                            return count;
                        });
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }

        assertThat(found(SEVEN).orElseThrow()).asString(UTF_8).isEqualTo("200");
    }

    protected final void replace(AgentId agent, String text) {
        file().hold(agent, held -> {
            held.replace(bytes(text));
            return text;
        });
    }

    protected static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    protected static void assertUnreadable(Runnable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call::run)
                .satisfies(thrown -> assertThat(thrown.problem().code()).isEqualTo(ProblemCode.WORKSPACE_UNREADABLE));
    }

    /** The first call ends only when the second one waits. */
    private List<String> orderOfTwo(AgentId first, AgentId second) throws Exception {
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch begun = new CountDownLatch(1);
        Thread waiting = new Thread(() -> {
            try {
                assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
                file().hold(second, held -> order.add("second begins"));
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        });
        waiting.start();
        file().hold(first, held -> {
            order.add("first begins");
            begun.countDown();
            while (order.size() == 1 && !waitsForALock(waiting)) {
                Thread.onSpinWait();
            }
            return order.add("first ends");
        });
        waiting.join();
        return order;
    }

    /** Asked in this order: the state alone could be that of waiting for the first call to begin. */
    private static boolean waitsForALock(Thread thread) {
        boolean isHolding = List.of(thread.getStackTrace()).stream()
                .anyMatch(frame -> frame.getMethodName().equals("hold"));
        return isHolding && thread.getState() == Thread.State.TIMED_WAITING;
    }
}
