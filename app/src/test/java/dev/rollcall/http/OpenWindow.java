package dev.rollcall.http;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.cli.Shell;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A window that is really open, over a swarm in a folder of its own, and somebody who asks it by real HTTP. */
public final class OpenWindow implements AutoCloseable {
    public final Shell shell;
    public final Rollcall rollcall;
    public final Window window;
    private final HttpClient client = HttpClient.newHttpClient();

    public OpenWindow(Path folder) {
        this(folder, Map.of());
    }

    public OpenWindow(Path folder, Map<Setting, String> settings) {
        this.shell = new Shell(folder);
        Options options = Options.NONE.with(Setting.ROOT, shell.root.toString());
        for (var setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        this.rollcall = Rollcall.open(options);
        this.window = Window.open(rollcall);
    }

    public String token(Scope scope) {
        return rollcall.tokens().create(scope, "test", Instant.EPOCH).secret();
    }

    public URI uri(String path) {
        return window.address().resolve(path);
    }

    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** What a server says to a request that no well-behaved client would send: status line, headers and body. */
    String raw(String method, String path, Map<String, String> headers) throws IOException {
        StringBuilder request = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("Host", host());
        all.put("Connection", "close");
        all.putAll(headers);
        all.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        return raw(request.append("\r\n").toString());
    }

    /** The same for bytes that may be no request at all. */
    String raw(String bytes) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), window.address().getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            socket.shutdownOutput();
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }

    /** As a browser names this server. */
    String host() {
        return "127.0.0.1:" + window.address().getPort();
    }

    @Override
    public void close() {
        window.close();
        rollcall.close();
    }
}
