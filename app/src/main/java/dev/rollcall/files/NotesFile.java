package dev.rollcall.files;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.push.PushNotes;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Notes in the state folder: a line for each, added at the end; when much of it is out of date the file is written anew.
 * A line that is none, as after a loss of power, is passed over. While it is open nobody else can open it.
 */
public final class NotesFile implements PushNotes {
    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");
    private static final String NOTHING = "-";
    private static final String HINT = "Check the folder and the space on the disk.";

    /** Lines that are out of date before the file is written anew. */
    private static final int MANY = 20_000;

    /** Of an agent; the receiver has answered none of them with more than a failure. */
    private static final int MOST_INTENDED = 16;

    private final Path file;
    private final StateFolder state;
    private final LeaderLock lock;
    private final Map<AgentId, Note> notes = new HashMap<>();
    private FileChannel end;
    private int lines;

    private enum Kind {
        INTENDED,
        CONFIRMED,
        FORGOTTEN
    }

    private NotesFile(StateFolder state, String name, LeaderLock lock) throws IOException {
        this.state = state;
        this.file = state.resolve(name + ".notes");
        this.lock = lock;
        read();
        this.end = writeAnew();
    }

    /**
     * Creates the file unless it is there.
     *
     * @param name tells the receiver from others
     * @throws ProblemException BUSY when somebody else has it open; WORKSPACE_UNREADABLE when it can not be read or written
     */
    public static NotesFile open(StateFolder state, String name) {
        Path place = state.create().resolve(name + ".lock");
        Optional<LeaderLock> lock = LeaderLock.tryTake(place);
        if (lock.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.BUSY,
                    "another push from this root to the same address runs",
                    "It sends what changes; stop it to push by yourself.");
        }
        try {
            return new NotesFile(state, name, lock.get());
        } catch (IOException failure) {
            lock.get().close();
            throw FailureWords.problem("notes in", state.resolve(name + ".notes"), failure, HINT);
        } catch (RuntimeException | Error failure) {
            lock.get().close();
            throw failure;
        }
    }

    @Override
    public Set<AgentId> agents() {
        return Set.copyOf(notes.keySet());
    }

    @Override
    public Note of(AgentId agent) {
        return notes.getOrDefault(agent, Note.NONE);
    }

    @Override
    public void intend(Map<AgentId, String> documents) {
        StringBuilder added = new StringBuilder();
        documents.forEach((agent, sha256) -> add(added, Kind.INTENDED, agent, sha256));
        append(added, documents.size());
        sync();
    }

    @Override
    public void confirm(Map<AgentId, String> documents) {
        StringBuilder added = new StringBuilder();
        documents.forEach((agent, sha256) -> add(added, Kind.CONFIRMED, agent, sha256));
        append(added, documents.size());
    }

    @Override
    public void forget(Collection<AgentId> agents) {
        StringBuilder added = new StringBuilder();
        agents.forEach(agent -> add(added, Kind.FORGOTTEN, agent, NOTHING));
        append(added, agents.size());
    }

    private void add(StringBuilder added, Kind kind, AgentId agent, String sha256) {
        take(kind, agent, sha256);
        added.append(line(kind, agent, sha256));
    }

    private void take(Kind kind, AgentId agent, String sha256) {
        switch (kind) {
            case INTENDED -> {
                Note before = of(agent);
                List<String> intended = new ArrayList<>(before.intended());
                intended.remove(sha256);
                intended.add(sha256);
                if (intended.size() > MOST_INTENDED) {
                    intended.removeFirst();
                }
                notes.put(agent, new Note(before.confirmed(), intended));
            }
            case CONFIRMED -> notes.put(agent, new Note(sha256, List.of()));
            case FORGOTTEN -> notes.remove(agent);
        }
    }

    private static String line(Kind kind, AgentId agent, String sha256) {
        return kind.name() + "\t" + sha256 + "\t" + agent.value() + "\n";
    }

    /** Begins a line of its own, whatever was left behind by a write that failed half way. */
    private void append(StringBuilder added, int more) {
        if (added.isEmpty()) {
            return;
        }
        try {
            lines += more;
            if (lines > MANY + 4 * notes.size()) {
                end.close();
                end = writeAnew();
            } else {
                write(end, "\n" + added);
            }
        } catch (IOException failure) {
            throw FailureWords.problem("notes in", file, failure, HINT);
        }
    }

    private void sync() {
        try {
            end.force(false);
        } catch (IOException failure) {
            throw FailureWords.problem("notes in", file, failure, HINT);
        }
    }

    private static void write(FileChannel to, String text) throws IOException {
        ByteBuffer rest = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
        while (rest.hasRemaining()) {
            to.write(rest);
        }
    }

    private void read() throws IOException {
        // Not as Files.newBufferedReader does, which ends at the first byte that is no text.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                take(line);
            }
        } catch (NoSuchFileException first) {
            // Nothing was pushed there yet.
        }
    }

    private void take(String line) {
        String[] fields = line.split("\t", -1);
        if (fields.length == 3 && AgentId.objectionTo(fields[2]).isEmpty()) {
            AgentId agent = new AgentId(fields[2]);
            if (fields[0].equals(Kind.FORGOTTEN.name())) {
                take(Kind.FORGOTTEN, agent, NOTHING);
            } else if (SHA256.matcher(fields[1]).matches()) {
                for (Kind kind : List.of(Kind.INTENDED, Kind.CONFIRMED)) {
                    if (fields[0].equals(kind.name())) {
                        take(kind, agent, fields[1]);
                    }
                }
            }
        }
    }

    private FileChannel writeAnew() throws IOException {
        StringBuilder all = new StringBuilder();
        notes.forEach((agent, note) -> {
            if (note.confirmed() != null) {
                all.append(line(Kind.CONFIRMED, agent, note.confirmed()));
            }
            note.intended().forEach(sha256 -> all.append(line(Kind.INTENDED, agent, sha256)));
        });
        new DurableReplacement(state.create("tmp"), WriteSteps.UNDISTURBED)
                .replace(file, all.toString().getBytes(StandardCharsets.UTF_8), null);
        lines = 0;
        return FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (IOException failure) {
            throw FailureWords.problem("notes in", file, failure, HINT);
        } finally {
            lock.close();
        }
    }
}
