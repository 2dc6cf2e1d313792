package dev.rollcall.dashboard;

import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** The {@link Feed} to many browsers, each on a thread of its own that waits for nobody else. Thread-safe. */
final class LiveStream {
    private static final int MOST_CLIENTS = 500;

    private final Feed feed;
    private final Semaphore free = new Semaphore(MOST_CLIENTS);

    /** Whether the client's token still counts is asked so often. */
    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(5).toNanos();

    LiveStream(Feed feed) {
        this.feed = feed;
    }

    /** Sends until the client goes, or the server ends. */
    void serve(Context context) throws IOException, InterruptedException {
        if (!free.tryAcquire()) {
            context.status(503).header("Retry-After", "5").result("There are " + MOST_CLIENTS + " clients already.");
            return;
        }
        feed.listen();
        try {
            HttpServletResponse response = context.res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            String last = context.header("Last-Event-ID");
            BooleanSupplier mayGoOn = context.attribute(Pages.MAY_GO_ON);
            send(
                    response,
                    feed.read(last == null ? context.queryParam("after") : last),
                    mayGoOn == null ? () -> true : mayGoOn);
        } finally {
            feed.leave();
            free.release();
        }
    }

    private void send(HttpServletResponse response, long from, BooleanSupplier mayGoOn)
            throws IOException, InterruptedException {
        write(response, "retry: 1000\n: Rollcall\n\n".getBytes(StandardCharsets.UTF_8));
        long version = from;
        long summary = -1;
        long asked = System.nanoTime();
        while (true) {
            Feed.Next next = feed.next(version, summary);
            boolean isTimeToAsk = System.nanoTime() - asked > BETWEEN_QUESTIONS;
            asked = isTimeToAsk ? System.nanoTime() : asked;
            if (next.isOver() || isTimeToAsk && !mayGoOn.getAsBoolean()) {
                return;
            }
            for (byte[] frame : next.frames()) {
                response.getOutputStream().write(frame);
            }
            response.getOutputStream().flush();
            version = next.version();
            summary = next.summary();
        }
    }

    private static void write(HttpServletResponse response, byte[] bytes) throws IOException {
        response.getOutputStream().write(bytes);
        response.getOutputStream().flush();
    }
}
