package dev.rollcall.git;

import dev.rollcall.sync.CommittedVersions.Content;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of files, asked of one {@code git cat-file} that stays. */
final class BlobReader implements AutoCloseable {
    private static final List<String> COMMAND = List.of("cat-file", "--batch");

    private final Path folder;
    private final long maxBytes;
    private @Nullable GitChild git;

    BlobReader(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    Content read(String id) {
        if (git == null) {
            git = GitChild.start(folder, COMMAND);
        }
        try {
            git.in().write((id + "\n").getBytes(StandardCharsets.US_ASCII));
            git.in().flush();
            return answer(git, id);
        } catch (IOException ended) {
            // It can not read what is there, and gives up altogether.
            git.close();
            git = null;
            return new Content.Missing();
        }
    }

    /** {@code ID blob SIZE}, the bytes and a line's end; or {@code ID missing}. */
    private Content answer(GitChild git, String id) throws IOException {
        String[] words = line(git).split(" ", -1);
        if (words.length != 3) {
            return new Content.Missing();
        }
        long size = Long.parseLong(words[2]);
        Content content = new Content.TooLarge(size, maxBytes);
        if (size > maxBytes || !words[1].equals("blob")) {
            git.out().skipNBytes(size);
        } else {
            byte[] bytes = git.out().readNBytes((int) size);
            if (bytes.length < size) {
                throw new EOFException();
            }
            content = new Content.Bytes(bytes);
        }
        git.out().skipNBytes(1);
        return words[0].equals(id) && words[1].equals("blob") ? content : new Content.Missing();
    }

    private static String line(GitChild git) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int next = git.out().read(); next != '\n'; next = git.out().read()) {
            if (next < 0) {
                throw new EOFException();
            }
            bytes.write(next);
        }
        return bytes.toString(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (git != null) {
            git.close();
        }
    }
}
