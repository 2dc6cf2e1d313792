package dev.rollcall.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads a stream line by line until it ends, from the first line of the answer on. */
final class Follower implements AutoCloseable {
    /** What follows the last line of a stream that ended. */
    static final String ENDED = "ended";

    private final List<String> read = new ArrayList<>();
    private final Socket socket;

    /** @param header lines of the request, each with its end; empty for none */
    Follower(OpenWindow open, String path, String header) throws IOException {
        socket = new Socket(
                InetAddress.getLoopbackAddress(), open.window.address().getPort());
        socket.getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: " + open.host() + "\r\n" + header + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        Thread.ofVirtual().start(this::read);
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(this::add);
        } catch (IOException | UncheckedIOException brokenOff) {
            // As good as an end.
        }
        add(ENDED);
    }

    private void add(String line) {
        synchronized (read) {
            read.add(line);
        }
    }

    /** So far; more may come while they are looked at. */
    List<String> lines() {
        synchronized (read) {
            return List.copyOf(read);
        }
    }

    List<Long> ids() {
        return lines().stream()
                .filter(line -> line.startsWith("id: "))
                .map(line -> Long.valueOf(line.substring(4)))
                .toList();
    }

    boolean has(String text) {
        return lines().stream().anyMatch(line -> line.contains(text));
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
