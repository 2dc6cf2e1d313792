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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;

/**
 * A socket in Rollcall's own folder, which only its owner may enter: a running watch tells there how it is, also when the
 * database can not, and answers what needs the model that it has loaded. Whoever connects sends one request, ends it by closing his side,
 * and is sent one answer.
 */
final class ControlSocket implements AutoCloseable {
    /** What the address of a Unix socket can hold, on the systems that allow least (104 bytes with the zero, BSD). */
    private static final int MAX_PATH_BYTES = 103;

    private static final int MAX_REQUEST_BYTES = 64 * 1024;
    private static final int MAX_ANSWER_BYTES = 16 * 1024 * 1024;

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
     * @param answers gives the answer to a request; called from several threads
     * @throws ProblemException WORKSPACE_UNREADABLE when there can be no socket at the path
     */
    static ControlSocket open(Path path, UnaryOperator<String> answers) {
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
            Thread.ofPlatform().daemon().name("control").start(() -> socket.serve(answers));
            return socket;
        } catch (IOException failure) {
            throw new ProblemException(
                    ProblemCode.WORKSPACE_UNREADABLE,
                    "control socket " + ShownText.of(path.toString()) + ": "
                            + ShownText.of(String.valueOf(failure.getMessage())),
                    "Check the folder that holds it.");
        }
    }

    /**
     * What a running watch answers; empty when none runs.
     *
     * @param request one line, without its end
     * @param patience for the answer of a watch that may hang
     * @throws TimeoutException when it does not answer
     */
    static Optional<String> ask(Path path, String request, Duration patience) throws TimeoutException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        // No virtual thread: its poller stays in native code, and the JVM waits 300 ms for that when it ends.
        CompletableFuture<byte[]> answer = CompletableFuture.supplyAsync(
                () -> answerOf(path, request),
                work -> Thread.ofPlatform().daemon().name("asking").start(work));
        try {
            return Optional.of(
                    new String(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), StandardCharsets.UTF_8));
        } catch (ExecutionException nobodyAnswers) {
            return Optional.empty();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static byte[] answerOf(Path path, String request) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(path))) {
            write(channel, request);
            channel.shutdownOutput();
            return Channels.newInputStream(channel).readNBytes(MAX_ANSWER_BYTES);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static void write(SocketChannel channel, String text) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Each client on a thread of its own: a long answer, or a client that never asks, holds up nobody else. */
    private void serve(UnaryOperator<String> answers) {
        while (server.isOpen()) {
            try {
                SocketChannel client = server.accept();
                Thread.startVirtualThread(() -> serve(client, answers));
            } catch (AsynchronousCloseException closed) {
                return;
            } catch (IOException clientIsGone) {
                // The next one is answered; not at once, as a process without free handles fails each time.
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        }
    }

    private static void serve(SocketChannel accepted, UnaryOperator<String> answers) {
        try (SocketChannel client = accepted) {
            byte[] request = Channels.newInputStream(client).readNBytes(MAX_REQUEST_BYTES);
            write(client, answers.apply(new String(request, StandardCharsets.UTF_8)));
        } catch (IOException clientIsGone) {
            // Nobody is left to tell.
            return;
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
