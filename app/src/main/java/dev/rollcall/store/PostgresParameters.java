package dev.rollcall.store;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Statements whose parameters have numbers, for a driver that knows them by their order only. */
final class PostgresParameters {
    private static final Pattern PARAMETER = Pattern.compile("\\?(\\d+)?");

    /** Which value each placeholder of a statement stands for. */
    private final Map<PreparedStatement, int[]> orders = new WeakHashMap<>();

    PreparedStatement prepare(Connection jdbc, String sql) throws SQLException {
        List<Integer> order = new ArrayList<>();
        Matcher parameters = PARAMETER.matcher(sql);
        StringBuilder plain = new StringBuilder();
        while (parameters.find()) {
            String number = parameters.group(1);
            order.add(number == null ? order.size() : Integer.parseInt(number) - 1);
            parameters.appendReplacement(plain, "?");
        }
        PreparedStatement statement =
                jdbc.prepareStatement(parameters.appendTail(plain).toString());
        orders.put(statement, order.stream().mapToInt(Integer::intValue).toArray());
        return statement;
    }

    void bind(PreparedStatement statement, @Nullable Object[] values) throws SQLException {
        int[] order = Optional.ofNullable(orders.get(statement)).orElseThrow();
        for (int i = 0; i < order.length; i++) {
            Object value = values[order[i]];
            // The driver's float8 would lose digits on its way into a numeric column.
            if (value instanceof Double number) {
                statement.setBigDecimal(i + 1, BigDecimal.valueOf(number));
            } else {
                SqlConnection.bind(statement, i + 1, value);
            }
        }
    }
}
