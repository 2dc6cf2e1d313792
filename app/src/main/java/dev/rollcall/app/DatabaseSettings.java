package dev.rollcall.app;

import dev.rollcall.roll.SourceName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the roll is kept, and who records there.
 *
 * @param url a SQLite path or a jdbc: URL; null means {@code .rollcall/roll.db} beside the root
 * @param source null where one root has the database for itself
 */
public record DatabaseSettings(
        @Nullable String url, @Nullable SourceName source) {
    private static final String SHARED = "jdbc:postgresql:";

    /** On a database that machines share, every root has a name: what was said, or the machine's and the root's. */
    static DatabaseSettings of(@Nullable String url, @Nullable SourceName said, Path root) {
        boolean isShared = url != null && url.startsWith(SHARED);
        return new DatabaseSettings(url, said != null || !isShared ? said : new SourceName(place(root)));
    }

    private static String place(Path root) {
        return host() + ":" + root.toAbsolutePath().normalize();
    }

    /** This process, as it is named to others that record here: where roots share the database, they may be anywhere. */
    String process(Path root) {
        String pid = "pid " + ProcessHandle.current().pid();
        return source == null ? pid : pid + " on " + place(root);
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException nameless) {
            return Objects.requireNonNullElse(System.getenv("HOSTNAME"), "localhost");
        }
    }

    /** What was named for the database. */
    public Optional<String> named() {
        return Optional.ofNullable(url);
    }
}
