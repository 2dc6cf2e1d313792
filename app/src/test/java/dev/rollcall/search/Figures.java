package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import dev.rollcall.search.JudgedSwarm.Judged;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * How well a way to rank agents does over judged questions that somebody answers.
 *
 * @param outcomes one for each question
 */
record Figures(List<Outcome> outcomes) {
    /** Of the intervals: resamples of the questions. */
    static final long SEED = 20_261_126;

    private static final int RESAMPLES = 2_000;

    /**
     * Of one question.
     *
     * @param rank of the first right agent, from 1; 0 when none was returned
     * @param recalled share of the right agents among the first three
     */
    record Outcome(Judged question, int rank, double recalled) {
        double isFirst() {
            return rank == 1 ? 1 : 0;
        }

        double reciprocal() {
            return rank == 0 ? 0 : 1.0 / rank;
        }
    }

    static Figures of(List<Judged> questions, Function<Judged, List<AgentId>> method) {
        return new Figures(questions.stream()
                .filter(Judged::isFitting)
                .map(question -> outcome(question, method.apply(question)))
                .toList());
    }

    private static Outcome outcome(Judged question, List<AgentId> ranked) {
        int rank = 0;
        for (int i = ranked.size() - 1; i >= 0; i--) {
            rank = question.answers().contains(ranked.get(i)) ? i + 1 : rank;
        }
        long among =
                ranked.stream().limit(3).filter(question.answers()::contains).count();
        return new Outcome(
                question, rank, (double) among / Math.min(3, question.answers().size()));
    }

    static Figures together(List<Figures> several) {
        List<Outcome> outcomes = new ArrayList<>();
        several.forEach(one -> outcomes.addAll(one.outcomes));
        return new Figures(outcomes);
    }

    /** @param overlap high or low */
    Figures withOverlap(String overlap) {
        return new Figures(outcomes.stream()
                .filter(outcome -> outcome.question().overlap().equals(overlap))
                .toList());
    }

    double first() {
        return mean(Outcome::isFirst);
    }

    /** Mean reciprocal rank. */
    double mrr() {
        return mean(Outcome::reciprocal);
    }

    private double mean(ToDoubleFunction<Outcome> figure) {
        return outcomes.stream().mapToDouble(figure).average().orElse(0);
    }

    /** Three cells: hit@1, MRR and recall@3, each with its 95 % interval. */
    String row() {
        return cell(Outcome::isFirst) + " | " + cell(Outcome::reciprocal) + " | " + cell(Outcome::recalled);
    }

    private String cell(ToDoubleFunction<Outcome> figure) {
        return interval(mean(figure), outcomes.stream().mapToDouble(figure).toArray());
    }

    /** The same questions answered another way: by how much the MRR differs, question by question. */
    String against(Figures other) {
        double[] differences = new double[outcomes.size()];
        for (int i = 0; i < differences.length; i++) {
            differences[i] =
                    outcomes.get(i).reciprocal() - other.outcomes.get(i).reciprocal();
        }
        return interval(Arrays.stream(differences).average().orElse(0), differences);
    }

    private static String interval(double mean, double[] values) {
        Random random = new Random(SEED);
        double[] means = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < values.length; j++) {
                sum += values[random.nextInt(values.length)];
            }
            means[i] = sum / Math.max(1, values.length);
        }
        Arrays.sort(means);
        return String.format(
                Locale.ROOT, "%.3f (%.2f to %.2f)", mean, means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]);
    }
}
