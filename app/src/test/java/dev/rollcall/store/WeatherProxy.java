package dev.rollcall.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Real sockets between a client and a server, and whatever weather a test orders for them. */
public final class WeatherProxy implements AutoCloseable {
    /** What becomes of some bytes on their way; null for a link that is cut instead. */
    @FunctionalInterface
    public interface Weather {
        byte @Nullable [] pass(byte[] bytes);
    }

    private enum Direction {
        TO_SERVER,
        TO_CLIENT
    }

    private final InetSocketAddress server;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cuts = new AtomicInteger();
    private volatile long cutAt;
    private final int port;
    private volatile ServerSocket door;
    private volatile Thread porter;
    private volatile Weather toServer = bytes -> bytes;
    private volatile Weather toClient = bytes -> bytes;
    private volatile CountDownLatch calm = new CountDownLatch(0);

    private WeatherProxy(int serverPort) throws IOException {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        door = opened(0);
        porter = Thread.ofVirtual().start(this::welcome);
        port = door.getLocalPort();
    }

    /** @param url of a server at localhost */
    public static WeatherProxy before(String url) {
        try {
            return new WeatherProxy(URI.create(url.substring("jdbc:".length())).getPort());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The same database by way of this proxy. */
    public String through(String url) {
        return url.replaceFirst("//[^/]*/", "//127.0.0.1:" + port + "/");
    }

    public int port() {
        return port;
    }

    /** How many links were cut so far. */
    public int cuts() {
        return cuts.get();
    }

    /** How long ago the last link was cut. */
    public Duration sinceCut() {
        return Duration.ofNanos(System.nanoTime() - cutAt);
    }

    public int links() {
        return links.size();
    }

    public void toServer(Weather weather) {
        toServer = weather;
    }

    public void toClient(Weather weather) {
        toClient = weather;
    }

    public void fair() {
        toServer = bytes -> bytes;
        toClient = bytes -> bytes;
    }

    /** Cuts every link now. */
    public void cutAll() {
        links.forEach(Link::cut);
    }

    /** Nothing passes any more, and nobody is told, until {@link #goOn}. */
    public void hang() {
        calm = new CountDownLatch(1);
    }

    public void goOn() {
        calm.countDown();
    }

    /** Nothing passes any more on the links there are, and nobody is told; those that come are as any other. */
    public void strand() {
        links.forEach(link -> link.isStranded = true);
    }

    /** Cuts every link, and whoever comes is refused, until {@link #admit}. */
    public void refuse() throws IOException {
        door.close();
        try {
            // Until then the port is not free.
            porter.join();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
        cutAll();
    }

    public void admit() throws IOException {
        door = opened(port);
        porter = Thread.ofVirtual().start(this::welcome);
    }

    /** Changes the text of what the server says, byte for byte as long as it was. */
    public void translate(UnaryOperator<String> change) {
        toClient(bytes -> change.apply(new String(bytes, ISO_8859_1)).getBytes(ISO_8859_1));
    }

    private static ServerSocket opened(int wanted) throws IOException {
        ServerSocket opened = new ServerSocket();
        opened.setReuseAddress(true);
        opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
        return opened;
    }

    private void welcome() {
        ServerSocket opened = door;
        while (!opened.isClosed()) {
            try {
                Socket client = opened.accept();
                Link link = new Link(client, new Socket());
                links.add(link);
                Thread.ofVirtual().start(link::open);
            } catch (IOException closed) {
                return;
            }
        }
    }

    private final class Link {
        private final Socket client;
        private final Socket behind;
        private volatile boolean isStranded;

        Link(Socket client, Socket behind) {
            this.client = client;
            this.behind = behind;
        }

        void open() {
            try {
                calm.await();
                behind.connect(server);
                client.setTcpNoDelay(true);
                behind.setTcpNoDelay(true);
                Thread.ofVirtual().start(() -> carry(client, behind, Direction.TO_SERVER));
                carry(behind, client, Direction.TO_CLIENT);
            } catch (IOException | InterruptedException gone) {
                end();
            }
        }

        private void carry(Socket from, Socket to, Direction direction) {
            byte[] buffer = new byte[64 * 1024];
            try {
                InputStream in = from.getInputStream();
                for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                    calm.await();
                    Weather weather = direction == Direction.TO_SERVER ? toServer : toClient;
                    byte[] passed = weather.pass(Arrays.copyOf(buffer, count));
                    if (isStranded) {
                        continue;
                    }
                    if (passed == null) {
                        cut();
                        return;
                    }
                    to.getOutputStream().write(passed);
                }
            } catch (IOException | InterruptedException gone) {
                // ends below
            }
            if (!isStranded) {
                end();
            }
        }

        /** As when a cable is pulled and the other side is told: neither reads what was still on its way. */
        void cut() {
            if (links.remove(this)) {
                cuts.incrementAndGet();
                cutAt = System.nanoTime();
                reset(client);
                reset(behind);
            }
        }

        private void end() {
            links.remove(this);
            close(client);
            close(behind);
        }

        private static void reset(Socket socket) {
            try {
                socket.setSoLinger(true, 0);
            } catch (IOException closed) {
                // as wanted
            }
            close(socket);
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException closed) {
                // as wanted
            }
        }
    }

    @Override
    public void close() throws IOException {
        goOn();
        door.close();
        links.forEach(Link::end);
    }
}
