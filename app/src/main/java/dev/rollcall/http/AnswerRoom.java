package dev.rollcall.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Request;

/**
 * How much of large answers may be on its way at once: what a client has not taken yet is kept in memory for it, and some
 * that take nothing must not take all the memory. Thread-safe.
 */
final class AnswerRoom {
    private static final long MOST_BYTES = 64 << 20;

    /** Smaller ones always have room: of as many as there may be connections, all of them have. */
    private static final int SMALL_BYTES = 32 * 1_024;

    private final AtomicLong taken = new AtomicLong();

    /** Keeps room for the answer that is there until it was taken; without room for it another one says so. */
    void enter(Context context) throws IOException {
        InputStream answer = context.resultInputStream();
        long bytes = answer == null ? 0 : answer.available();
        if (bytes < SMALL_BYTES) {
            return;
        }
        long before = taken.getAndAdd(bytes);
        if (before > 0 && before + bytes > MOST_BYTES) {
            taken.addAndGet(-bytes);
            context.res().reset();
            Guard.HEADERS.forEach(context::header);
            context.header("Retry-After", "5");
            ProblemAnswer.send(
                    context,
                    503,
                    "too_many_answers",
                    "others have not taken their answers yet, and there is no room for more",
                    "Come back in a moment, or ask for less at once.");
        } else {
            Request.addCompletionListener(
                    ServletContextRequest.getServletContextRequest(context.req()), failure -> taken.addAndGet(-bytes));
        }
    }
}
