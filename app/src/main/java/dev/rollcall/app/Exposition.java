package dev.rollcall.app;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import java.time.Duration;
import java.util.Map;

/** Numbers on their way to Prometheus, all of one swarm. Labels take words of fixed lists only, never an agent's text. */
final class Exposition {
    private final MetricSnapshots.Builder metrics = MetricSnapshots.builder();
    private final String swarm;

    Exposition(String swarm) {
        this.swarm = swarm;
    }

    void gauge(String name, String help, double value) {
        metrics.metricSnapshot(GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(point(Labels.of("swarm", swarm), value))
                .build());
    }

    void flag(String name, String help, boolean value) {
        gauge(name, help, value ? 1 : 0);
    }

    /** @param values by the label's value */
    void gauges(String name, String help, String label, Map<String, Long> values) {
        GaugeSnapshot.Builder gauges = GaugeSnapshot.builder().name(name).help(help);
        values.forEach((word, value) -> gauges.dataPoint(point(Labels.of("swarm", swarm, label, word), value)));
        metrics.metricSnapshot(gauges.build());
    }

    /** @param name without its {@code _total} */
    void counter(String name, String help, double value) {
        metrics.metricSnapshot(CounterSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(CounterDataPointSnapshot.builder()
                        .labels(Labels.of("swarm", swarm))
                        .value(value)
                        .build())
                .build());
    }

    /** How long something takes, in seconds. */
    void summary(String name, String help, Times times) {
        Quantiles.Builder quantiles = Quantiles.builder();
        times.quantiles().forEach((share, time) -> quantiles.quantile(share, seconds(time)));
        metrics.metricSnapshot(SummarySnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(SummaryDataPointSnapshot.builder()
                        .labels(Labels.of("swarm", swarm))
                        .count(times.count())
                        .sum(seconds(times.total()))
                        .quantiles(quantiles.build())
                        .build())
                .build());
    }

    /**
     * How long something took.
     *
     * @param total of so many together
     * @param quantiles of the latest, by share; empty when nobody keeps them
     */
    record Times(long count, Duration total, Map<Double, Duration> quantiles) {}

    MetricSnapshots metrics() {
        return metrics.build();
    }

    static double seconds(Duration time) {
        return time.toNanos() / 1e9;
    }

    private static GaugeDataPointSnapshot point(Labels labels, double value) {
        return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
    }
}
