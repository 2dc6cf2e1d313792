package dev.rollcall.app;

import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Who may ask through the window beyond reading on this machine. Kept in Rollcall's own folder, one line a token; of a
 * token's secret only the hash. A secret has 256 random bits, so that a plain hash is enough. Every call sees what any
 * process has created or revoked. Thread-safe.
 */
public final class Tokens {
    private static final String FILE = "tokens";
    private static final String PREFIX = "rollcall_";
    private static final int SECRET_BYTES = 32;
    private static final int ID_BYTES = 4;
    private static final int FIELDS = 5;

    private final StateFolder folder;
    private final SecureRandom random = new SecureRandom();

    /** Of threads of this process: a lock of the file is held by a process. */
    private final ReentrantLock turn = new ReentrantLock();

    Tokens(StateFolder folder) {
        this.folder = folder;
    }

    /**
     * A token as it is kept.
     *
     * @param id names it, for the list and the log; no secret
     * @param name what its maker calls it
     */
    public record Token(String id, Scope scope, String name, Instant createdAt, String secretSha256) {}

    /** A new token, and its secret, which nobody is told again. */
    public record Created(Token token, String secret) {}

    /** @throws ProblemException WORKSPACE_UNREADABLE when it can not be kept; WRONG_USAGE for a name that can not be shown */
    public Created create(Scope scope, String name, Instant now) {
        if (!name.equals(ShownText.of(name)) || name.length() > 100) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "a token's name has at most 100 visible characters",
                    "Name what will use it, for example --name ci.");
        }
        String secret = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(SECRET_BYTES));
        Token token = new Token(HexFormat.of().formatHex(bytes(ID_BYTES)), scope, name, now, sha256(secret));
        change(tokens -> {
            List<Token> more = new ArrayList<>(tokens);
            more.add(token);
            return more;
        });
        return new Created(token, secret);
    }

    /** The oldest first. */
    public List<Token> list() {
        return read();
    }

    /** Nobody gets in with it any more; false when there is no such token. */
    public boolean revoke(String id) {
        boolean[] wasThere = {false};
        change(tokens -> {
            wasThere[0] = tokens.stream().anyMatch(token -> token.id().equals(id));
            return tokens.stream().filter(token -> !token.id().equals(id)).toList();
        });
        return wasThere[0];
    }

    /** Whose secret this is. All tokens are compared, each in a time that does not depend on how much agrees. */
    public Optional<Token> find(String secret) {
        byte[] wanted = sha256(secret).getBytes(StandardCharsets.US_ASCII);
        Token found = null;
        for (Token token : read()) {
            if (MessageDigest.isEqual(wanted, token.secretSha256().getBytes(StandardCharsets.US_ASCII))) {
                found = token;
            }
        }
        return Optional.ofNullable(found);
    }

    private void change(UnaryOperator<List<Token>> change) {
        Path file = folder.create().resolve(FILE);
        turn.lock();
        try (FileChannel channel =
                FileChannel.open(folder.resolve(FILE + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            FileLock lock = channel.lock();
            try {
                replace(file, change.apply(read()));
            } finally {
                lock.release();
            }
        } catch (IOException failure) {
            throw unusable(file, failure);
        } finally {
            turn.unlock();
        }
    }

    private static void replace(Path file, List<Token> tokens) throws IOException {
        Path draft = Files.createTempFile(
                file.getParent(),
                FILE,
                ".tmp",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, tokens.stream().map(Tokens::line).collect(Collectors.joining()));
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private List<Token> read() {
        Path file = folder.resolve(FILE);
        try {
            List<Token> tokens = new ArrayList<>();
            for (String line : Files.readAllLines(file)) {
                tokens.add(token(file, line));
            }
            return tokens;
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw unusable(file, failure);
        }
    }

    private static String line(Token token) {
        return String.join(
                        "\t",
                        token.id(),
                        token.secretSha256(),
                        token.createdAt().toString(),
                        token.scope().text(),
                        token.name())
                + "\n";
    }

    private static Token token(Path file, String line) {
        String[] fields = line.split("\t", -1);
        try {
            if (fields.length == FIELDS) {
                return new Token(fields[0], Scope.of(fields[3]), fields[4], Instant.parse(fields[2]), fields[1]);
            }
        } catch (ProblemException | DateTimeException unreadable) {
            // Said below: whoever is in doubt about a token lets nobody in with any.
        }
        throw new ProblemException(
                ProblemCode.WORKSPACE_UNREADABLE,
                "the tokens in " + file + " can not be read: a line is not one that rollcall wrote",
                "Move the file away and create the tokens anew with rollcall token create.");
    }

    private static ProblemException unusable(Path file, IOException failure) {
        return new ProblemException(
                new Problem(
                        ProblemCode.WORKSPACE_UNREADABLE,
                        "the tokens in " + file + " can not be read or written: "
                                + ShownText.of(String.valueOf(failure.getMessage())),
                        "Check the folder and who owns it."),
                failure);
    }

    private byte[] bytes(int number) {
        byte[] bytes = new byte[number];
        random.nextBytes(bytes);
        return bytes;
    }

    private static String sha256(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
