package dev.rollcall.report;

import java.util.stream.Collectors;

/** A report as RFC 4180: {@code agent,figure,key,value,unit}, one line for each value, in UTF-8 with CR LF. */
public final class Csv {
    private static final String END = "\r\n";

    private Csv() {}

    public static String of(Report report) {
        return Rows.of(report).stream()
                .map(Csv::line)
                .collect(Collectors.joining("", "agent,figure,key,value,unit" + END, ""));
    }

    private static String line(Rows.Row row) {
        return String.join(
                        ",",
                        SafeText.csv(row.agent()),
                        row.figure().label(),
                        SafeText.csv(row.key()),
                        isText(row.figure()) ? SafeText.csv(row.value()) : row.value(),
                        row.figure().unit())
                + END;
    }

    /** Whether the value is text that somebody wrote; a number may begin with a minus sign. */
    private static boolean isText(Figure figure) {
        return figure == Figure.WAITS_FOR;
    }
}
