package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

@EnabledIfEnvironmentVariable(
        named = "ROLLCALL_REAL_STATUS",
        matches = ".+",
        disabledReason = "the folder of real status files is not on this machine")
class RealStatusFilesTest {
    /** The class that stands first in a file's name, and the code it must be rejected with. */
    private static final Map<String, RejectionCode> CLASSES = Map.of(
            "04", RejectionCode.CONFLICT_MARKERS,
            "07", RejectionCode.BARE_TEXT,
            "09", RejectionCode.TWO_DOCUMENTS,
            "11", RejectionCode.TRAILING_TEXT,
            "14", RejectionCode.SYNTAX,
            "15", RejectionCode.TRUNCATED,
            "17", RejectionCode.SYNTAX);

    @Test
    void everyMalformedFileIsRejectedAsItsClassSays() {
        for (Path file : Fixtures.real("malformed", ".json")) {
            String name = file.getFileName().toString();
            assertThat(StatusParser.parse(Fixtures.read(file)))
                    .as(name)
                    .isInstanceOfSatisfying(ParseResult.Rejected.class, rejected -> {
                        assertThat(rejected.code()).as(name).isEqualTo(CLASSES.get(name.substring(0, 2)));
                        assertThat(rejected.position()).as(name).isNotNull();
                    });
        }
    }

    @Test
    void ofTheHistoryExactlyThoseAreAcceptedThatTheIndexCallsValid() {
        List<String> index = new String(
                        Fixtures.read(Fixtures.real("history", "index.tsv").getFirst()), UTF_8)
                .lines()
                .toList();
        List<String> header = List.of(index.getFirst().split("\t", -1));
        for (String line : index.subList(1, index.size())) {
            String[] cells = line.split("\t", -1);
            String file = cells[header.indexOf("file")];
            ParseResult result = StatusParser.parse(
                    Fixtures.read(Fixtures.real("history", file).getFirst()));
            assertThat(result instanceof ParseResult.Parsed)
                    .as(file)
                    .isEqualTo(cells[header.indexOf("valid_json")].equals("y"));
            if (result instanceof ParseResult.Rejected rejected && rejected.code() != RejectionCode.TRUNCATED) {
                assertThat(cells[header.indexOf("error")]).as(file).contains(place(rejected));
            }
        }
    }

    @Test
    void theTrickyFilesAndTheSwarmAreAccepted() {
        assertThat(Fixtures.real("tricky", ".json"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(
                                Fixtures.accepted(Fixtures.read(file)).root().members())
                        .isNotEmpty());
        assertThat(Fixtures.real("agent_workspaces", ".json"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(
                                Fixtures.accepted(Fixtures.read(file)).root().members())
                        .isNotEmpty());
    }

    /** The place as Python's json spells it. */
    private static String place(ParseResult.Rejected rejected) {
        Position position = Objects.requireNonNull(rejected.position());
        return String.format(Locale.ROOT, "line %d column %d", position.line(), position.column());
    }
}
