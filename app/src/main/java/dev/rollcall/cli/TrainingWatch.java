package dev.rollcall.cli;

import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Watch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A watch over a few agents that a {@link TrainingRun} has beside it, in this process or in another. */
final class TrainingWatch {
    /** For a watch to begin, and to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);

    /** How the native libraries and the model are found; a child is to find them as its parent does. */
    private static final List<String> PROPERTIES = List.of(
            "org.sqlite.lib.path",
            "org.sqlite.lib.name",
            "ZstdNativePath",
            "onnxruntime.native.path",
            "rollcall.models",
            "java.locale.providers");

    private TrainingWatch() {}

    /** In this process, so that the start-up cache will know what a watch is made of. */
    static void here(Consumer<Rollcall> beside) {
        inAFolder(root -> {
            CountDownLatch over = new CountDownLatch(1);
            Thread watch = Thread.ofPlatform().daemon().start(() -> {
                try (Rollcall rollcall = Rollcall.open(root)) {
                    new Watch(rollcall, System.out::println).run(time -> isOver(over, time));
                }
            });
            try {
                whileItLeads(root, watch::isAlive, beside);
            } finally {
                over.countDown();
                isEnded(watch);
            }
        });
    }

    /** In another process: what only asks a watch must not learn how one is made. */
    static void elsewhere(Consumer<Rollcall> beside) {
        inAFolder(root -> {
            Process watch = new ProcessBuilder(javaCommand(root)).inheritIO().start();
            // Nobody else would end it when the training is ended half-way.
            Runtime.getRuntime().addShutdownHook(new Thread(watch::destroyForcibly));
            try {
                whileItLeads(root, watch::isAlive, beside);
            } finally {
                watch.destroy();
                if (!isEnded(watch)) {
                    watch.destroyForcibly();
                }
            }
        });
    }

    /**
     * A folder of its own for temporary files, because the path of a checkout can be too long for a socket. Whatever fails
     * in it, the rest is trained.
     */
    private static void inAFolder(Scene scene) {
        try {
            Path folder = Files.createTempDirectory("rollcall-");
            try {
                Path root = folder.resolve("a");
                TrainingSwarm.few(root, 3);
                scene.play(root);
            } finally {
                delete(folder);
            }
        } catch (IOException | RuntimeException failure) {
            System.out.println("not trained beside a watch: " + failure);
        }
    }

    private static void whileItLeads(Path root, BooleanSupplier isAlive, Consumer<Rollcall> beside) {
        CountDownLatch never = new CountDownLatch(1);
        try (Rollcall asking = Rollcall.open(root)) {
            long began = System.nanoTime();
            while (isAlive.getAsBoolean()
                    && !asking.askWatch().isLeading()
                    && System.nanoTime() - began < PATIENCE.toNanos()) {
                isOver(never, BETWEEN_LOOKS);
            }
            if (asking.askWatch().isLeading()) {
                beside.accept(asking);
            } else {
                // Asking would mean to search in this process.
                System.out.println("not trained beside a watch: it did not begin in time");
            }
        }
    }

    private static List<String> javaCommand(Path root) {
        Stream<String> properties = PROPERTIES.stream()
                .filter(name -> System.getProperty(name) != null)
                .map(name -> "-D" + name + "=" + System.getProperty(name));
        return Stream.of(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED"),
                        properties,
                        Stream.of(
                                "-cp",
                                System.getProperty("java.class.path"),
                                Main.class.getName(),
                                "watch",
                                "--root",
                                root.toString()))
                .flatMap(words -> words)
                .toList();
    }

    private static boolean isOver(CountDownLatch over, Duration within) {
        try {
            return over.await(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static boolean isEnded(Process process) {
        try {
            return process.waitFor(PATIENCE);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static boolean isEnded(Thread thread) {
        try {
            return thread.join(PATIENCE);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path one : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(one);
            }
        }
    }

    @FunctionalInterface
    private interface Scene {
        void play(Path root) throws IOException;
    }
}
