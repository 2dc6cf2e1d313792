package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.cli.Shell;
import dev.rollcall.files.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Six processes sync while files change: history holds finished versions only, each once, in the order of writing. */
@Timeout(value = 3600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ConcurrentSyncTest {
    private static final int SYNCING = 6;
    private static final int[] SIZES = {300, 6_000, 100_000};
    private static final int WRITES = Soak.times(300, 20_000);

    /** Between two writes of one agent, at most: long enough for a pass to see some versions whole. */
    private static final long MAX_PAUSE_NANOS = Duration.ofMillis(20).toNanos();

    private static final Pattern VERSION = Pattern.compile("^\\{\"cycle_count\": (\\d+),");

    @TempDir
    private Path folder;

    private final long seed = Soak.seed();

    @Test
    void onlyFinishedVersionsAreRecordedOnceEachAndInOrder() throws Exception {
        Swarm swarm = new Swarm(folder);
        List<Author> authors = authors(swarm);
        authors.forEach(author -> author.write(0));
        Path stop = folder.resolve("stop");
        List<Process> syncing = new ArrayList<>();
        for (int i = 0; i < SYNCING; i++) {
            String agent = i < 2 ? "" : authors.get(random(i).nextInt(authors.size())).agent;
            syncing.add(ChildJvm.start(Syncer.class, folder.toString(), stop.toString(), agent));
        }
        for (Process process : syncing) {
            assertThat(process.inputReader().readLine()).isEqualTo("pass");
        }
        writeAll(authors);
        Files.createFile(stop);
        for (Process process : syncing) {
            assertThat(process.waitFor()).as("what a process printed to stderr").isZero();
            assertThat(process.inputReader().lines().count()).isPositive();
        }

        assertThat(swarm.run("sync", "--all").exitCode()).isZero();
        swarm.assertRollIsTrue(context());
        swarm.assertHistoryHasNoRepeats(context());
        authors.forEach(author -> author.assertHistory(swarm.history(author.agent), context()));
    }

    private String context() {
        return "seed " + seed;
    }

    private Random random(int stream) {
        return new Random(seed + stream);
    }

    private List<Author> authors(Swarm swarm) {
        List<Author> authors = new ArrayList<>();
        for (Manner manner : Manner.values()) {
            for (int size : SIZES) {
                String agent = manner + "-" + size;
                authors.add(new Author(agent, swarm.file(agent), manner, size));
            }
        }
        return authors;
    }

    private void writeAll(List<Author> authors) throws Exception {
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < authors.size(); i++) {
                Author author = authors.get(i);
                Random random = random(100 + i);
                all.add(threads.submit(() -> {
                    for (int version = 1; version <= WRITES; version++) {
                        author.write(version);
                        LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NANOS));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Writes numbered versions of one agent's file. */
    private record Author(String agent, Path file, Manner manner, int size) {
        void write(int version) {
            try {
                Files.createDirectories(file.getParent());
                manner.write(file, document(version));
            } catch (IOException failure) {
                throw new java.io.UncheckedIOException(failure);
            }
        }

        /** The number stands first and the letters depend on it: a mixture of two versions is neither. */
        String document(int version) {
            String start = "{\"cycle_count\": " + version + ", \"current_phase\": \"";
            String end = "\"}\n";
            int letters = size - version % 50 - start.length() - end.length();
            return start + Character.toString('a' + version % 26).repeat(letters) + end;
        }

        void assertHistory(List<String> history, String context) {
            assertThat(history).as(context + ": " + agent).hasSizeGreaterThan(1);
            int last = -1;
            for (String document : history) {
                Matcher version = VERSION.matcher(document);
                assertThat(version.find()).as(context + ": " + agent).isTrue();
                int number = Integer.parseInt(version.group(1));
                if (manner.isWhole()) {
                    assertThat(document)
                            .as("%s: version %d of %s is as it was written", context, number, agent)
                            .isEqualTo(document(number));
                    assertThat(number).as(context + ": " + agent).isGreaterThan(last);
                } else {
                    assertThat(number).as(context + ": " + agent).isGreaterThanOrEqualTo(last);
                }
                last = number;
            }
            assertThat(history.getLast()).as(context + ": " + agent).isEqualTo(document(WRITES));
        }
    }

    /** Commands one after the other until the file "stop" is there. */
    static final class Syncer {
        private Syncer() {}

        public static void main(String[] arguments) {
            Shell shell = new Shell(Path.of(arguments[0]));
            ProcessHandle test = ProcessHandle.current().parent().orElseThrow();
            while (test.isAlive() && !Files.exists(Path.of(arguments[1]))) {
                Shell.Result result = arguments[2].isEmpty()
                        ? shell.run("sync", "--all")
                        : shell.run("sync", "--agent", arguments[2]);
                // 1: a writer was too slow or too busy for the two seconds that a pass waits.
                if (result.exitCode() > 1) {
                    throw new AssertionError(result.toString());
                }
                System.out.println("pass");
            }
        }
    }
}
