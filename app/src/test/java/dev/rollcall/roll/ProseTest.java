package dev.rollcall.roll;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.document.ParseResult;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusParser;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts outside the known members are passages, and under which field. */
class ProseTest {
    @Test
    void theProfileComesFirstAndTellsWhoTheAgentIsAndWhatItIsAt() {
        assertThat(
                        further(
                                "{\"current_phase\":\"kneading\",\"current_mission\":{\"title\":\"Bread\"},\"role\":\"Baker\","
                                        + "\"specialty\":\"rye\",\"agent_name\":\"Baker\",\"current_tasks\":[\"mix\"],\"note\":\"very good\"}"))
                .containsExactly("profile=Baker, rye, Bread, kneading", "note=very good");
        assertThat(further("{\"current_tasks\":[\"mix\"],\"role\":\" \"}")).isEmpty();
    }

    @Test
    void theFieldIsThePathOfMembersAndListsLeaveNoTraceInIt() {
        assertThat(
                        further(
                                "{\"log\":{\"today\":[{\"note\":\"mended the gate\"},[\"swept the yard\"]]},\"a.b\":\"with a dot\"}"))
                .containsExactly("log.today.note=mended the gate", "log.today=swept the yard", "a.b=with a dot");
    }

    @Test
    void namesThatAreTooLongOrHoldWhatNoDatabaseKeepsDoNotGetIntoThePath() {
        String name = "n".repeat(150);
        assertThat(further("{\"" + name + "\":{\"" + name
                        + "\":{\"short\":\"mended the gate\"}},\"a\\u0000b\":\"swept it all\"}"))
                .containsExactly(name + ".short=mended the gate", "a\ufffdb=swept it all");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "two words",
                "config_manager",
                "ConfigManager",
                "no-op it",
                "\u0434\u0432\u0430 \u0441\u043b\u043e\u0432\u0430",
                "a to be",
                "99 red balloons 7",
                "since 2025-10-15 12:00 it waits",
                "  padded text  "
            })
    void twoWordsOfTwoLettersAreProseHoweverTheyAreJoined(String text) {
        assertThat(further("{\"x\":\"" + text + "\"}")).containsExactly("x=" + text.strip());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "   ",
                "word",
                "ACTIVE",
                "Agent-7",
                "v2",
                "A B C D",
                "12.5 kg",
                "3/4",
                "2025-10-15",
                "2025-10-15 12:00 UTC by clock",
                "2025-10-15T12:00:00Z and more",
                "00:15:00",
                "$ 1,000.00",
                "x1 y2 z3",
                "\ud83d\ude00 \ud83d\ude00"
            })
    void namesNumbersTimesAndAmountsAreNot(String text) {
        assertThat(further("{\"x\":\"" + text + "\"}")).isEmpty();
    }

    @Test
    void whatIsAPassageOfAKnownMemberAlreadyIsNotTakenAgain() {
        assertThat(
                        further(
                                "{\"current_tasks\":[\"mix the dough\"],\"log\":[\"mix the dough\",\" mix the dough\\n\",\"mix the soup\"]}"))
                .containsExactly("log=mix the soup");
    }

    @Test
    void aLongTextOfAKnownMemberIsNotTakenAgainEither() {
        String text = "mix the dough ".repeat(200).strip();
        assertThat(further("{\"current_tasks\":[\"" + text + "\"],\"log\":\"" + text + "\"}"))
                .isEmpty();
    }

    @Test
    void equalTextsUnderOnePathAreOnePassageAndUnderTwoPathsTwo() {
        List<Passage> passages = passages("{\"log\":[\"mix the soup\",\"mix the soup\"],\"old\":\"mix the soup\"}");

        assertThat(passages).extracting(Passage::field).containsExactly("log", "old");
        assertThat(passages)
                .extracting(Passage::textSha256)
                .containsOnly(passages.getFirst().textSha256());
        assertThat(passages)
                .extracting(Passage::key)
                .doesNotHaveDuplicates()
                .allMatch(key -> key.matches("text:[0-9a-f]{16}"));
        assertThat(passages("{\"old\":\"mix the soup\",\"more\":1}").getFirst().key())
                .isEqualTo(passages.getLast().key());
    }

    @Test
    void aTextEndsAfterTwoThousandCodePoints() {
        String text =
                passages("{\"x\":\"" + "ab ".repeat(3_000) + "\"}").getFirst().text();
        assertThat(text).hasSize(2_000).endsWith(" ab");
    }

    @Test
    void noMoreThanTwoThousandTextsAreTaken() {
        String many = IntStream.range(0, 2_500)
                .mapToObj(i -> "\"mix soup " + i + "\"")
                .collect(Collectors.joining(",", "{\"role\":\"Baker\",\"log\":[", "]}"));

        List<String> further = further(many);

        assertThat(further).hasSize(2_000).startsWith("profile=Baker", "log=mix soup 0");
        assertThat(further(many.replace("\"role\":\"Baker\",", ""))).hasSize(2_000);
    }

    @Test
    void fiveHundredTasksAreAPassageEachAndNothingTwice() {
        String tasks = IntStream.range(0, 500)
                .mapToObj(i -> "{\"task\":\"mix soup " + i + "\",\"priority\":\"HIGH\",\"done\":false}")
                .collect(Collectors.joining(",", "{\"current_tasks\":[", "]}"));

        assertThat(passages(tasks))
                .hasSize(500)
                .allMatch(passage -> passage.field().equals("current_task"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "7", "aB", "Zz9", "2025-10-15 12:00 ", "\\n", "\\u0301", "a ", "é"})
    @Timeout(20)
    void aMegabyteOfOneThingIsReadInLinearTime(String unit) {
        String small = "{\"x\":\"" + unit.repeat(100_000 / unit.length()) + "\"}";
        String large = "{\"x\":\"" + unit.repeat(1_000_000 / unit.length()) + "\"}";
        passages(small);

        long began = System.nanoTime();
        assertThat(passages(large)).hasSizeLessThanOrEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    @Timeout(20)
    void aMegabyteOfNamesIsReadInLinearTime() {
        String name = "n".repeat(500_000);
        assertThat(further("{\"" + name + "\":{\"" + name + "\":\"mend the gate\"}}"))
                .containsExactly("=mend the gate");
    }

    /** Fields and texts of what is not of a known member. */
    private static List<String> further(String json) {
        return passages(json).stream()
                .filter(passage -> passage.key().startsWith(Passages.FURTHER))
                .map(passage -> passage.field() + "=" + passage.text())
                .toList();
    }

    private static List<Passage> passages(String json) {
        return switch (StatusParser.parse(json.getBytes(UTF_8))) {
            case ParseResult.Parsed(StatusDocument document) -> Passages.of(document);
            case ParseResult.Rejected rejected -> throw new AssertionError(rejected.toString());
        };
    }
}
