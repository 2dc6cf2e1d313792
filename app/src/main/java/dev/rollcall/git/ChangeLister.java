package dev.rollcall.git;

import dev.rollcall.sync.Commit;
import dev.rollcall.sync.CommittedVersions.Changed;
import dev.rollcall.sync.CommittedVersions.ChangedFile;
import dev.rollcall.sync.CommittedVersions.State;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What commits changed, asked of one {@code git diff-tree} that stays. It is told commit and first parent, so that it
 * compares a merge with that parent alone; and it echoes a line that is no commit, which ends a series of answers.
 */
final class ChangeLister implements AutoCloseable {
    private static final List<String> COMMAND = List.of(
            "diff-tree",
            "--stdin",
            "-r",
            "-z",
            "--raw",
            "--no-abbrev",
            "--root",
            "--no-renames",
            "--no-ext-diff",
            "--always",
            "--",
            ":(top,glob)**/status.json");

    private static final char END = '#';

    private final Path folder;
    private @Nullable GitChild git;

    ChangeLister(Path folder) {
        this.folder = folder;
    }

    /** @param commits so few that two ids of each fit a pipe: they are all written before an answer is read */
    Changed changes(List<Commit> commits) {
        List<ChangedFile> files = new ArrayList<>();
        List<String> unreadable = new ArrayList<>();
        List<Commit> rest = commits;
        while (!rest.isEmpty()) {
            Set<String> answered = new HashSet<>();
            boolean isEnd = ask(rest, files, answered);
            List<Commit> open = rest.stream()
                    .filter(commit -> !answered.contains(commit.id()))
                    .toList();
            // A git that can not read a tree says nothing of its commit and ends.
            open.stream().limit(isEnd ? open.size() : 1).map(Commit::id).forEach(unreadable::add);
            rest = isEnd || open.isEmpty() ? List.of() : open.subList(1, open.size());
        }
        return new Changed(files, unreadable);
    }

    /** @return whether git answered to the end; else it has ended itself */
    private boolean ask(List<Commit> commits, List<ChangedFile> files, Set<String> answered) {
        if (git == null) {
            git = GitChild.start(folder, COMMAND);
        }
        StringBuilder lines = new StringBuilder();
        for (Commit commit : commits) {
            lines.append(commit.id());
            commit.parents().stream()
                    .limit(1)
                    .forEach(parent -> lines.append(' ').append(parent));
            lines.append('\n');
        }
        lines.append(END).append('\n');
        try {
            git.in().write(lines.toString().getBytes(StandardCharsets.US_ASCII));
            git.in().flush();
            read(git, commits, files, answered);
            return true;
        } catch (IOException ended) {
            git.close();
            git = null;
            return false;
        }
    }

    private static void read(GitChild git, List<Commit> commits, List<ChangedFile> files, Set<String> answered)
            throws IOException {
        int position = -1;
        while (true) {
            int first = git.out().read();
            if (first == END) {
                git.out().read();
                return;
            }
            if (first < 0) {
                throw new EOFException();
            }
            String text = (char) first + word(git);
            if (first == ':') {
                files.add(new ChangedFile(commits.get(position), word(git), state(text.split(" ", -1))));
            } else {
                do {
                    position++;
                } while (!commits.get(position).id().equals(text));
                answered.add(text);
            }
        }
    }

    /** Of an entry's words: both modes, both ids, the kind of change. */
    private static State state(String[] entry) {
        return switch (entry[4].charAt(0)) {
            case 'D' -> new State.Gone();
            default -> entry[1].startsWith("100") ? new State.Held(entry[3]) : new State.Odd();
        };
    }

    private static String word(GitChild git) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = git.out().read(); next != 0; next = git.out().read()) {
            if (next < 0) {
                throw new EOFException();
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        if (git != null) {
            git.close();
        }
    }
}
