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
 * connection for good. Every request goes through here, and it is told of every connection. Thread-safe.
 */
final class SlowHeads extends Handler.Wrapper implements Connection.Listener {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final Duration longest;

    /** Of those that are not being answered: since when, by {@link System#nanoTime}. */
    private final Map<EndPoint, Long> asking = new ConcurrentHashMap<>();

    /** @param longest from the begin of a connection, or from the end of the answer before, to the end of a head */
    SlowHeads(Duration longest, Handler handler) {
        super(handler);
        this.longest = longest;
    }

    @Override
    public void onOpened(Connection connection) {
        asking.put(connection.getEndPoint(), System.nanoTime());
    }

    @Override
    public void onClosed(Connection connection) {
        asking.remove(connection.getEndPoint());
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        EndPoint client = request.getConnectionMetaData().getConnection().getEndPoint();
        asking.remove(client);
        Request.addCompletionListener(request, failure -> {
            asking.put(client, System.nanoTime());
            if (!client.isOpen()) {
                asking.remove(client);
            }
        });
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
            long now = System.nanoTime();
            asking.forEach((client, since) -> {
                if (now - since > longest.toNanos()) {
                    client.close();
                }
            });
            lookAgain();
        }
    }
}
