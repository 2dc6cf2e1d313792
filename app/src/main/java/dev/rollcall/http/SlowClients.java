package dev.rollcall.http;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Cuts off whoever asks or takes too slowly: who sends or takes a byte now and then is never idle, and would keep a
 * connection, and an answer in memory, for good. Every request with a whole head goes through here, and it is told of every
 * connection. Thread-safe.
 */
final class SlowClients extends Handler.Wrapper implements Connection.Listener {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** What a client must take of a piece, beyond the time that it has for any. */
    private static final long BYTES_PER_SECOND = 10_000;

    private final Duration longest;
    private final Map<EndPoint, Turn> turns = new ConcurrentHashMap<>();

    /** Something that a client is at, or that is done for it. */
    private static final class Turn {
        /** By {@link System#nanoTime}; counts while it is the client that is waited for. */
        private volatile long end;

        private volatile boolean isWaitedFor;

        void waitFor(Duration atMost) {
            end = System.nanoTime() + atMost.toNanos();
            isWaitedFor = true;
        }

        void goesOn() {
            isWaitedFor = false;
        }

        boolean isOver(long now) {
            return isWaitedFor && now - end > 0;
        }
    }

    /**
     * @param longest from the begin of a connection, or from the end of the answer before, to the end of a head; and for
     *     any piece of an answer
     */
    SlowClients(Duration longest, Handler handler) {
        super(handler);
        this.longest = longest;
    }

    private Turn asks() {
        Turn turn = new Turn();
        turn.waitFor(longest);
        return turn;
    }

    @Override
    public void onOpened(Connection connection) {
        turns.put(connection.getEndPoint(), asks());
    }

    @Override
    public void onClosed(Connection connection) {
        turns.remove(connection.getEndPoint());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        Turn answered = new Turn();
        turns.replace(client, answered);
        // Should the next request be here before this one is said to be over, it is that one that is being answered.
        Request.addCompletionListener(request, failure -> turns.replace(client, answered, asks()));
        return super.handle(request, new Taken(request, response, answered), callback);
    }

    /** An answer of which each piece is to be taken in time. */
    private final class Taken extends Response.Wrapper {
        private final Turn turn;

        Taken(Request request, Response response, Turn turn) {
            super(request, response);
            this.turn = turn;
        }

        @Override
        public void write(boolean last, ByteBuffer content, Callback callback) {
            long bytes = content == null ? 0 : content.remaining();
            turn.waitFor(longest.plusSeconds(bytes / BYTES_PER_SECOND));
            super.write(last, content, Callback.from(turn::goesOn, callback));
        }
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        lookAgain();
    }

    private void lookAgain() {
        getServer().getScheduler().schedule(this::look, BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void look() {
        if (isRunning()) {
            lookAgain();
            long now = System.nanoTime();
            turns.forEach((client, turn) -> {
                if (turn.isOver(now)) {
                    client.close();
                }
            });
        }
    }
}
