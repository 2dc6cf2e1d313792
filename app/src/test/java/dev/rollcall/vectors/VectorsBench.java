package dev.rollcall.vectors;

import dev.rollcall.search.Embedding;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.PassageIndex.Near;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a question to the vectors costs. Started by benchmarks/vectors.py: {@code exact N}, {@code naive N}, {@code fill
 * FOLDER N BATCH} or {@code graph FOLDER N}.
 */
final class VectorsBench {
    private static final int DIMENSION = 384;
    private static final int WANTED = 10;
    private static final int QUESTIONS = 500;
    private static final long SEED = 20260301;
    private static final ClusteredVectors VECTORS = new ClusteredVectors(SEED, DIMENSION);

    private VectorsBench() {}

    public static void main(String[] arguments) throws IOException {
        switch (arguments[0]) {
            case "exact" -> exact(Integer.parseInt(arguments[1]));
            case "naive" -> naive(Integer.parseInt(arguments[1]));
            case "fill" -> fill(Path.of(arguments[1]), Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
            default -> graph(Path.of(arguments[1]), Integer.parseInt(arguments[2]));
        }
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
        }
    }

    private static void exact(int size) {
        try (ExactIndex index = new ExactIndex(DIMENSION)) {
            print("filled in %.2f s", fillUp(index, size, 50_000));
            time(asked -> index.nearest(asked, WANTED), questions());
        }
    }

    /** What somebody writes who has floats and a loop. */
    private static void naive(int size) {
        float[][] vectors = new float[size][];
        for (int i = 0; i < size; i++) {
            vectors[i] = VECTORS.floats(i + 1);
        }
        time(asked -> scan(vectors, asked), questions());
    }

    private static List<Near> scan(float[][] vectors, Embedding asked) {
        byte[] bytes = asked.bytes();
        float[] target = new float[DIMENSION];
        for (int i = 0; i < DIMENSION; i++) {
            target[i] = bytes[i];
        }
        Best best = new Best(WANTED);
        for (int row = 0; row < vectors.length; row++) {
            best.offer(row + 1, cosine(target, vectors[row]));
        }
        return best.inOrder();
    }

    private static double cosine(float[] a, float[] b) {
        float dot = 0;
        float squaresA = 0;
        float squaresB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            squaresA += a[i] * a[i];
            squaresB += b[i] * b[i];
        }
        return dot / Math.sqrt((double) squaresA * squaresB);
    }

    private static void fill(Path folder, int size, int batch) {
        try (HnswIndex index = HnswIndex.open(folder, DIMENSION)) {
            print("filled in %.1f s", fillUp(index, size, batch));
        }
    }

    /** In seconds, without the time that the vectors themselves take. */
    private static double fillUp(PassageIndex index, int size, int batch) {
        double seconds = 0;
        for (long first = index.newest() + 1; first <= size; first += batch) {
            List<PassageIndex.Numbered> vectors = VECTORS.numbered(first, Math.min(size, first + batch - 1));
            long began = System.nanoTime();
            index.add(vectors);
            seconds += (System.nanoTime() - began) / 1e9;
        }
        return seconds;
    }

    private static void graph(Path folder, int size) {
        List<Embedding> questions = questions();
        List<List<Near>> truth;
        try (ExactIndex exact = new ExactIndex(DIMENSION)) {
            fillUp(exact, size, 50_000);
            truth = questions.stream()
                    .map(asked -> exact.nearest(asked, WANTED))
                    .toList();
        }
        print("tenth nearest: cosine %.2f in the median", truth.get(0).getLast().cosine());
        long began = System.nanoTime();
        try (HnswIndex index = HnswIndex.open(folder, DIMENSION)) {
            print("opened in %.0f ms", (System.nanoTime() - began) / 1e6);
            List<List<Near>> found = time(asked -> index.nearest(asked, WANTED), questions);
            int hits = 0;
            for (int i = 0; i < found.size(); i++) {
                hits += shared(truth.get(i), found.get(i));
            }
            print("recall %.4f", hits / (double) (WANTED * found.size()));
            print("size %d", index.size());
        }
    }

    private static int shared(List<Near> truth, List<Near> found) {
        var numbers = truth.stream().map(Near::number).collect(Collectors.toSet());
        return (int)
                found.stream().filter(near -> numbers.contains(near.number())).count();
    }

    /** Texts of the same kind that are not in. */
    private static List<Embedding> questions() {
        List<Embedding> questions = new ArrayList<>();
        for (int i = 1; i <= QUESTIONS; i++) {
            questions.add(VECTORS.of(-i));
        }
        return questions;
    }

    /** Wall times, and the median of the thread's own: on a machine that others use as well only that one can be compared. */
    private static List<List<Near>> time(Function<Embedding, List<Near>> search, List<Embedding> questions) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        double[] millis = new double[questions.size()];
        double[] cpu = new double[millis.length];
        List<List<Near>> found = List.of();
        for (int round = 0; round < 3; round++) {
            found = new ArrayList<>();
            for (int i = 0; i < millis.length; i++) {
                long began = System.nanoTime();
                long cpuBegan = threads.getCurrentThreadCpuTime();
                found.add(search.apply(questions.get(i)));
                cpu[i] = (threads.getCurrentThreadCpuTime() - cpuBegan) / 1e6;
                millis[i] = (System.nanoTime() - began) / 1e6;
            }
            if (round == 0) {
                print("first %.1f ms", millis[0]);
            }
        }
        Arrays.sort(millis);
        Arrays.sort(cpu);
        print("p50 %.2f ms", millis[millis.length / 2]);
        print("p99 %.2f ms", millis[millis.length * 99 / 100]);
        print("processor p50 %.2f ms", cpu[cpu.length / 2]);
        print("processor p99 %.2f ms", cpu[cpu.length * 99 / 100]);
        return found;
    }

    private static void print(String format, Object value) {
        System.out.println(String.format(Locale.ROOT, format, value));
    }
}
