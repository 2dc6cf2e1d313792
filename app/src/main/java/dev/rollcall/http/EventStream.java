package dev.rollcall.http;

import dev.rollcall.answers.EventAnswer;
import dev.rollcall.app.LiveEvents;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollEvent;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Server-sent events to many clients. Each has a thread of its own, which reads on from the client's cursor and waits for
 * nobody else: a slow client trails, is given larger pieces, and is cut off by the server's idle timeout when it takes
 * nothing at all; it can come back with the id of the last event it saw. The text of an event is made once for all.
 * Thread-safe.
 */
final class EventStream {
    /** At once; each costs a connection and a thread. */
    static final int MOST_CLIENTS = 1_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Events that come within so short a time are sent together; longer, by a millisecond for so many clients. */
    private static final Duration GATHERING = Duration.ofMillis(15);

    private static final int CLIENTS_PER_MILLI = 10;

    private static final int PAGE = 500;
    private static final int FRAMES = 4_096;
    private static final byte[] HEARTBEAT_FRAME = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveEvents events;
    private final Function<RollEvent, String> text;
    private final Semaphore free = new Semaphore(MOST_CLIENTS);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<Long, byte[]> frames = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, byte[]> eldest) {
            return size() > FRAMES;
        }
    };

    EventStream(LiveEvents events) {
        this.events = events;
        this.text = EventAnswer::json;
    }

    /** How many are connected. */
    int clients() {
        return MOST_CLIENTS - free.availablePermits();
    }

    /**
     * Sends until the client goes, or the server ends.
     *
     * @param cursor the seq after which the client wants events; negative for whatever comes from now on
     */
    void serve(Context context, long cursor) throws IOException, InterruptedException {
        if (!free.tryAcquire()) {
            context.header("Retry-After", "5");
            ProblemAnswer.send(context, 503, "too_many_clients", "there are " + MOST_CLIENTS + " clients already", "");
            return;
        }
        try {
            HttpServletResponse response = context.res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            send(response, cursor);
        } finally {
            free.release();
        }
    }

    private void send(HttpServletResponse response, long from) throws IOException, InterruptedException {
        long cursor = from < 0 ? events.newest() : from;
        write(
                response,
                ("retry: 1000\nid: " + cursor + "\nevent: hello\ndata: {\"seq\":" + cursor + "}\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        while (true) {
            cursor = catchUp(response, cursor);
            long newest = cursor;
            if (!events.await(newest, HEARTBEAT)) {
                return;
            }
            if (events.newest() <= newest) {
                write(response, HEARTBEAT_FRAME);
            } else {
                Thread.sleep(GATHERING.plusMillis(clients() / CLIENTS_PER_MILLI));
            }
        }
    }

    /** Sends whatever there is; tells the new cursor. */
    private long catchUp(HttpServletResponse response, long from) throws IOException, InterruptedException {
        long cursor = from;
        if (cursor > events.newest()) {
            cursor = events.newest();
            write(response, notice("restarted", cursor, "the log of events was replaced by another one"));
        }
        while (true) {
            LiveEvents.Page page;
            try {
                page = events.after(cursor, PAGE);
            } catch (ProblemException unavailable) {
                Problem problem = unavailable.problem();
                write(response, notice("unavailable", cursor, problem.message()));
                Thread.sleep(1_000);
                continue;
            }
            if (page.forgotten() > cursor) {
                write(response, notice("forgotten", page.forgotten(), "earlier events are not kept any more"));
                cursor = page.forgotten();
            }
            if (page.events().isEmpty()) {
                return cursor;
            }
            write(response, frames(page.events()));
            cursor = page.events().getLast().seq();
        }
    }

    private byte[] frames(List<RollEvent> page) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        page.forEach(event -> bytes.writeBytes(frame(event)));
        return bytes.toByteArray();
    }

    private byte[] frame(RollEvent event) {
        lock.lock();
        try {
            byte[] known = frames.get(event.seq());
            if (known != null) {
                return known;
            }
            byte[] frame = ("id: " + event.seq() + "\nevent: " + event.kind().label() + "\ndata: " + text.apply(event)
                            + "\n\n")
                    .getBytes(StandardCharsets.UTF_8);
            frames.put(event.seq(), frame);
            return frame;
        } finally {
            lock.unlock();
        }
    }

    private static byte[] notice(String kind, long cursor, String message) {
        return ("id: " + cursor + "\nevent: " + kind + "\ndata: "
                        + dev.rollcall.answers.JsonOutput.object(
                                json -> json.number("seq", cursor).text("message", message))
                        + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void write(HttpServletResponse response, byte[] bytes) throws IOException {
        response.getOutputStream().write(bytes);
        response.getOutputStream().flush();
    }
}
