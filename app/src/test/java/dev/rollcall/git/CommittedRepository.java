package dev.rollcall.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A git repository whose commits a test makes up, times, parents and all. */
public final class CommittedRepository {
    public final Path folder;
    private final ByteArrayOutputStream stream = new ByteArrayOutputStream();
    private final Map<Integer, String> ids = new HashMap<>();
    private int commits;

    public CommittedRepository(Path folder) {
        this.folder = folder;
        run(folder.getParent(), "init", "-q", "-b", "main", folder.toString());
    }

    /** What one commit writes and deletes. */
    public static final class Change {
        private final Map<String, byte[]> files = new HashMap<>();
        private final List<String> deleted = new ArrayList<>();
        private @Nullable Instant writtenAt;

        public static Change write(String path, String text) {
            return write(path, text.getBytes(UTF_8));
        }

        public static Change write(String path, byte[] bytes) {
            return new Change().and(path, bytes);
        }

        public static Change delete(String path) {
            return new Change().andDelete(path);
        }

        public Change and(String path, String text) {
            return and(path, text.getBytes(UTF_8));
        }

        public Change and(String path, byte[] bytes) {
            files.put(path, bytes);
            return this;
        }

        /** When its author says that it was made; else as its committer. */
        public Change writtenAt(Instant time) {
            writtenAt = time;
            return this;
        }

        public Change andDelete(String path) {
            deleted.add(path);
            return this;
        }
    }

    /** A commit on a branch of its own that only this one has. @return its number, from 1 */
    public int commit(Instant at, Change change, int... parents) {
        return commit("number-" + (commits + 1), at, change, parents);
    }

    public int commit(String branch, Instant at, Change change, int... parents) {
        int number = ++commits;
        StringBuilder head = new StringBuilder();
        if (parents.length == 0) {
            head.append("reset refs/heads/").append(branch).append("\n\n");
        }
        head.append("commit refs/heads/").append(branch).append("\nmark :").append(number);
        if (change.writtenAt != null) {
            head.append("\nauthor Keeper <keeper@lighthouse.example> ")
                    .append(change.writtenAt.getEpochSecond())
                    .append(" +0000");
        }
        head.append("\ncommitter Keeper <keeper@lighthouse.example> ")
                .append(at.getEpochSecond())
                .append(" +0000\ndata 0\n");
        IntStream.range(0, parents.length)
                .forEach(i -> head.append(i == 0 ? "from :" : "merge :")
                        .append(parents[i])
                        .append('\n'));
        stream.writeBytes(head.toString().getBytes(UTF_8));
        change.deleted.forEach(path -> stream.writeBytes(("D " + path + "\n").getBytes(UTF_8)));
        change.files.forEach((path, bytes) -> {
            stream.writeBytes(("M 100644 inline " + path + "\ndata " + bytes.length + "\n").getBytes(UTF_8));
            stream.writeBytes(bytes);
            stream.write('\n');
        });
        stream.write('\n');
        return number;
    }

    /** Hands everything committed so far to git. */
    public CommittedRepository done() {
        try {
            Path marks = folder.resolve(".git/marks");
            Process git = new ProcessBuilder(
                            "git",
                            "fast-import",
                            "--quiet",
                            "--force",
                            "--import-marks-if-exists=" + marks,
                            "--export-marks=" + marks)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            git.getOutputStream().write(stream.toByteArray());
            git.getOutputStream().close();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8);
            assertThat(git.waitFor()).as(said).isZero();
            stream.reset();
            for (String line : Files.readAllLines(marks)) {
                ids.put(Integer.valueOf(line.substring(1, line.indexOf(' '))), line.substring(line.indexOf(' ') + 1));
            }
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    /** The id of a commit. */
    public String id(int number) {
        return ids.get(number);
    }

    public List<String> git(String... arguments) {
        return run(folder, arguments);
    }

    /** As git keeps it, when it is kept alone. */
    public Path looseObject(String id) {
        return folder.resolve(".git/objects").resolve(id.substring(0, 2)).resolve(id.substring(2));
    }

    /** Takes every object out of its pack. */
    public void unpack() {
        try {
            Path packs = folder.resolve(".git/objects/pack");
            Path aside = Files.createDirectories(folder.resolve("aside"));
            List<Path> moved = new ArrayList<>();
            try (Stream<Path> files = Files.list(packs)) {
                for (Path file : files.toList()) {
                    Path target = aside.resolve(file.getFileName());
                    Files.move(file, target);
                    moved.add(target);
                }
            }
            for (Path file : moved) {
                if (file.toString().endsWith(".pack")) {
                    Process git = new ProcessBuilder("git", "unpack-objects", "-q")
                            .directory(folder.toFile())
                            .redirectInput(file.toFile())
                            .redirectErrorStream(true)
                            .start();
                    String said = new String(git.getInputStream().readAllBytes(), UTF_8);
                    assertThat(git.waitFor()).as(said).isZero();
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }

    private static List<String> run(Path folder, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            Process git = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(git.getInputStream().readAllBytes(), UTF_8);
            assertThat(git.waitFor()).as("%s: %s", command, said).isZero();
            return said.lines().toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException stop) {
            throw new IllegalStateException(stop);
        }
    }
}
