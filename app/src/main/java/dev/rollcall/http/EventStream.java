package dev.rollcall.http;

import dev.rollcall.answers.EventAnswer;
import dev.rollcall.app.LiveEvents;
import dev.rollcall.app.LiveRoll;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.RollEvent;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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

    /** Whether the client's token still counts is asked so often. */
    private static final long BETWEEN_QUESTIONS = Duration.ofSeconds(5).toNanos();

    private static final int PAGE = 500;
    private static final int FRAMES = 4_096;

    /** Larger ones are made anew for each client: agents decide how large, and all that are kept are in memory. */
    private static final int LARGEST_KEPT = 4_096;

    /** What a client has not taken yet is in memory, too. */
    private static final int PIECE = 64 * 1_024;

    private static final byte[] HEARTBEAT_FRAME = ": heartbeat\n\n".getBytes(StandardCharsets.UTF_8);

    private final LiveRoll live;
    private final LiveEvents events;
    private final Function<RollEvent, String> text;
    private final Semaphore free = new Semaphore(MOST_CLIENTS);

    /** By seq, as far as there is room; each of whatever log it was made for. */
    private final AtomicReferenceArray<@Nullable Frame> frames = new AtomicReferenceArray<>(FRAMES);

    /** An event as it is sent. */
    private record Frame(long log, long seq, byte[] bytes) {}

    EventStream(LiveRoll live) {
        this.live = live;
        this.events = live.events();
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
            ProblemAnswer.send(
                    context,
                    503,
                    "too_many_clients",
                    "there are " + MOST_CLIENTS + " clients already",
                    "Come back later, or ask /api/v1/roll now and then.");
            return;
        }
        try {
            HttpServletResponse response = context.res();
            response.setStatus(200);
            response.setContentType("text/event-stream");
            response.setCharacterEncoding("UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            if (!HandlerType.HEAD.equals(context.method())) {
                send(response, cursor, Guard.mayGoOn(context));
            }
        } finally {
            free.release();
        }
    }

    private void send(HttpServletResponse response, long from, BooleanSupplier mayGoOn)
            throws IOException, InterruptedException {
        if (from > events.newest()) {
            // Somebody else has seen it in the database before us.
            live.catchUp();
        }
        Place place = new Place(events.log(), from < 0 ? events.newest() : from);
        write(
                response,
                ("retry: 1000\nid: " + place.cursor + "\nevent: hello\ndata: {\"seq\":" + place.cursor + "}\n\n")
                        .getBytes(StandardCharsets.UTF_8));
        long asked = System.nanoTime();
        boolean isLossTold = false;
        while (true) {
            place = catchUp(response, place);
            Problem trouble = live.trouble();
            if (trouble != null && !isLossTold) {
                write(response, notice("unavailable", place.cursor, trouble.message()));
            }
            isLossTold = trouble != null;
            if (!events.await(place.cursor, place.log, HEARTBEAT)) {
                return;
            }
            if (System.nanoTime() - asked > BETWEEN_QUESTIONS) {
                asked = System.nanoTime();
                if (!mayGoOn.getAsBoolean()) {
                    return;
                }
            }
            if (events.newest() <= place.cursor) {
                write(response, HEARTBEAT_FRAME);
            } else {
                Thread.sleep(GATHERING.plusMillis(clients() / CLIENTS_PER_MILLI));
            }
        }
    }

    /** How far a client is, and in which log. */
    private record Place(long log, long cursor) {}

    /** Sends whatever there is; tells the new place. */
    private Place catchUp(HttpServletResponse response, Place from) throws IOException, InterruptedException {
        Place place = from;
        while (true) {
            long log = events.log();
            if (log != place.log || place.cursor > events.newest()) {
                place = new Place(log, events.newest());
                write(response, notice("restarted", place.cursor, "the log of events was replaced by another one"));
            }
            LiveEvents.Page page;
            try {
                page = events.after(place.cursor, PAGE);
            } catch (ProblemException unavailable) {
                write(
                        response,
                        notice(
                                "unavailable",
                                place.cursor,
                                unavailable.problem().message()));
                Thread.sleep(1_000);
                return place;
            }
            if (events.log() != log) {
                continue;
            }
            if (page.forgotten() > place.cursor) {
                place = new Place(log, page.forgotten());
                write(response, notice("forgotten", place.cursor, "earlier events are not kept any more"));
            }
            if (page.events().isEmpty()) {
                return place;
            }
            tell(response, log, page.events());
            place = new Place(log, page.events().getLast().seq());
        }
    }

    /** In pieces. */
    private void tell(HttpServletResponse response, long log, List<RollEvent> page) throws IOException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        for (RollEvent event : page) {
            piece.writeBytes(frame(log, event));
            if (piece.size() > PIECE) {
                write(response, piece.toByteArray());
                piece.reset();
            }
        }
        write(response, piece.toByteArray());
    }

    private byte[] frame(long log, RollEvent event) {
        int place = Math.floorMod(event.seq(), FRAMES);
        Frame known = frames.get(place);
        if (known != null && known.log() == log && known.seq() == event.seq()) {
            return known.bytes();
        }
        byte[] frame = ("id: " + event.seq() + "\nevent: " + event.kind().label() + "\ndata: " + text.apply(event)
                        + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
        if (frame.length <= LARGEST_KEPT) {
            frames.set(place, new Frame(log, event.seq(), frame));
        }
        return frame;
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
