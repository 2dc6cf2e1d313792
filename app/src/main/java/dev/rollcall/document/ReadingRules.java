package dev.rollcall.document;

import java.time.ZoneId;

/**
 * How documents are read beyond what JSON itself says.
 *
 * @param zone the zone of times that name none
 * @param vocabulary which reported status means which {@link State}
 */
public record ReadingRules(ZoneId zone, StateVocabulary vocabulary) {
    /**
     * Raised whenever the derivation of {@link StatusColumns} or of passages changes, so that a roll written by an
     * earlier program is read anew instead of being taken for unchanged.
     */
    private static final int DERIVATION = 1;

    /** A short text that differs when the same bytes could be read differently. */
    public String fingerprint() {
        return DERIVATION + "-" + Integer.toHexString(31 * zone.getId().hashCode() + vocabulary.fingerprint());
    }
}
