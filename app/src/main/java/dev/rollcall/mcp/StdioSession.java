package dev.rollcall.mcp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The server at the two ends of a pipe: a message a line, answered in the order in which they came. A client that takes no
 * answers is borne until it closes its end; what it sends beyond what can be kept meanwhile is thrown away.
 */
public final class StdioSession {
    /** Of messages that wait for their turn. */
    private static final int MOST_WAITING = 4 * ToolServer.MOST_BYTES;

    /** How long a client may take no answer before what it sends on is thrown away. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** How long the answer before may still take when somebody wants the end. */
    private static final Duration LAST_ANSWER = Duration.ofSeconds(1);

    /** How long each of the last ones may take when there are no more questions, and perhaps nobody who takes answers. */
    private static final Duration ANSWER_TO_THE_END = Duration.ofSeconds(3);

    private final ToolServer server;
    private final ToolCaller caller;
    private final PrintStream out;
    private final LinkedBlockingQueue<Line> lines = new LinkedBlockingQueue<>();
    private final Semaphore room = new Semaphore(MOST_WAITING);
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicLong answered = new AtomicLong();
    private boolean isStalled;

    /** @param out takes nothing but messages */
    public StdioSession(ToolServer server, ToolCaller caller, PrintStream out) {
        this.server = server;
        this.caller = caller;
        this.out = out;
    }

    /**
     * A line that came in.
     *
     * @param message null for one that was longer than a message may be
     * @param size what it takes of the room
     */
    private record Line(@Nullable String message, int size) {
        /** That there will be no more. */
        static final Line END = new Line(null, -1);

        boolean isEnd() {
            return size < 0;
        }
    }

    /**
     * Answers until the client closes its end, or {@link #end} is called from another thread.
     *
     * @param stuck what to do when the end has come and the answers before are not done: within a second of a call of
     *     {@code end}; within three seconds each when the client has closed its end, and may still read
     */
    public void run(InputStream in, Runnable stuck) {
        Thread.ofPlatform().daemon().name("mcp-in").start(() -> {
            readAll(in);
            answerToTheEnd(stuck);
        });
        try {
            for (Line line = lines.take(); !line.isEnd(); line = lines.take()) {
                answer(line);
                answered.incrementAndGet();
                room.release(line.size());
                if (out.checkError()) {
                    return;
                }
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        } finally {
            over.countDown();
        }
    }

    private void answerToTheEnd(Runnable stuck) {
        lines.add(Line.END);
        try {
            for (long before = -1; before != answered.get(); ) {
                before = answered.get();
                if (over.await(ANSWER_TO_THE_END.toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            stuck.run();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it, after what was asked before is answered. */
    public void end(Runnable stuck) {
        lines.add(Line.END);
        try {
            if (!over.await(LAST_ANSWER.toMillis(), TimeUnit.MILLISECONDS)) {
                stuck.run();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Line line) {
        if (line.message() == null) {
            send(ToolServer.tooLong());
        } else if (!line.message().isBlank()) {
            server.answer(line.message(), caller).ifPresent(this::send);
        }
    }

    private void send(String message) {
        out.print(message + "\n");
        out.flush();
    }

    private void readAll(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        byte[] read = new byte[1 << 13];
        boolean isTooLong = false;
        try {
            for (int length = in.read(read); length >= 0; length = in.read(read)) {
                for (int begin = 0; begin < length; ) {
                    int end = begin;
                    while (end < length && read[end] != '\n') {
                        end++;
                    }
                    isTooLong |= line.size() + end - begin > ToolServer.MOST_BYTES;
                    if (!isTooLong) {
                        line.write(read, begin, end - begin);
                    }
                    if (end < length) {
                        take(line, isTooLong);
                        isTooLong = false;
                    }
                    begin = end + 1;
                }
            }
            take(line, isTooLong);
        } catch (IOException | InterruptedException gone) {
            // As if the client had closed its end.
        }
    }

    private void take(ByteArrayOutputStream line, boolean isTooLong) throws InterruptedException {
        Line taken = isTooLong ? new Line(null, 1) : new Line(line.toString(StandardCharsets.UTF_8), line.size());
        line.reset();
        long patience = isStalled ? 0 : PATIENCE.toMillis();
        isStalled = !room.tryAcquire(taken.size(), patience, TimeUnit.MILLISECONDS);
        if (!isStalled) {
            lines.add(taken);
        }
    }
}
