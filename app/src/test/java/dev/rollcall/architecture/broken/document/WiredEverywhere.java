package dev.rollcall.architecture.broken.document;

import dev.rollcall.architecture.broken.store.ShelfManager;
import io.javalin.Javalin;
import io.modelcontextprotocol.spec.McpSchema;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.Cookie;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Optional;
import javax.sql.DataSource;
import org.eclipse.jetty.server.Server;
import org.jline.terminal.Size;
import org.postgresql.PGConnection;
import org.sqlite.SQLiteConfig;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import reactor.core.publisher.Mono;

/** Uses what a document may not, keeps an Optional and reads the clock. */
public final class WiredEverywhere {
    private final Optional<Path> file;
    private final ShelfManager shelf;

    public WiredEverywhere(Path file, ShelfManager shelf) {
        this.file = Optional.of(file);
        this.shelf = shelf;
    }

    /** Names one class of each library that does not belong here. */
    public String libraries(Connection connection, DataSource source, SQLiteConfig config, TomlTable toml) {
        return Instant.now() + " " + connection + source + config + toml + Size.of(80, 24) + new CommandLine(shelf)
                + new PrometheusRegistry() + Javalin.create() + new Server() + Cookie.class + McpSchema.class
                + Mono.empty() + PGConnection.class + HttpClient.class
                + file;
    }
}
