package dev.rollcall.report;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A stretch of time. {@code from} belongs to it; of {@code until} see {@link #contains} and {@link #reaches}. */
public record Window(Instant from, Instant until) {
    private static final double SECONDS_OF_A_DAY = 86_400;

    public Window {
        if (until.isBefore(from)) {
            throw new IllegalArgumentException("a window that ends at " + until + ", before it begins at " + from);
        }
    }

    public Duration length() {
        return Duration.between(from, until);
    }

    /** Its length in days of 24 hours; a part of a day is a fraction. */
    public double days() {
        return seconds(length()) / SECONDS_OF_A_DAY;
    }

    public boolean contains(Instant time) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    /** As {@link #contains}, its end included: for what happened at one moment. */
    public boolean reaches(Instant time) {
        return !time.isBefore(from) && !time.isAfter(until);
    }

    /** What of the window lies between the two moments; empty, at its nearer end, where nothing does. */
    public Window cut(Instant first, Instant last) {
        Instant begin = later(from, earlier(first, until));
        return new Window(begin, later(begin, earlier(last, until)));
    }

    /** The window by days in UTC, oldest first; the first and the last can be parts of a day. */
    public List<Window> byDay() {
        return cutEvery(Duration.ofDays(1));
    }

    /** The window by hours in UTC. */
    public List<Window> byHour() {
        return cutEvery(Duration.ofHours(1));
    }

    /** @param step divides a day */
    private List<Window> cutEvery(Duration step) {
        List<Window> parts = new ArrayList<>();
        Instant begin = from;
        while (begin.isBefore(until)) {
            Instant day = begin.truncatedTo(ChronoUnit.DAYS);
            long steps = Duration.between(day, begin).dividedBy(step);
            Instant end = earlier(until, day.plus(step.multipliedBy(steps + 1)));
            parts.add(new Window(begin, end));
            begin = end;
        }
        return List.copyOf(parts);
    }

    /** The earlier of two moments. */
    public static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }

    /** The later of two moments. */
    public static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    /** A duration in seconds, with what is less than one. */
    public static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
