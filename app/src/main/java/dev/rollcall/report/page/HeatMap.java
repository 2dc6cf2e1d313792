package dev.rollcall.report.page;

import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Report;
import dev.rollcall.report.SafeText;
import dev.rollcall.report.Window;
import dev.rollcall.report.Words;
import dev.rollcall.report.page.Svg.Box;
import dev.rollcall.report.page.Svg.Spot;
import java.util.Comparator;
import java.util.List;

/** How often each agent reported in each hour or day: the darker, the more versions; the number stands in it. */
final class HeatMap {
    /** Rows on a page. */
    static final int MOST = 40;

    private static final int MOST_COLUMNS = 120;
    private static final int DAYS_BY_HOUR = 3;
    private static final int WIDTH = 960;
    private static final int LEFT = 150;
    private static final int TOP = 24;
    private static final int ROW = 20;
    private static final int DARKEST = 5;

    private HeatMap() {}

    static String of(Report report) {
        List<AgentFigures> rows = report.agents().stream()
                .sorted(Comparator.<AgentFigures>comparingInt(
                                agent -> -agent.activity().versions().size())
                        .thenComparing(AgentFigures::agent))
                .limit(MOST)
                .toList();
        List<Window> columns = columns(report);
        int height = TOP + rows.size() * ROW + 4;
        Svg svg = new Svg("cadence", WIDTH, height);
        double step = (WIDTH - 10.0 - LEFT) / Math.max(1, columns.size());
        head(svg, columns, step);
        long most = rows.stream()
                .flatMap(agent -> columns.stream().map(column -> versions(agent, column)))
                .mapToLong(Long::longValue)
                .max()
                .orElse(1);
        double y = TOP;
        for (AgentFigures agent : rows) {
            svg.text(
                    new Spot(LEFT - 8, y + 13, "end"),
                    "name",
                    SafeText.cut(agent.agent().value(), 20));
            for (int i = 0; i < columns.size(); i++) {
                cell(
                        svg,
                        new Box(LEFT + i * step, y, Math.max(1, step - 2), ROW - 3),
                        versions(agent, columns.get(i)),
                        most);
            }
            y += ROW;
        }
        return svg.done(
                "Reporting cadence",
                "How many versions each of " + Words.counted(rows.size(), "agent") + " reported in each "
                        + (isByHour(report) ? "hour" : "day") + ", at most " + most
                        + "; the table of agents tells how often each"
                        + " reports.");
    }

    static boolean isByHour(Report report) {
        return report.window().days() <= DAYS_BY_HOUR;
    }

    private static List<Window> columns(Report report) {
        List<Window> all =
                isByHour(report) ? report.window().byHour() : report.window().byDay();
        return all.subList(Math.max(0, all.size() - MOST_COLUMNS), all.size());
    }

    private static void head(Svg svg, List<Window> columns, double step) {
        double last = 0;
        for (int i = 0; i < columns.size(); i++) {
            double x = LEFT + i * step + step / 2;
            if (x - last >= 46) {
                String time = columns.get(i).from().toString();
                svg.text(
                        new Spot(x, TOP - 8, "middle"),
                        "tick",
                        columns.get(i).length().toHours() <= 1 && !time.contains("T00:00")
                                ? time.substring(11, 16)
                                : time.substring(5, 10));
                last = x;
            }
        }
    }

    private static long versions(AgentFigures agent, Window column) {
        return agent.activity().versions().stream().filter(column::contains).count();
    }

    private static void cell(Svg svg, Box box, long versions, long most) {
        long level = versions == 0 ? 0 : Math.max(1, Math.round((double) DARKEST * versions / Math.max(1, most)));
        svg.rect(box, "h" + level, "");
        if (versions > 0 && box.width() >= 22) {
            svg.text(
                    new Spot(box.x() + box.width() / 2, box.y() + 12.5, "middle"),
                    level >= 4 ? "count light" : "count",
                    Long.toString(versions));
        }
    }
}
