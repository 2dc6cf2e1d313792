package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

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

/** Writers of every manner and size under a watch: every version on the roll is one that somebody wrote. */
@Timeout(value = 5400, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WatchedWritersTest {
    private static final int[] SIZES = {300, 6_000, 100_000};
    private static final int WRITES = Soak.times(300, 100_000);

    /** Between two writes of one agent, at most. */
    private static final long MAX_PAUSE_NANOS = Duration.ofMillis(10).toNanos();

    private static final Pattern VERSION = Pattern.compile("^\\{\"cycle_count\": (\\d+),");

    @TempDir
    private Path folder;

    private final long seed = Soak.seed();

    @Test
    void noVersionIsRecordedThatNobodyWrote() throws Exception {
        try (WatchedSwarm watched = new WatchedSwarm(folder)) {
            List<Author> authors = authors(watched.swarm);
            for (Author author : authors) {
                Files.createDirectories(author.file.getParent());
                author.write(0);
            }
            watched.start(List.of());
            for (Author author : authors) {
                watched.assertRow(author.agent, 0);
            }

            writeAll(authors);

            for (Author author : authors) {
                watched.assertRow(author.agent, WRITES);
            }
            watched.assertHealed("writing of every manner (seed " + seed + ")");
            watched.assertEndsWell("seed " + seed);
            watched.swarm.assertHistoryHasNoRepeats("seed " + seed);
            for (Author author : authors) {
                author.assertHistory(watched.swarm.history(author.agent), "seed " + seed);
            }
        }
    }

    private static List<Author> authors(Swarm swarm) {
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
                Random random = new Random(seed + i);
                all.add(threads.submit(() -> {
                    for (int version = 1; version <= WRITES; version++) {
                        author.write(version);
                        LockSupport.parkNanos(random.nextLong(MAX_PAUSE_NANOS));
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }

    /** Writes numbered versions of one agent's file. */
    private record Author(String agent, Path file, Manner manner, int size) {
        void write(int version) throws IOException {
            manner.write(file, document(version));
        }

        /** The number stands first and the letters depend on it: a mixture of two versions is neither. */
        String document(int version) {
            // Not a member that has a column: each version's row would repeat all of it.
            String start = "{\"cycle_count\": " + version + ", \"notes\": \"";
            String end = "\"}\n";
            int letters = size - version % 50 - start.length() - end.length();
            return start + Character.toString('a' + version % 26).repeat(letters) + end;
        }

        void assertHistory(List<String> history, String context) {
            int last = -1;
            int mixtures = 0;
            for (String text : history) {
                Matcher version = VERSION.matcher(text);
                assertThat(version.find()).as("%s: %s", context, agent).isTrue();
                int number = Integer.parseInt(version.group(1));
                if (!text.equals(document(number))) {
                    mixtures++;
                }
                assertThat(number).as("%s: %s", context, agent).isGreaterThanOrEqualTo(last);
                last = number;
            }
            System.out.printf(
                    "writers: %s wrote %d versions, %d recorded, %d of them mixtures%n",
                    agent, WRITES, history.size(), mixtures);
            if (manner.isWhole()) {
                assertThat(mixtures).as("%s: mixtures of %s", context, agent).isZero();
            }
            assertThat(history.getLast()).as("%s: %s", context, agent).isEqualTo(document(WRITES));
        }
    }
}
