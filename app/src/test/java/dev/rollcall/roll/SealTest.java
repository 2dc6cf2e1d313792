package dev.rollcall.roll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class SealTest {
    private static final Seal.Row ROW = new Seal.Row("default", "Agent-7", 12);
    private static final Seal SEAL =
            new Seal("2025-10-15T12:00:00.000000Z", "2025-10-15T11:59:00.000000Z", "sync", "c0ffee");

    @Test
    void aSealComesBackFromItsText() {
        assertThat(Seal.read(SEAL.text(ROW), ROW)).contains(SEAL);
    }

    /** The digest was computed with coreutils: printf with octal 37 between the values, piped into sha256sum. */
    @Test
    void theTextIsTheValuesAndADigestThatAnybodyCanCheck() {
        assertThat(SEAL.text(ROW))
                .isEqualTo(
                        "2025-10-15T12:00:00.000000Z 2025-10-15T11:59:00.000000Z sync c0ffee 1c8bc21b728b4f9635886fc5729b5041");
    }

    @Test
    void aVersionWithoutModificationTimeIsSealedToo() {
        Seal seal = new Seal("2025-10-15T12:00:00.000000Z", null, "lifecycle", "c0ffee");

        assertThat(seal.text(ROW)).startsWith("2025-10-15T12:00:00.000000Z - lifecycle c0ffee ");
        assertThat(Seal.read(seal.text(ROW), ROW)).contains(seal);
    }

    @Test
    void aSealFitsNoOtherRow() {
        String text = SEAL.text(ROW);

        assertThat(Seal.read(text, new Seal.Row("other", "Agent-7", 12))).isEmpty();
        assertThat(Seal.read(text, new Seal.Row("default", "Agent-8", 12))).isEmpty();
        assertThat(Seal.read(text, new Seal.Row("default", "Agent-7", 13))).isEmpty();
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String text = SEAL.text(ROW);
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '0' ? '1' : '0';
            assertThat(Seal.read(text.substring(0, i) + other + text.substring(i + 1), ROW))
                    .as("character %d", i)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "    ", "a b c d", "a b c d e", "a b c d e f", "a\tb c d e f"})
    void whatIsNoSealIsNotRead(@Nullable String text) {
        assertThat(Seal.read(text, ROW)).isEmpty();
    }

    @Test
    void valuesThatCouldNotBeToldApartAreRefused() {
        assertThatThrownBy(() -> new Seal("2025-10-15 12:00", null, "sync", "c0ffee"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Seal("", null, "sync", "c0ffee")).isInstanceOf(IllegalArgumentException.class);
    }
}
