package dev.rollcall.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Who listens at a port that we can not have. */
final class Neighbour {
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final int ENOUGH = 4_096;

    private Neighbour() {}

    /** Where another Rollcall answers, of whatever swarm; empty where nobody does, or somebody else. */
    static Optional<URI> find(String bind, int port) {
        String host = Window.isEverywhere(bind) ? "127.0.0.1" : bind;
        URI address = URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port + "/");
        try {
            return isRollcall(address) ? Optional.of(address) : Optional.empty();
        } catch (IOException nobodyWeKnow) {
            return Optional.empty();
        }
    }

    private static boolean isRollcall(URI address) throws IOException {
        HttpURLConnection asking =
                (HttpURLConnection) address.resolve("health").toURL().openConnection(Proxy.NO_PROXY);
        asking.setConnectTimeout(Math.toIntExact(PATIENCE.toMillis()));
        asking.setReadTimeout(Math.toIntExact(PATIENCE.toMillis()));
        asking.setInstanceFollowRedirects(false);
        try {
            if (asking.getResponseCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                return Guard.CHALLENGE.equals(asking.getHeaderField("WWW-Authenticate"));
            }
            // It also answers when it is not well.
            InputStream answer = asking.getErrorStream() == null ? asking.getInputStream() : asking.getErrorStream();
            try (answer) {
                String said = new String(answer.readNBytes(ENOUGH), StandardCharsets.UTF_8);
                return said.contains("\"healthy\":") && said.contains("\"concerns\":") && said.contains("\"watch\":");
            }
        } finally {
            asking.disconnect();
        }
    }
}
