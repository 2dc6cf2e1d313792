package dev.rollcall.sync;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FileStampTest {
    private static final List<Long> NUMBERS = List.of(0L, 1L, -1L, 9L, 10L, 65_024L, Long.MAX_VALUE, Long.MIN_VALUE);
    private static final List<String> LABELS = List.of("", "unreadable:", "1:2:3:4:5:6:7>", "(dev=1):");

    @Test
    void aStampIsItsOwnTokenBehindAnyText() {
        Random random = new Random(1850);
        for (int i = 0; i < 2_000; i++) {
            FileStamp stamp = any(random);

            assertThat(stamp.isToken("rules:" + stamp.token(), "rules:".length()))
                    .as(stamp.token())
                    .isTrue();
        }
    }

    @Test
    void aTokenThatDiffersInAnyCharacterIsOfAnotherFile() {
        Random random = new Random(1851);
        for (int i = 0; i < 2_000; i++) {
            FileStamp stamp = any(random);
            String token = stamp.token();
            int at = random.nextInt(token.length());
            char other = "0123456789:-x".charAt(random.nextInt(13));
            for (String changed : List.of(
                    token.substring(0, at) + token.substring(at + 1),
                    token.substring(0, at) + other + token.substring(at + 1),
                    token + ":1",
                    token.substring(0, at))) {
                // A zero more in front is the same number.
                boolean isSame = changed.equals(token)
                        || changed.replaceAll("(?<![0-9])-?0+", "").equals(token.replaceAll("(?<![0-9])-?0+", ""));

                assertThat(isSame || !stamp.isToken(changed, 0))
                        .as("%s for %s", changed, token)
                        .isTrue();
            }
        }
    }

    @Test
    void differentStampsHaveDifferentTokens() {
        Random random = new Random(1852);
        for (int i = 0; i < 2_000; i++) {
            FileStamp one = any(random);
            FileStamp other = any(random);

            assertThat(one.isToken(other.token(), 0))
                    .as("%s and %s", one, other)
                    .isEqualTo(one.equals(other));
        }
    }

    @Test
    void theTimeOfBirthTellsFilesApartAndIsNoPartOfTheToken() {
        Instant born = Instant.ofEpochSecond(5);
        FileStamp first = new FileStamp("", 1, 2, 3, born, born, born);
        FileStamp second = new FileStamp("", 1, 2, 3, born, born, born.plusNanos(1));

        assertThat(first.file()).isNotEmpty().isNotEqualTo(second.file());
        assertThat(first.token()).isEqualTo(second.token()).isEqualTo("1:2:3:5:0:5:0");
        assertThat(new FileStamp("", 1, 2, 3, born, born).file()).isEmpty();
        assertThat(new FileStamp("key:", 0, 0, 3, born, born, born).file()).isEmpty();
    }

    private static FileStamp any(Random random) {
        return new FileStamp(
                LABELS.get(random.nextInt(LABELS.size())),
                NUMBERS.get(random.nextInt(NUMBERS.size())),
                NUMBERS.get(random.nextInt(NUMBERS.size())),
                NUMBERS.get(random.nextInt(NUMBERS.size())),
                Instant.ofEpochSecond(random.nextInt(3) - 1, random.nextInt(2) * 123_456_789L),
                Instant.ofEpochSecond(random.nextInt(3) - 1, random.nextInt(2) * 123_456_789L));
    }
}
