package dev.rollcall.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MalformedFixturesTest {
    /** Codes that are decided before there is a text to parse. */
    private static final Set<RejectionCode> DECIDED_ELSEWHERE =
            EnumSet.of(RejectionCode.TOO_LARGE, RejectionCode.NOT_REGULAR_FILE, RejectionCode.UNREADABLE);

    static Stream<String> lines() {
        return new String(Fixtures.bytes("malformed/positions.txt"), UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#"));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void everyMalformedFixtureIsRejectedAsWhatItIsAndWhereItGoesWrong(String line) {
        String[] cells = line.split(" \\| ?", -1);
        ParseResult result = StatusParser.parse(Fixtures.bytes("malformed/" + cells[0] + ".json"));

        assertThat(result).isInstanceOfSatisfying(ParseResult.Rejected.class, rejected -> {
            assertThat(rejected.code().label()).isEqualTo(cells[0].substring(0, cells[0].indexOf("__")));
            assertThat(cellsOf(rejected)).containsExactly(cells[1], cells[2], cells[3]);
            assertThat(rejected.message()).isNotBlank().matches("[^\\p{Cntrl}\\p{Cf}]+");
        });
    }

    private static List<String> cellsOf(ParseResult.Rejected rejected) {
        Position place = rejected.position();
        return place == null
                ? List.of("", "", "")
                : List.of(
                        Integer.toString(place.line()),
                        Integer.toString(place.column()),
                        Long.toString(place.byteOffset()));
    }

    @Test
    void theTableNamesEveryFixtureOfItsFolder() {
        assertThat(lines().map(line -> "malformed/" + line.split(" ", 2)[0] + ".json"))
                .containsExactlyInAnyOrderElementsOf(Fixtures.names("malformed"));
    }

    @Test
    void everyCodeThatTextCanCauseHasAFixture() {
        Set<RejectionCode> met = EnumSet.copyOf(lines().map(line -> RejectionCode.valueOf(
                        line.substring(0, line.indexOf("__")).toUpperCase(java.util.Locale.ROOT)))
                .toList());
        assertThat(met).isEqualTo(EnumSet.complementOf(EnumSet.copyOf(DECIDED_ELSEWHERE)));
    }
}
