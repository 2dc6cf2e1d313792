package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Rollcall;
import dev.rollcall.cli.Main;
import dev.rollcall.cli.Shell;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusParser;
import dev.rollcall.files.ChildJvm;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.Verdict;
import dev.rollcall.sync.Verifier.Depth;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Agents in a real folder, and Rollcall working on it in processes of its own. */
final class Swarm {
    private final Shell shell;

    Swarm(Path folder) {
        shell = new Shell(folder);
    }

    Path root() {
        return shell.root;
    }

    Path folder() {
        return shell.folder;
    }

    Path database() {
        return shell.database();
    }

    Path file(String agent) {
        return shell.file(agent);
    }

    /** As {@link Shell#write}: a file that nobody has touched for a minute. */
    void write(String agent, String document) {
        shell.write(agent, document);
    }

    String read(String agent) {
        return shell.read(agent);
    }

    /** The command in this process. */
    Shell.Result runHere(String... arguments) {
        return shell.run(arguments);
    }

    /** The command in a process of its own, started by way of another program where {@code through} names one. */
    ProcessBuilder command(List<String> through, String... arguments) {
        List<String> all = new ArrayList<>(List.of("--root", root().toString()));
        all.addAll(List.of(arguments));
        return ChildJvm.command(through, Main.class, all.toArray(String[]::new));
    }

    /** The command in a process of its own; what it prints is thrown away. */
    Process start(String... arguments) throws IOException {
        return command(List.of(), arguments)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** The command in a process of its own, to its end. */
    Shell.Result run(String... arguments) throws IOException, InterruptedException {
        return run(command(List.of(), arguments));
    }

    Shell.Result run(ProcessBuilder command) throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder(), "out", ".txt");
        Path err = Files.createTempFile(folder(), "err", ".txt");
        Process process =
                command.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        int exitCode = process.waitFor();
        return new Shell.Result(exitCode, Files.readString(out), Files.readString(err));
    }

    Rollcall rollcall() {
        return Rollcall.open(root());
    }

    SqlStore store() {
        return SqlStore.openForReading(database().toString(), SwarmName.DEFAULT, Duration.ofSeconds(10));
    }

    /** Every version of the agent that the roll holds, oldest first; each must come back as it was recorded. */
    List<String> history(String agent) {
        AgentId id = new AgentId(agent);
        try (SqlStore store = store()) {
            List<String> documents = new ArrayList<>();
            for (HistoryRow row : store.storedHistory(id)) {
                documents.add(
                        switch (store.document(id, row.revision())) {
                            case StoredDocument.Intact(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
                            case StoredDocument.Damaged(String reason) ->
                                throw new AssertionError(agent + ", revision " + row.revision() + ": " + reason);
                        });
            }
            return documents;
        }
    }

    List<String> agents() {
        try (Stream<Path> folders = Files.list(root())) {
            return folders.map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Every agent is SYNCED without any drift, every revision included. */
    void assertRollIsTrue(String context) {
        try (Rollcall rollcall = rollcall()) {
            assertThat(rollcall.verifyAll(Depth.EVERY_REVISION, Progress.NONE))
                    .as(context)
                    .hasSameSizeAs(agents())
                    .allSatisfy(verification -> {
                        assertThat(verification.verdict())
                                .as(verification.toString())
                                .isEqualTo(Verdict.SYNCED);
                        assertThat(verification.drift())
                                .as(verification.toString())
                                .isEmpty();
                    });
        }
    }

    /** No version twice in a row, in no agent's history. */
    void assertHistoryHasNoRepeats(String context) {
        try (SqlStore store = store()) {
            for (String agent : agents()) {
                List<String> digests = store.storedHistory(new AgentId(agent)).stream()
                        .map(row -> row.columns().get("content_sha256"))
                        .toList();
                for (int i = 1; i < digests.size(); i++) {
                    assertThat(digests.get(i))
                            .as("%s: revision %d of %s", context, i + 1, agent)
                            .isNotEqualTo(digests.get(i - 1));
                }
            }
        }
    }

    /** Every file is whole, and nothing is beside it. */
    void assertFilesAreWhole(String context) {
        for (String agent : agents()) {
            assertThat(root().resolve(agent).toFile().list()).as(context).containsExactly("status.json");
            assertThat(StatusParser.parse(read(agent).getBytes(StandardCharsets.UTF_8)))
                    .as("%s: %s", context, agent)
                    .isInstanceOf(ParseResult.Parsed.class);
        }
    }
}
