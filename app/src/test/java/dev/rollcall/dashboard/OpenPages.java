package dev.rollcall.dashboard;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.app.Watch;
import dev.rollcall.cli.Shell;
import dev.rollcall.http.Window;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A window that is really open over a swarm in a folder of its own, with a watch where a test wants one. */
final class OpenPages implements AutoCloseable {
    final Shell shell;
    final Window window;
    private final Map<Setting, String> settings;
    private final Rollcall rollcall;
    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private @Nullable Thread watch;
    private @Nullable Rollcall watched;

    OpenPages(Path folder) {
        this(folder, Map.of());
    }

    OpenPages(Path folder, Map<Setting, String> settings) {
        shell = new Shell(folder);
        this.settings = settings;
        rollcall = Rollcall.open(options());
        window = Window.open(rollcall);
    }

    private Options options() {
        Options options = Options.NONE.with(Setting.ROOT, shell.root.toString());
        for (var setting : settings.entrySet()) {
            options = options.with(setting.getKey(), setting.getValue());
        }
        return options;
    }

    /** From here on changes of files come to the roll by themselves. */
    OpenPages watch() {
        Rollcall own = Rollcall.open(options());
        Watch running = new Watch(own, line -> {});
        watched = own;
        watch = Thread.ofPlatform().daemon().name("watch of the test").start(() -> running.run(this::isStoppedWithin));
        return this;
    }

    private boolean isStoppedWithin(Duration time) {
        try {
            return stopping.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** In one piece, as agents write. */
    void replace(String agent, String document) throws IOException {
        Path file = shell.file(agent);
        Path draft = file.resolveSibling("draft");
        Files.writeString(draft, document);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + window.address().getPort() + path);
    }

    /** As a browser asks for a page, unless other headers say otherwise. */
    HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers), BodyHandlers.ofString());
    }

    /** Asks for what {@link #get} would be answered, without the page itself. */
    HttpResponse<String> head(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(request(path), (name, value) -> true)
                .HEAD()
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    HttpResponse<byte[]> bytes(String path, String... headers) throws IOException, InterruptedException {
        return client.send(request(path, headers), BodyHandlers.ofByteArray());
    }

    private HttpRequest request(String path, String... headers) {
        return HttpRequest.newBuilder(uri(path))
                .headers(headers.length > 0 ? headers : new String[] {"Accept", "text/html"})
                .build();
    }

    void closeWindow() {
        window.close();
    }

    @Override
    public void close() {
        stopping.countDown();
        window.close();
        rollcall.close();
        Thread running = watch;
        if (running != null) {
            try {
                running.join(Duration.ofSeconds(10));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        if (watched != null) {
            watched.close();
        }
    }
}
