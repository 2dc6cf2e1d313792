package dev.rollcall.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A SQLite file to hold against the contracts. */
record SqliteBackend(Path file) implements SqlBackend {
    static SqliteBackend in(Path folder) {
        return new SqliteBackend(folder.resolve("roll.db"));
    }

    @Override
    public String pathOrUrl() {
        return file.toString();
    }

    @Override
    public void sql(String statement) {
        HandEdits.run(file, statement);
    }

    @Override
    public long numberOf(String query) {
        return Long.parseLong(HandEdits.query(file, query).getFirst());
    }

    @Override
    public boolean isTaken(String statement) {
        sql(statement);
        return true;
    }

    @Override
    public void refuse(String change, String table, String condition) {
        sql("CREATE TRIGGER refuse_" + table + " BEFORE " + change + " ON " + table + " WHEN " + condition
                + " BEGIN SELECT RAISE(ABORT, 'refused for the test'); END");
    }

    @Override
    public void refuseNothing(String table) {
        sql("DROP TRIGGER refuse_" + table);
    }

    @Override
    public long freePages() {
        return numberOf("PRAGMA freelist_count");
    }

    @Override
    public boolean filesHold(String word) {
        try (Stream<Path> files = Files.list(file.getParent())) {
            for (Path one : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(one), UTF_8).contains(word)) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
