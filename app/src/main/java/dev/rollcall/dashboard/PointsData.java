package dev.rollcall.dashboard;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.report.AgentFigures;
import dev.rollcall.report.Gain;
import dev.rollcall.report.Numbers;
import dev.rollcall.report.Report;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Points gained since a window's beginning, as a chart draws them: sums at moments, of all and of the best. Pure. */
final class PointsData {
    private static final int MOMENTS = 400;
    private static final int BEST = 5;

    private PointsData() {}

    private record Series(String name, List<Gain> gains) {}

    static String json(Report report) {
        List<Instant> moments = moments(report);
        List<Series> series = new ArrayList<>();
        series.add(new Series(
                "all agents",
                report.agents().stream()
                        .flatMap(agent -> agent.activity().points().stream())
                        .sorted(Comparator.comparing(Gain::at))
                        .toList()));
        report.leaderboard().stream()
                .filter(agent -> agent.activity().pointsGained().signum() > 0)
                .limit(BEST)
                .forEach(agent -> series.add(series(agent)));
        return JsonOutput.object(json -> json.json(
                        "at",
                        moments.stream().map(Instant::getEpochSecond).toList().toString())
                .objects(
                        "series",
                        series,
                        (each, one) -> each.text("name", Html.cut(one.name(), Row.NAME))
                                .json("points", sums(one.gains(), moments))));
    }

    private static Series series(AgentFigures agent) {
        return new Series(agent.agent().value(), agent.activity().points());
    }

    private static List<Instant> moments(Report report) {
        Instant from = report.window().from();
        List<Instant> moments = new ArrayList<>();
        Instant last = Instant.MIN;
        for (int i = 0; i <= MOMENTS; i++) {
            Instant moment = from.plus(report.window().length().multipliedBy(i).dividedBy(MOMENTS));
            if (moment.getEpochSecond() > last.getEpochSecond()) {
                moments.add(moment);
                last = moment;
            }
        }
        return moments;
    }

    /** As a list in JSON. */
    private static String sums(List<Gain> gains, List<Instant> moments) {
        StringBuilder sums = new StringBuilder("[");
        double sum = 0;
        int next = 0;
        for (int i = 0; i < moments.size(); i++) {
            boolean isLast = i == moments.size() - 1;
            while (next < gains.size() && (isLast || !gains.get(next).at().isAfter(moments.get(i)))) {
                sum += gains.get(next++).amount().doubleValue();
            }
            sums.append(i == 0 ? "" : ",").append(Numbers.rounded(sum).toPlainString());
        }
        return sums.append(']').toString();
    }
}
