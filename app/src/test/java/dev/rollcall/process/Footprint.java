package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a process holds on to.
 *
 * @param heapBytes what is alive on the heap after a full collection
 * @param residentKilobytes what it takes of the machine's memory, garbage included
 */
record Footprint(long threads, long handles, long heapBytes, long residentKilobytes) {
    private static final Path PROCESSES = Path.of("/proc");
    private static final String JCMD =
            Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();

    /** Whether this system tells. */
    static boolean isTold() {
        return Files.isDirectory(PROCESSES.resolve("self/fd"));
    }

    static Footprint of(Process process) throws IOException, InterruptedException {
        long heap = liveBytes(process.pid());
        Path place = PROCESSES.resolve(String.valueOf(process.pid()));
        try (Stream<Path> handles = Files.list(place.resolve("fd"))) {
            return new Footprint(number(place, "Threads:"), handles.count(), heap, number(place, "VmRSS:"));
        }
    }

    /** Asking for a histogram collects all garbage first; its last line is the sum. */
    private static long liveBytes(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(JCMD, String.valueOf(pid), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        List<String> lines = jcmd.inputReader().lines().toList();
        assertThat(jcmd.waitFor()).as(() -> String.join("\n", lines)).isZero();
        String total = lines.stream()
                .filter(line -> line.startsWith("Total"))
                .findFirst()
                .orElseThrow(() -> new AssertionError(String.join("\n", lines)));
        return Long.parseLong(total.trim().split("\\s+")[2]);
    }

    private static long number(Path place, String label) throws IOException {
        return Files.readAllLines(place.resolve("status")).stream()
                .filter(line -> line.startsWith(label))
                .map(line -> line.substring(label.length()).trim().split(" ")[0])
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** The least of the last third is at most so much more than the most of the first: noise is no growth. */
    static void assertNoGrowth(List<Footprint> samples) {
        assertNoGrowth("threads", samples, Footprint::threads, 2);
        assertNoGrowth("handles", samples, Footprint::handles, 4);
        assertNoGrowth("heap", samples, Footprint::heapBytes, 2_000_000);
        assertNoGrowth("resident memory", samples, Footprint::residentKilobytes, 30_000);
    }

    private static void assertNoGrowth(
            String what, List<Footprint> samples, ToLongFunction<Footprint> measure, long slack) {
        int third = samples.size() / 3;
        long first = samples.subList(0, third).stream()
                .max(Comparator.comparingLong(measure))
                .map(measure::applyAsLong)
                .orElseThrow();
        long last = samples.subList(samples.size() - third, samples.size()).stream()
                .min(Comparator.comparingLong(measure))
                .map(measure::applyAsLong)
                .orElseThrow();
        assertThat(last).as("%s, of %s", what, samples).isLessThanOrEqualTo(first + slack);
    }
}
