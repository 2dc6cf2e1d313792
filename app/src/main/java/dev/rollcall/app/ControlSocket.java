package dev.rollcall.app;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * A socket in Rollcall's own folder, which only its owner may enter: a running watch tells there how it is, also when the
 * database can not. Whoever connects is sent one line for each fact, name and value separated by a tab, and then the end.
 */
final class ControlSocket implements AutoCloseable {
    /** What the address of a Unix socket can hold, on the systems that allow least (104 bytes with the zero, BSD). */
    private static final int MAX_PATH_BYTES = 103;

    private static final int MAX_ANSWER_BYTES = 64 * 1024;

    /** For the answer of a watch that may hang. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ServerSocketChannel server;
    private final Path path;

    private ControlSocket(ServerSocketChannel server, Path path) {
        this.server = server;
        this.path = path;
    }

    /**
     * Begins to answer on a thread of its own. To be called by the one who leads, and by nobody else: what an earlier one
     * left behind is replaced.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE when there can be no socket at the path
     */
    static ControlSocket open(Path path, Supplier<Map<String, String>> facts) {
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > MAX_PATH_BYTES) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "control socket " + ShownText.of(path.toString()) + ": the path is too long for a socket",
                    "Without it doctor can not ask the watch; a shorter path to the root would do.");
        }
        try {
            Files.deleteIfExists(path);
            ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(path));
            ControlSocket socket = new ControlSocket(server, path);
            Thread.ofPlatform().daemon().name("control").start(() -> socket.answer(facts));
            return socket;
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "control socket " + ShownText.of(path.toString()) + ": "
                            + ShownText.of(String.valueOf(failure.getMessage())),
                    "Check the folder that holds it.");
        }
    }

    /** The facts that a running watch tells; empty when none runs. */
    static Optional<Map<String, String>> ask(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        CompletableFuture<byte[]> answer =
                CompletableFuture.supplyAsync(() -> answerOf(path), Thread::startVirtualThread);
        try {
            Map<String, String> facts = new LinkedHashMap<>();
            new String(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line -> {
                        int tab = line.indexOf('\t');
                        if (tab > 0) {
                            facts.put(line.substring(0, tab), line.substring(tab + 1));
                        }
                    });
            return facts.isEmpty() ? Optional.empty() : Optional.of(facts);
        } catch (TimeoutException hanging) {
            return Optional.of(WatchFacts.silent());
        } catch (ExecutionException nobodyAnswers) {
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static byte[] answerOf(Path path) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            return Channels.newInputStream(channel).readNBytes(MAX_ANSWER_BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void answer(Supplier<Map<String, String>> facts) {
        while (server.isOpen()) {
            try (SocketChannel client = server.accept()) {
                StringBuilder answer = new StringBuilder();
                facts.get()
                        .forEach((name, value) -> answer.append(name)
                                .append('\t')
                                .append(ShownText.of(value))
                                .append('\n'));
                ByteBuffer bytes = ByteBuffer.wrap(answer.toString().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException clientIsGone) {
                // The next one is answered; not at once, as a process without free handles fails each time.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            Files.deleteIfExists(path);
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "control socket " + ShownText.of(path.toString()) + ": "
                            + ShownText.of(String.valueOf(failure.getMessage())),
                    "");
        }
    }
}
