package dev.rollcall.http;

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
 * Cuts off whoever has asked for nothing for too long: a head that comes byte by byte is never idle, and would keep its
 * connection for good. Every request with a whole head goes through here, and it is told of every connection.
 * Thread-safe.
 */
final class SlowHeads extends Handler.Wrapper implements Connection.Listener {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Duration longest;
    private final Map<EndPoint, Turn> turns = new ConcurrentHashMap<>();

    /**
     * What a client is at.
     *
     * @param isAnswered whether a request of it is being answered; else it is its turn to ask
     * @param since by {@link System#nanoTime}
     */
    private record Turn(boolean isAnswered, long since) {
        static Turn asks() {
            return new Turn(false, System.nanoTime());
        }
    }

    /** @param longest from the begin of a connection, or from the end of the answer before, to the end of a head */
    SlowHeads(Duration longest, Handler handler) {
        super(handler);
        this.longest = longest;
    }

    @Override
    public void onOpened(Connection connection) {
        turns.put(connection.getEndPoint(), Turn.asks());
    }

    @Override
    public void onClosed(Connection connection) {
        turns.remove(connection.getEndPoint());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        Turn answered = new Turn(true, System.nanoTime());
        turns.replace(client, answered);
        // Should the next request be here before this one is said to be over, it is that one that is being answered.
        Request.addCompletionListener(request, failure -> turns.replace(client, answered, Turn.asks()));
        return super.handle(request, response, callback);
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
                if (!turn.isAnswered() && now - turn.since() > longest.toNanos()) {
                    client.close();
                }
            });
        }
    }
}
