package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.BackgroundFailure;
import dev.rollcall.roll.Passages;
import dev.rollcall.search.PassageQueue.Embedded;
import dev.rollcall.search.PassageQueue.Opened;
import dev.rollcall.search.PassageQueue.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes agents out of the queue: gives their passages words and vectors. Can end at any point, by a kill as well; what was
 * done stays done, and the rest is still queued.
 */
public final class Indexing {
    /** Without a model: what was not embedded has none. */
    private static final String NO_MODEL = "";

    /** Texts that are written together: what a kill loses, and how long others wait to write. */
    private static final int LOT = 500;

    /** Agents of one look at the queue. */
    private static final int SLICE = 100;

    private final PassageQueue queue;
    private final @Nullable Embedder embedder;
    private final int atOnce;

    /**
     * For whoever waits until it is done: on all processors.
     *
     * @param embedder null to write words alone; the agents stay queued then
     */
    public Indexing(PassageQueue queue, @Nullable Embedder embedder) {
        this(queue, embedder, Runtime.getRuntime().availableProcessors());
    }

    /** @param atOnce texts that are read at the same time, each on a processor of its own */
    public Indexing(PassageQueue queue, @Nullable Embedder embedder, int atOnce) {
        this.queue = queue;
        this.embedder = embedder;
        this.atOnce = atOnce;
    }

    /** Told after each agent. */
    @FunctionalInterface
    public interface Progress {
        Progress NONE = (done, total, embedded) -> {};

        /** @param embedded texts that the model has read so far */
        void at(long done, long total, long embedded);
    }

    /**
     * Takes out whoever waits now.
     *
     * @param isEnough asked before each text, on any thread; once true it stays so, and ends the work
     * @return how many texts the model has read
     */
    public long drain(Progress progress, BooleanSupplier isEnough) {
        long total = queue.size();
        long done = 0;
        long embedded = 0;
        AgentId last = null;
        // No virtual threads: the model holds a processor until it has read its text, and everybody else who has a
        // virtual thread, such as those who ask by HTTP, would wait for it.
        try (ExecutorService threads = Executors.newFixedThreadPool(
                atOnce, Thread.ofPlatform().daemon().name("embedding").factory())) {
            List<AgentId> slice = total == 0 ? List.of() : queue.queued(last, SLICE);
            while (!slice.isEmpty()) {
                for (AgentId agent : slice) {
                    if (isEnough.getAsBoolean()) {
                        return embedded;
                    }
                    embedded += take(agent, threads, isEnough);
                    progress.at(++done, Math.max(done, total), embedded);
                }
                last = slice.getLast();
                slice = queue.queued(last, SLICE);
            }
        }
        return embedded;
    }

    private int take(AgentId agent, ExecutorService threads, BooleanSupplier isEnough) {
        Opened opened = queue.open(agent).orElse(null);
        if (opened == null) {
            return 0;
        }
        String model = embedder == null ? NO_MODEL : embedder.model();
        List<Waiting> waiting = queue.bring(opened, Passages.of(opened.document()), model);
        int read = 0;
        int from = 0;
        do {
            int to = Math.min(from + LOT, waiting.size());
            List<Embedded> embedded = embedded(waiting.subList(from, to), threads, isEnough);
            queue.settle(opened, model, embedded);
            for (Embedded passage : embedded) {
                read += passage.embedding() == null ? 0 : 1;
            }
            from = to;
        } while (from < waiting.size() && !isEnough.getAsBoolean());
        return read;
    }

    /** A text at a time on each thread: in a batch, padded, it would get another vector than alone. */
    private List<Embedded> embedded(List<Waiting> waiting, ExecutorService threads, BooleanSupplier isEnough) {
        Embedder model = embedder;
        if (model == null) {
            return waiting.stream().map(passage -> new Embedded(passage, null)).toList();
        }
        List<CompletableFuture<Embedded>> started = waiting.stream()
                .map(passage -> CompletableFuture.supplyAsync(
                        () -> new Embedded(
                                passage,
                                isEnough.getAsBoolean()
                                        ? null
                                        : model.embed(PassageText.of(passage.field(), passage.text()))),
                        threads))
                .toList();
        List<Embedded> embedded = new ArrayList<>(started.size());
        for (CompletableFuture<Embedded> one : started) {
            embedded.add(BackgroundFailure.join(one));
        }
        return embedded;
    }
}
