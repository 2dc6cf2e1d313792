package dev.rollcall.document;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * Numbers as columns show them: plain digits without trailing zeros, and only such as come back unchanged from a numeric
 * database column, that is 64-bit integers and else IEEE 754 doubles.
 */
final class PlainNumber {
    /** A double needs at most 309 digits before the point; longer literals are nothing that anybody counts. */
    private static final int MAX_LITERAL_LENGTH = 400;

    private PlainNumber() {}

    /** Empty when the JSON number is not whole or does not fit 64 bits. */
    static Optional<String> whole(String literal) {
        if (literal.length() > MAX_LITERAL_LENGTH) {
            return Optional.empty();
        }
        if (isShortInteger(literal)) {
            return Optional.of(Long.toString(Long.parseLong(literal)));
        }
        double approximate = Double.parseDouble(literal);
        if (approximate == 0) {
            return hasOnlyZeros(literal) ? Optional.of("0") : Optional.empty();
        }
        // Within this range the exponent is small, so that exact arithmetic on it is cheap.
        if (!(Math.abs(approximate) >= 0.5 && Math.abs(approximate) <= 0x1p63)) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(literal).stripTrailingZeros();
        if (exact.scale() > 0 || exact.toBigInteger().bitLength() > 63) {
            return Optional.empty();
        }
        return Optional.of(Long.toString(exact.longValue()));
    }

    /** Empty when the JSON number is too large for a double. */
    static Optional<String> plain(String literal) {
        Optional<String> whole = whole(literal);
        if (whole.isPresent() || literal.length() > MAX_LITERAL_LENGTH) {
            return whole;
        }
        double nearest = Double.parseDouble(literal);
        if (Double.isInfinite(nearest)) {
            return Optional.empty();
        }
        return Optional.of(
                nearest == 0
                        ? "0"
                        : BigDecimal.valueOf(nearest).stripTrailingZeros().toPlainString());
    }

    /** As {@link #whole}, of a text; empty when it is not spelled like a number. */
    static Optional<String> wholeText(String text) {
        return text.length() <= MAX_LITERAL_LENGTH && isSpelledLikeNumber(text) ? whole(text) : Optional.empty();
    }

    /** Empty when the text is not spelled like a number: digits, one point, an exponent; no separators or units. */
    static Optional<String> plainText(String text) {
        return text.length() <= MAX_LITERAL_LENGTH && isSpelledLikeNumber(text) ? plain(text) : Optional.empty();
    }

    private static boolean isShortInteger(String literal) {
        int digits = digitsFrom(literal, literal.startsWith("-") ? 1 : 0);
        return digits == literal.length() && digits <= 18;
    }

    private static boolean isSpelledLikeNumber(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int at = digitsFrom(text, start);
        if (at == start) {
            return false;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            int fraction = at + 1;
            at = digitsFrom(text, fraction);
            if (at == fraction) {
                return false;
            }
        }
        if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
            int exponent = at + 1;
            if (exponent < text.length() && (text.charAt(exponent) == '+' || text.charAt(exponent) == '-')) {
                exponent++;
            }
            at = digitsFrom(text, exponent);
            if (at == exponent) {
                return false;
            }
        }
        return at == text.length();
    }

    private static int digitsFrom(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    private static boolean hasOnlyZeros(String literal) {
        for (int i = 0; i < literal.length() && (literal.charAt(i) | 0x20) != 'e'; i++) {
            if (literal.charAt(i) >= '1' && literal.charAt(i) <= '9') {
                return false;
            }
        }
        return true;
    }
}
