package dev.rollcall.git;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.sync.Commit;
import dev.rollcall.sync.CommittedVersions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/** The history of a git repository, told by the git of PATH: three of them, which are asked and answer in turn. */
public final class GitHistory implements CommittedVersions {
    /** What a stash holds was taken back, so it is no version. */
    private static final List<String> COMMITS = List.of(
            "rev-list",
            "--exclude=refs/stash",
            "--all",
            "--topo-order",
            "--reverse",
            "--parents",
            "--timestamp",
            "--pretty=tformat:%at");

    private static final Pattern SECONDS = Pattern.compile("\\d+");

    /** RFC 3339 ends here; git's clock does not. */
    private static final long LAST_SECOND =
            Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    private final GitRepository repository;
    private final ChangeLister lister;
    private final BlobReader blobs;

    /**
     * @param folder of a repository, or in one
     * @param maxBytes larger files are not read
     * @throws ProblemException WORKSPACE_UNREADABLE when it is none, or git does not trust it
     */
    public GitHistory(Path folder, long maxBytes) {
        this.repository = GitRepository.at(folder);
        this.lister = new ChangeLister(folder);
        this.blobs = new BlobReader(folder, maxBytes);
    }

    @Override
    public String place() {
        return repository.place();
    }

    /** A folder's path in the repository; empty when it is not in its work tree. It need not exist any more. */
    public Optional<String> pathOf(Path folder) {
        return repository.pathOf(folder);
    }

    @Override
    public int cuts() {
        return repository.cuts();
    }

    @Override
    public List<Commit> commits() {
        List<Commit> commits = new ArrayList<>();
        try (GitChild git = GitChild.start(repository.folder(), COMMITS)) {
            git.in().close();
            BufferedReader lines = new BufferedReader(new InputStreamReader(git.out(), StandardCharsets.US_ASCII));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                // A line of its own after each: the author's time, empty where that can not be read.
                commits.add(commit(line, Objects.requireNonNullElse(lines.readLine(), "")));
            }
            if (!git.hasSucceeded()) {
                throw new ProblemException(
                        ProblemCode.WORKSPACE_UNREADABLE,
                        "git can not list the commits of " + ShownText.of(place()) + ": " + git.complaint(),
                        "Nothing was imported. See what git fsck says in the repository.");
            }
            return commits;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** @param line seconds, the word "commit", its id and those of its parents */
    private static Commit commit(String line, String author) {
        List<String> words = List.of(line.split(" ", -1));
        Instant at = time(words.getFirst());
        return new Commit(
                words.get(2),
                words.subList(3, words.size()),
                at,
                SECONDS.matcher(author).matches() ? time(author) : at);
    }

    @Override
    public Optional<String> head() {
        return repository.head();
    }

    /** Seconds, and sometimes far more of them than there will be. */
    private static Instant time(String seconds) {
        return Instant.ofEpochSecond(
                seconds.length() > 12 ? LAST_SECOND : Math.min(Long.parseLong(seconds), LAST_SECOND));
    }

    @Override
    public Changed changes(List<Commit> commits) {
        return lister.changes(commits);
    }

    @Override
    public Content content(String id) {
        return blobs.read(id);
    }

    @Override
    public void close() {
        lister.close();
        blobs.close();
    }
}
