package dev.rollcall.document;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The documents below src/test/resources/fixtures, and the real ones where a machine has them. */
final class Fixtures {
    private static final String REAL = "ROLLCALL_REAL_STATUS";

    private Fixtures() {}

    /** @param name like {@code plain/gallery_guard.json} */
    static byte[] bytes(String name) {
        return read(root().resolve(name));
    }

    static StatusDocument document(String name) {
        return accepted(bytes(name));
    }

    static StatusDocument accepted(byte[] bytes) {
        return switch (StatusParser.parse(bytes)) {
            case ParseResult.Parsed parsed -> parsed.document();
            case ParseResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }

    /** Names of all fixtures of a folder, in order. */
    static List<String> names(String folder) {
        return files(root().resolve(folder), ".json").stream()
                .map(file -> folder + "/" + file.getFileName())
                .toList();
    }

    /** Names of all fixtures that must be accepted. */
    static List<String> acceptable() {
        return Stream.concat(names("plain").stream(), names("tricky").stream()).toList();
    }

    /** Files below a folder of the real ones whose names end so. */
    static List<Path> real(String folder, String ending) {
        return files(Path.of(System.getenv(REAL)).resolve(folder), ending);
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path root() {
        URL root = Objects.requireNonNull(Fixtures.class.getResource("/fixtures"), "fixtures on the class path");
        try {
            return Path.of(root.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
