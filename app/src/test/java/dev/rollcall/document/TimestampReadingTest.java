package dev.rollcall.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimestampReadingTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    private static final String ZONED = """
                    2031-05-06T07:08:09Z           | 2031-05-06T07:08:09Z
                    2031-05-06T07:08:09Z           | 2031-05-06t07:08:09z
                    2031-05-06T07:08:09Z           | 2031-05-06 07:08:09Z
                    2031-05-06T07:08:00Z           | 2031-05-06T07:08Z
                    2031-05-06T07:08:09.123Z       | 2031-05-06T07:08:09.123Z
                    2031-05-06T07:08:09.123456Z    | 2031-05-06T07:08:09.123456+00:00
                    2031-05-06T07:08:09.123456789Z | 2031-05-06T07:08:09.123456789Z
                    2031-05-06T07:08:09.500Z       | 2031-05-06T07:08:09,5Z
                    2031-05-06T05:08:09Z           | 2031-05-06T07:08:09+02:00
                    2031-05-06T05:08:09Z           | 2031-05-06T07:08:09+0200
                    2031-05-06T05:08:09Z           | 2031-05-06 07:08:09 +02
                    2031-05-06T12:38:09Z           | 2031-05-06T07:08:09-05:30
                    2031-05-06T12:08:09Z           | 2031-05-06T07:08:09\u221205:00
                    2031-05-06T05:08:09Z           | 2031-05-06T07:08:09+02:00[Europe/Berlin]
                    2031-05-06T07:08:09Z           | 2031-05-06T07:08:09Z[UTC]
                    2031-05-06T05:08:09Z           | 2031-05-06T07:08:09[Europe/Berlin]
                    2031-05-06T07:08:09Z           | 2031-05-06 07:08:09 UTC
                    2031-05-06T07:08:09Z           | 2031-05-06 07:08:09 (UTC)
                    2031-05-06T07:08:09Z           | 2031-05-06 07:08:09 gmt
                    2031-05-06T05:08:09Z           | 2031-05-06 07:08:09 GMT+2:00
                    2031-05-06T05:08:09Z           | 2031-05-06 07:08:09 UTC+02:00
                    2031-05-06T12:08:09Z           | 2031-05-06 07:08:09 EST
                    2031-05-06T11:08:09Z           | 2031-05-06 07:08:09 EDT
                    2031-05-06T13:08:09Z           | 2031-05-06 07:08:09 CST
                    2031-05-06T12:08:09Z           | 2031-05-06 07:08:09 CDT
                    2031-05-06T14:08:09Z           | 2031-05-06 07:08:09 MST
                    2031-05-06T13:08:09Z           | 2031-05-06 07:08:09 MDT
                    2031-05-06T15:08:09Z           | 2031-05-06 07:08:09 PST
                    2031-05-06T14:08:09Z           | 2031-05-06 07:08:09 PDT
                    2031-05-06T12:08:09Z           | 2031-05-06 07:08:09 America/Chicago
                    2031-05-06T12:08:00Z           | 2031/05/06 07:08 America/Chicago
                    2031-05-06T07:08:09Z           | 20310506T070809Z
                    2031-05-06T07:08:00Z           | 20310506T0708Z
                    2031-05-06T07:08:09Z           | 20310506070809Z
                    2031-05-06T07:08:09Z           | Tue, 06 May 2031 07:08:09 GMT
                    2031-05-06T12:08:09Z           | Tue, 6 May 2031 07:08:09 -0500
                    2031-05-06T12:08:09Z           | Tue May 6 07:08:09 2031 -0500
                    2031-05-06T12:08:09Z           | Tue May  6 07:08:09 CDT 2031
                    2031-05-06T05:08:09Z           | Tue May 06 2031 07:08:09 GMT+0200 (Central European Summer Time)
                    2031-05-06T05:08:09.000001Z    | 2031-05-06 07:08:09.000001 +0200 CEST
                    2031-05-06T19:08:00Z           | May 6, 2031 at 7:08 PM UTC
                    2031-05-06T07:08:09Z           | 1935817689
                    2031-05-06T07:08:09.250Z       | 1935817689.25
                    2031-05-06T07:08:09.123Z       | 1935817689123
                    2031-05-06T07:08:09.123456Z    | 1935817689123456
                    2031-05-06T07:08:09.123456789Z | 1935817689123456789
                    """;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = ZONED)
    void aTimeThatNamesItsZoneIsRead(Instant expected, String text) {
        assertThat(TimestampReading.of(text, BERLIN)).isEqualTo(new TimestampReading.Zoned(expected));
    }

    private static final String ZONELESS = """
                    2031-05-06T05:08:09Z        | 2031-05-06 07:08:09
                    2031-05-06T05:08:09Z        | 2031-05-06T07:08:09
                    2031-05-06T05:08:09Z        | 2031-05-06, 07:08:09
                    2031-05-06T05:08:00Z        | 2031-05-06 07:08
                    2031-05-06T05:08:00Z        | 2031-5-6 7:08
                    2031-05-06T05:08:09.123456Z | 2031-05-06T07:08:09.123456
                    2031-05-05T22:00:00Z        | 2031-05-06
                    2031-05-05T22:00:00Z        | 20310506
                    2031-05-05T22:00:00Z        | May 6, 2031
                    2031-05-05T22:00:00Z        | 6 May 2031
                    2031-05-05T22:00:00Z        | Tuesday, May 6th, 2031
                    2031-05-06T05:08:00Z        | 2031/05/06 07:08
                    2031-05-06T05:08:09Z        | 2031/05/06 07:08:09
                    2031-05-06T05:08:09Z        | 20310506_070809
                    2031-05-06T05:08:09Z        | 20310506070809
                    2031-05-06T05:08:09Z        | 2031-05-06_07-08-09
                    2031-05-06T05:08:00Z        | 06 May 2031 07:08
                    2031-05-06T05:08:00Z        | 06-May-2031 07:08
                    2031-05-06T05:08:00Z        | May 6, 2031 7:08 AM
                    2031-05-06T17:08:00Z        | May 6, 2031 7:08 p.m.
                    2031-05-06T17:08:00Z        | 2031-05-06 07:08 PM
                    2031-05-05T22:30:00Z        | 2031-05-06 12:30 am
                    2031-05-06T10:30:00Z        | 2031-05-06 12:30 pm
                    2031-05-06T05:08:09Z        | Tue May  6 07:08:09 2031
                    2031-09-06T05:08:00Z        | Sept. 6, 2031 07:08
                    2031-03-30T01:30:00Z        | 2031-03-30 02:30
                    2031-10-26T00:30:00Z        | 2031-10-26 02:30
                    """;

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0007', textBlock = ZONELESS)
    void aTimeThatNamesNoZoneIsThatOfTheZoneAskedFor(Instant expected, String text) {
        assertThat(TimestampReading.of(text, BERLIN)).isEqualTo(new TimestampReading.Zoneless(expected));
    }

    static final List<String> UNREADABLE = List.of(
            "",
            "now",
            "today 10:00",
            "unknown",
            "TBD",
            "-",
            "10:00",
            "2031",
            "2031-05",
            "05/06/2031",
            "05/06/2031 10:00",
            "06.05.2031",
            "5/6/31",
            "31-05-06",
            "2031-05-06 (This Shift)",
            "2031-05-06 07:73:00",
            "2031-05-06 24:00:00",
            "2031-05-06 07:08:60",
            "2031-13-06",
            "2031-02-29",
            "2031-00-06 07:08",
            "2031-05-00",
            "2031-05-06 7",
            "2031-05-06 07:08:09 IST",
            "2031-05-06 07:08:09 Nowhere/Atlantis",
            "2031-05-06 07:08:09+25:00",
            "2031-05-06 07:08:09+02:75",
            "2031-05-06 07:08:09+2",
            "2031-05-06 07:08:09 later",
            "2031-05-06T07:08:09Zulu x",
            "2031-05-06 07:08:09 UTC (roughly)",
            "2031-05-06 07:08:09.1234567890Z",
            "2031-05-06 07:08:09.Z",
            "Mon, 06 May 2031 07:08:09 GMT",
            "2031-05-06 13:08 PM",
            "2031-05-06 0:08 AM",
            "May 2031",
            "6 Mayhem 2031",
            "2031-05-06T",
            "2031-05-06 to 2031-05-07",
            "1",
            "41",
            "123456789",
            "99999999999",
            "99999999999999999999999",
            "1935817689 seconds",
            "0000-00-00 00:00:00",
            "10000-01-01T00:00:00Z",
            "0001-01-01T00:00:00+01:00",
            "2031-05-06T07:08:09\u0660Z",
            "2031-05-06  07:08:09 Z Z",
            "T07:08:09Z",
            "2031-05-06-07:08:09");

    @ParameterizedTest
    @FieldSource("UNREADABLE")
    void whatIsNoTimeOrCouldBeTwoIsUnreadable(String text) {
        assertThat(TimestampReading.of(text, BERLIN)).isInstanceOf(TimestampReading.Unreadable.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "27",
                "946684799",
                "4102444800",
                "1e400",
                "-1e400",
                "1e-400",
                "1e999999999",
                "1e99999999999"
            })
    void aNumberOutsideThisCenturyIsNoTime(String literal) {
        assertThat(TimestampReading.ofCount(literal)).isInstanceOf(TimestampReading.Unreadable.class);
    }

    @Test
    void aNumberInScientificNotationCountsSecondsToo() {
        assertThat(TimestampReading.ofCount("1.935817689e9"))
                .isEqualTo(new TimestampReading.Zoned(Instant.parse("2031-05-06T07:08:09Z")));
    }

    @Test
    void aMegabyteOfDigitsIsUnreadableAtOnce() {
        assertThat(TimestampReading.of("1".repeat(1_000_000), BERLIN)).isInstanceOf(TimestampReading.Unreadable.class);
        assertThat(TimestampReading.ofCount("1".repeat(1_000_000))).isInstanceOf(TimestampReading.Unreadable.class);
    }

    @Test
    void everyInstantComesBackFromItsOwnText() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = instant(random, i);
            String text = instant.toString();
            assertThat(UtcText.of(instant)).as("seed %d", seed).isEqualTo(text);
            assertThat(TimestampReading.of(text, BERLIN))
                    .as("seed %d", seed)
                    .isEqualTo(new TimestampReading.Zoned(instant));
        }
    }

    @Test
    void anyScrambledTimeIsReadOrUnreadableButNeverAFailure() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        String alphabet = "0123456789 -:/.,TZ+[]()aepmMaySOct_\u00e9\ud83d";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder("2031-05-06T07:08:09.123+02:00");
            for (int edits = random.nextInt(6); edits >= 0; edits--) {
                text.setCharAt(random.nextInt(text.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.setLength(random.nextInt(text.length() + 1));
            assertThat(TimestampReading.of(text.toString(), ZoneOffset.UTC))
                    .as("seed %d: %s", seed, text)
                    .isNotNull();
        }
    }

    private static Instant instant(Random random, int round) {
        long second = random.nextLong(-62_135_596_800L, 253_402_300_800L);
        long nano = random.nextInt(1_000_000_000);
        long unit = switch (round % 4) {
            case 0 -> 1_000_000_000;
            case 1 -> 1_000_000;
            case 2 -> 1_000;
            default -> 1;
        };
        return Instant.ofEpochSecond(second, nano / unit * unit);
    }
}
