package dev.rollcall.app;

import dev.rollcall.app.Examination.Fact;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.SourceName;
import dev.rollcall.search.PassageIndex;
import dev.rollcall.search.RollPassages;
import dev.rollcall.search.RollPassages.Counts;
import dev.rollcall.search.RollPassages.Place;
import dev.rollcall.search.RollPassages.Shared;
import dev.rollcall.store.Migrations.Step;
import dev.rollcall.sync.StatusSource.Scan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Looks at the environment, the roll's health and what is odd about each agent. Changes nothing. */
public final class Doctor {
    private final Rollcall rollcall;
    private final List<Fact> facts = new ArrayList<>();
    private final List<String> concerns = new ArrayList<>();

    /** Whoever has a file, less those that the roll tells of. */
    private final Set<AgentId> unrecorded = new TreeSet<>();

    /** Whether the database told how its schema stands: else nothing more is asked of it, and waited for. */
    private boolean isReached;

    private boolean isRollKnown;

    public Doctor(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    public Examination examine() {
        fact("rollcall", Version.current().text());
        fact("java", Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        fact("root", rollcall.settings().root().toAbsolutePath().toString());
        fact("database", rollcall.shownDatabase());
        SourceName source = rollcall.settings().database().source();
        if (source != null) {
            fact("source", source.value());
        }
        fact("swarm", rollcall.settings().swarm().value());
        fact("time zone", rollcall.settings().rules().zone().getId());
        var configuration = rollcall.settings().configuration();
        fact("configuration", configuration == null ? "defaults, no rollcall.toml" : configuration.toString());
        files();
        List<Observation> observations = new ArrayList<>();
        List<RejectedDocument> rejected = new ArrayList<>();
        roll(observations, rejected);
        if (isReached) {
            search();
            missing();
        } else {
            fact("passages", "unknown");
        }
        watch();
        return new Examination(facts, concerns, rejected, findings(observations), unknownStatuses(observations));
    }

    private void files() {
        try {
            Scan scan = rollcall.source().scan();
            unrecorded.addAll(scan.files().keySet());
            fact("files", Amount.of(scan.files().size(), "agent", "agents") + " with a status.json");
            scan.ignored()
                    .forEach(name -> concerns.add(
                            "folder " + name + " has a status.json, but its name can not be an agent's id"));
        } catch (ProblemException unreadable) {
            concerns.add(unreadable.problem().message());
        }
    }

    private void roll(List<Observation> observations, List<RejectedDocument> rejected) {
        try {
            schema();
            isReached = true;
            observations.addAll(rollcall.observations().all(Detail.EVIDENCE));
            rejected.addAll(rollcall.roll().rejected());
            observations.forEach(
                    observation -> unrecorded.remove(observation.entry().agent()));
            rejected.forEach(document -> unrecorded.remove(document.agent()));
            ownedElsewhere();
            long left = observations.stream()
                    .filter(observation -> observation.freshness() == Freshness.LEFT)
                    .count();
            fact(
                    "roll",
                    Amount.of(observations.size(), "agent", "agents") + ", " + left + " left, " + rejected.size()
                            + " rejected");
            isRollKnown = true;
            observations.stream()
                    .filter(observation -> observation.freshness() == Freshness.STALE)
                    .filter(observation -> observation.entry().columns().state() == State.ACTIVE)
                    .forEach(observation -> concerns.add(silent(observation)));
        } catch (ProblemException unavailable) {
            concerns.add(sentence(unavailable.problem()));
        }
    }

    /** What stands here and is recorded by others is seen by nobody. */
    private void ownedElsewhere() {
        rollcall.sharing().unseen().forEach((agent, owner) -> {
            unrecorded.remove(agent);
            concerns.add(
                    "the file of " + agent + " under this root is not on the roll: " + owner + " records that agent");
        });
    }

    /** With the hint where that is the whole remedy. */
    private static String sentence(Problem problem) {
        return problem.message() + (problem.code() == ProblemCode.SCHEMA_MISMATCH ? ". " + problem.hint() : "");
    }

    private static String silent(Observation observation) {
        Duration age = observation.age();
        return observation.entry().agent() + " says it is active, but its last sign of life is "
                + (age == null ? "long" : DurationText.age(age)) + " ago";
    }

    private void schema() {
        String newest = "none yet";
        int pending = 0;
        for (Step step : rollcall.migrations().status()) {
            switch (step.condition()) {
                case APPLIED -> newest = step.version() + " (" + step.name() + ")";
                case PENDING -> pending++;
                case ALTERED ->
                    concerns.add("migration " + step.version() + " was applied from other SQL than this program has");
                case UNKNOWN -> concerns.add("migration " + step.version() + " is from a newer program");
            }
        }
        fact("schema", newest + (pending == 0 ? "" : ", " + pending + " more to apply: rollcall migrate apply"));
    }

    private void search() {
        try {
            if (!rollcall.hasRoll()) {
                return;
            }
            RollPassages passages = rollcall.reading().passages();
            Counts counts = passages.counts();
            long waiting = rollcall.reading().passageQueue().size();
            fact(
                    "passages",
                    counts.now() + " now, " + counts.before() + " of past work; " + counts.embedded() + " embedded; "
                            + (waiting == 0 ? "nobody waits" : Amount.of(waiting, "agent", "agents") + " waiting"));
            Place place = passages.place();
            fact(
                    "model",
                    place.model() == null
                            ? "none yet: rollcall index"
                            : place.model() + ", " + place.dimension() + " dimensions");
            fact("index", index(place, passages.shared(place), counts));
        } catch (ProblemException unavailable) {
            // Told of the roll already.
            fact("passages", "unknown");
        }
    }

    private static String index(Place place, Shared shared, Counts counts) {
        PassageIndex there = shared.index();
        if (there != null) {
            long lacking = Math.max(0, counts.embedded() - there.size());
            return "in the database, by " + shared.condition()
                    + (lacking == 0
                            ? ""
                            : "; it lacks " + Amount.of(lacking, "vector", "vectors") + ": rollcall index");
        }
        String own = IndexShelf.isLarge(place) ? "a graph in a folder" : "in memory, compared one by one";
        return own + (shared.condition().isEmpty() ? "" : "; " + shared.condition());
    }

    /** A watch that runs is asked itself: it may know what the database can not tell. */
    private void watch() {
        WatchAnswer watch = rollcall.askWatch();
        if (!watch.isRunning()) {
            fact("watch", "not running");
            if (isRollKnown && !unrecorded.isEmpty()) {
                concerns.add(Amount.of(unrecorded.size(), "agent has", "agents have")
                        + " a status.json that was never recorded: rollcall sync --all");
            }
        }
        if (watch.isLeading()) {
            fact("watch", work(watch));
        }
        if (!watch.troubles().isEmpty()) {
            concerns.add("the watch says: " + WatchFacts.sentence(watch.troubles()));
        }
        watch.time(WatchFacts.REPLACED_AT).ifPresent(at -> concerns.add("the watch says: " + WatchFacts.replaced(at)));
    }

    private static String work(WatchAnswer watch) {
        long due = watch.number("due").orElse(0L);
        return "pid " + watch.facts().get("pid") + ", "
                + Amount.of(watch.number("watched").orElse(0L), "folder", "folders") + " watched; "
                + Amount.of(watch.number("recorded").orElse(0L), "version", "versions") + " recorded"
                + latency(watch, "p50") + latency(watch, "p99") + "; " + (due == 0 ? "nothing" : due) + " due";
    }

    private static String latency(WatchAnswer watch, String quantile) {
        return watch.duration("latency_" + quantile + "_ms")
                .map(time -> ", " + quantile + " " + Math.round(time.toNanos() / 1e6) + " ms")
                .orElse("");
    }

    private void missing() {
        try {
            for (String name : rollcall.migrations().missing()) {
                concerns.add(
                        "the database has no " + name + " any more: restore a copy, or move the database away and run"
                                + " `rollcall sync --all`, which begins a new history");
            }
        } catch (ProblemException unavailable) {
            concerns.add(unavailable.problem().message());
        }
    }

    private static Map<AgentId, List<Finding>> findings(List<Observation> observations) {
        Map<AgentId, List<Finding>> findings = new TreeMap<>();
        for (Observation observation : observations) {
            if (!observation.findings().isEmpty()) {
                findings.put(observation.entry().agent(), observation.findings());
            }
        }
        return findings;
    }

    private static Map<String, Long> unknownStatuses(List<Observation> observations) {
        return observations.stream()
                .map(Observation::entry)
                .filter(entry -> entry.columns().state() == State.UNKNOWN)
                .flatMap(entry -> entry.columns().text(StatusField.STATUS).stream())
                .collect(Collectors.groupingBy(status -> status, TreeMap::new, Collectors.counting()));
    }

    private void fact(String label, String value) {
        facts.add(new Fact(label, value));
    }
}
