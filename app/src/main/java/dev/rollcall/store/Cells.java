package dev.rollcall.store;

import dev.rollcall.document.State;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusField;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The values of single columns: from the domain into a cell, and back out of a cell that a hand may have edited. */
final class Cells {
    private Cells() {}

    static String names(List<StatusField> fields) {
        return fields.stream().map(StatusField::column).collect(Collectors.joining(", "));
    }

    /** So many parameters of a statement from this number on, as a list of them. */
    static String places(int first, int count) {
        return IntStream.range(first, first + count)
                .mapToObj(number -> "?" + number)
                .collect(Collectors.joining(", "));
    }

    /** What to bind for a field. Numbers go in as numbers where that loses nothing, else as their exact text. */
    static @Nullable Object value(StatusColumns columns, StatusField field) {
        String text = columns.text(field).orElse(null);
        return text != null && (field == StatusField.CYCLE_COUNT || field == StatusField.POINTS_EARNED)
                ? number(text)
                : text;
    }

    private static Object number(String text) {
        if (isShortInteger(text)) {
            return Long.valueOf(text);
        }
        BigDecimal exact = new BigDecimal(text);
        if (exact.stripTrailingZeros().scale() <= 0 && exact.precision() <= 18) {
            return exact.longValueExact();
        }
        double near = exact.doubleValue();
        return Double.isFinite(near) && BigDecimal.valueOf(near).compareTo(exact) == 0 ? (Object) near : text;
    }

    /** Most numbers are, and so a short command does without the 20 ms that {@code BigDecimal} takes to load. */
    private static boolean isShortInteger(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        return text.length() > start
                && text.length() <= 18
                && text.chars().skip(start).allMatch(letter -> letter >= '0' && letter <= '9');
    }

    /** The cell as canonical text: numbers plain and without trailing zeros, a blob as {@code x'...'}. */
    static @Nullable String text(ResultSet row, int column) throws SQLException {
        return switch (row.getObject(column)) {
            case null -> null;
            case Double number -> plain(number);
            case BigDecimal number -> number.stripTrailingZeros().toPlainString();
            case byte[] bytes -> "x'" + HexFormat.of().formatHex(bytes) + "'";
            case Object other -> other.toString();
        };
    }

    private static String plain(double number) {
        return Double.isFinite(number)
                ? BigDecimal.valueOf(number).stripTrailingZeros().toPlainString()
                : Double.toString(number);
    }

    /** Columns {@code first}, {@code first + 1}, ... as the fields; a cell that can not hold its field counts as absent. */
    static StatusColumns columns(ResultSet row, int first, List<StatusField> fields) throws SQLException {
        Map<StatusField, String> values = new EnumMap<>(StatusField.class);
        for (int i = 0; i < fields.size(); i++) {
            String text = text(row, first + i);
            if (text != null && isReadable(fields.get(i), text)) {
                values.put(fields.get(i), text);
            }
        }
        return StatusColumns.of(values);
    }

    private static boolean isReadable(StatusField field, String text) {
        return switch (field) {
            case LAST_UPDATED -> Timestamps.read(text).isPresent();
            case STATE -> State.named(text) != null;
            case CYCLE_COUNT -> read(text, Long::valueOf).isPresent();
            case POINTS_EARNED ->
                isShortInteger(text) || read(text, BigDecimal::new).isPresent();
            default -> true;
        };
    }

    private static Optional<Number> read(String text, Function<String, Number> reading) {
        try {
            return Optional.of(reading.apply(text));
        } catch (NumberFormatException notANumber) {
            return Optional.empty();
        }
    }
}
