package dev.rollcall.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Options;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Setting;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.StoredAgent.HistoryRow;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.SyncReport;
import dev.rollcall.sync.Verification;
import dev.rollcall.sync.Verifier.Depth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** A real swarm's history happens again, version by version, under three roots that share a database. */
@EnabledIfEnvironmentVariable(
        named = RealHistoryReplayTest.REAL,
        matches = ".+",
        disabledReason = "the folder of real status files is not on this machine")
class RealHistoryReplayTest {
    static final String REAL = "ROLLCALL_REAL_STATUS";

    /** What Python's json says of most of the files that are in conflict; the others are among the malformed ones. */
    private static final String IN_CONFLICT = "Expecting property name enclosed in double quotes: line 3 column 1 ";

    /** Of the raw bytes, in per cent. */
    private static final int MAX_SHARE = 10;

    @TempDir
    private Path folder;

    private final Map<String, Rollcall> rollcalls = new TreeMap<>();
    private final Map<Path, List<byte[]>> recorded = new LinkedHashMap<>();
    private final Map<Path, byte[]> standing = new HashMap<>();

    @Test
    void everyVersionIsJudgedAsTheIndexSaysAndComesBackByteForByte() throws Exception {
        int rejected = 0;
        try {
            for (Version version : versions()) {
                rejected += happen(version) ? 0 : 1;
            }
            for (Rollcall rollcall : rollcalls.values()) {
                assertThat(rollcall.verifyAll(Depth.EVERY_REVISION, Progress.NONE))
                        .isNotEmpty()
                        .allMatch(Verification::isClean);
            }
        } finally {
            rollcalls.values().forEach(Rollcall::close);
        }
        assertThat(rejected).isPositive();
        assertThat(rollcalls).hasSize(3);
        long raw = 0;
        for (Map.Entry<Path, List<byte[]>> history : recorded.entrySet()) {
            assertHistory(history.getKey(), history.getValue());
            raw += history.getValue().stream().mapToLong(bytes -> bytes.length).sum();
        }
        assertThat(storedBytes() * 100).as("of %d bytes", raw).isLessThanOrEqualTo(raw * MAX_SHARE);
    }

    /** @return whether the version was acceptable */
    private boolean happen(Version version) throws IOException {
        Path file = folder.resolve(version.path());
        Files.createDirectories(file.getParent());
        Files.write(file, version.bytes());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofMinutes(1))));

        SyncReport report = rollcall(file).sync(agentOf(file), Extent.CHANGES);

        if (!version.error().isEmpty()) {
            assertThat(report.recorded()).as(version.path()).isZero();
            assertThat(report.rejected()).as(version.path()).hasSize(1);
            RejectedDocument rejected = report.rejected().getFirst();
            assertThat(rejected.contentSha256()).isEqualTo(DocumentContent.sha256Of(version.bytes()));
            assertCode(version, rejected);
            return false;
        }
        boolean isNew = !Arrays.equals(version.bytes(), standing.put(file, version.bytes()));
        assertThat(report.recorded()).as("%s", version).isEqualTo(isNew ? 1 : 0);
        assertThat(report.rejected()).as("%s", version).isEmpty();
        if (isNew) {
            recorded.computeIfAbsent(file, f -> new ArrayList<>()).add(version.bytes());
        }
        return true;
    }

    private static void assertCode(Version version, RejectedDocument rejected) throws IOException {
        String code = RealOddFilesTest.malformedCodes().get(version.number());
        if (code == null) {
            assertThat(version.error())
                    .as("%s: %s", version, rejected.rejection())
                    .startsWith(IN_CONFLICT);
            code = "conflict_markers";
        }
        assertThat(rejected.rejection().code().label()).as(version.toString()).isEqualTo(code);
    }

    private void assertHistory(Path file, List<byte[]> versions) {
        try (SqlStore store =
                SqlStore.openForReading(database().toString(), new SwarmName(swarmOf(file)), Duration.ofSeconds(10))) {
            List<HistoryRow> rows = store.storedHistory(agentOf(file));
            assertThat(rows).as(file.toString()).hasSameSizeAs(versions);
            for (int i = 0; i < rows.size(); i++) {
                byte[] expected = versions.get(i);
                assertThat(store.document(agentOf(file), rows.get(i).revision()))
                        .as("version %d of %s", i + 1, file)
                        .isInstanceOfSatisfying(
                                StoredDocument.Intact.class,
                                intact -> assertThat(intact.bytes()).isEqualTo(expected));
            }
        }
    }

    private long storedBytes() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT sum(length(document)) FROM status_history")) {
            return row.getLong(1);
        }
    }

    private Path database() {
        return folder.resolve("roll.db");
    }

    private Rollcall rollcall(Path file) {
        return rollcalls.computeIfAbsent(
                swarmOf(file),
                swarm -> Rollcall.open(Options.NONE
                        .with(Setting.ROOT, rootOf(file).toString())
                        .with(Setting.DB, database().toString())
                        .with(Setting.SWARM, swarm)));
    }

    /** The root's path with hyphens. */
    private String swarmOf(Path file) {
        return folder.relativize(rootOf(file)).toString().replace('/', '-');
    }

    private static Path rootOf(Path file) {
        return file.getParent().getParent();
    }

    private static AgentId agentOf(Path file) {
        return new AgentId(file.getParent().getFileName().toString());
    }

    private record Version(int number, String path, byte[] bytes, String error) {
        @Override
        public String toString() {
            return number + " " + path + " " + error;
        }
    }

    private static List<Version> versions() throws IOException {
        Path history = Path.of(System.getenv(REAL)).resolve("history");
        List<String> lines = Files.readAllLines(history.resolve("index.tsv"));
        List<String> header = List.of(lines.getFirst().split("\t", -1));
        List<Version> versions = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split("\t", -1);
            boolean isValid = cells[header.indexOf("valid_json")].equals("y");
            String error = cells[header.indexOf("error")];
            assertThat(error.isEmpty()).isEqualTo(isValid);
            versions.add(new Version(
                    Integer.parseInt(cells[header.indexOf("seq")]),
                    cells[header.indexOf("path")],
                    Files.readAllBytes(history.resolve(cells[header.indexOf("file")])),
                    error));
        }
        return versions;
    }
}
