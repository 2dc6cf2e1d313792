package dev.rollcall.report;

import dev.rollcall.document.TimestampReading;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A moment as people type it: {@code 2025-10-15T12:00:00Z} with any offset, a time or date without a zone (UTC; a date is
 * the beginning of its day), {@code now}, {@code today}, {@code yesterday} (the beginning of that day in UTC), or how long
 * ago it was: {@code 2h ago}, {@code 7d}, {@code 1d 12h}, {@code 30 minutes ago}. Pure.
 */
public final class TimeExpression {
    public static final String HINT =
            "Write for example 2025-10-15T12:00:00Z, 2025-10-15, yesterday, \"2h ago\" or 7d.";

    private static final Map<String, Duration> UNITS = Map.of(
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1),
            "w", Duration.ofDays(7));

    private static final String UNIT = "(s|sec|secs|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?|w|weeks?)";
    private static final String AMOUNT = "(\\d{1,9})\\s*" + UNIT + "(?![a-z])\\s*";
    private static final Pattern AGE = Pattern.compile("(?:" + AMOUNT + ")+(?:ago)?");
    private static final Pattern PART = Pattern.compile(AMOUNT);

    private TimeExpression() {}

    /**
     * The moment that the text means.
     *
     * @param now what the text is relative to
     * @throws ProblemException WRONG_USAGE when it means none, or one that no clock can show
     */
    public static Instant read(String text, Instant now) {
        return find(text, now)
                .orElseThrow(() -> new ProblemException(
                        ProblemCode.WRONG_USAGE, "\"" + ShownText.of(text) + "\" is no time", HINT));
    }

    /** Empty where the text means no time, so that it may mean something else. */
    public static Optional<Instant> find(String text, Instant now) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        return switch (plain) {
            case "now" -> Optional.of(now);
            case "today" -> Optional.of(today);
            case "yesterday" -> Optional.of(today.minus(Duration.ofDays(1)));
            default -> AGE.matcher(plain).matches() ? ago(plain, now) : absolute(text.strip());
        };
    }

    private static Optional<Instant> ago(String age, Instant now) {
        try {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(age);
            while (part.find()) {
                Duration unit = UNITS.getOrDefault(part.group(2).substring(0, 1), Duration.ZERO);
                sum = sum.plus(unit.multipliedBy(Long.parseLong(part.group(1))));
            }
            Instant time = now.minus(sum);
            // RFC 3339, in which times are shown and stored, has no years below 0.
            return time.isBefore(Instant.parse("0000-01-01T00:00:00Z")) ? Optional.empty() : Optional.of(time);
        } catch (DateTimeException | ArithmeticException outOfRange) {
            return Optional.empty();
        }
    }

    /** A text of digits only is no time here: a document's clock may count seconds, but a person means something else. */
    private static Optional<Instant> absolute(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            return Optional.empty();
        }
        return switch (TimestampReading.of(text, ZoneOffset.UTC)) {
            case TimestampReading.Zoned(Instant time) -> Optional.of(time);
            case TimestampReading.Zoneless(Instant time) -> Optional.of(time);
            case TimestampReading.Unreadable unreadable -> Optional.empty();
        };
    }
}
