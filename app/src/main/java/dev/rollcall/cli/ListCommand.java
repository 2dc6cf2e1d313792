package dev.rollcall.cli;

import dev.rollcall.answers.RollAnswer;
import dev.rollcall.app.Hindsight;
import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.app.PastRoll;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code list}. */
@Command(
        name = "list",
        description = "The whole roll: who does what, and how fresh that is.",
        footer = {"", "Example: rollcall list --state BLOCKED --sort age"})
final class ListCommand extends Verb {
    @Option(names = "--state", paramLabel = "S", description = "Only agents in this state: ${COMPLETION-CANDIDATES}.")
    private @Nullable State state;

    @Option(
            names = "--freshness",
            paramLabel = "F",
            description = "Only agents of this freshness: ${COMPLETION-CANDIDATES}.")
    private @Nullable Freshness freshness;

    @Option(
            names = "--sort",
            paramLabel = "K",
            description = "Order: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).",
            defaultValue = "agent")
    private SortKey sort = SortKey.agent;

    @Option(
            names = "--at",
            paramLabel = "T",
            description = {
                "As it was then: " + LookingBack.FORMS,
                "Opens no documents: with --json, findings and last_updated_raw are null; get --at tells them."
            })
    private @Nullable String at;

    ListCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** What the roll can be sorted by; the names are what a user types. */
    enum SortKey {
        agent,
        state,
        age,
        cycles,
        points
    }

    @Override
    public Integer call() {
        if (at != null) {
            return asItWas(at);
        }
        warnOfMissingRoot();
        Detail detail = root().isJson() ? Detail.EVIDENCE : Detail.FRESHNESS;
        List<Observation> observations = wanted(root().rollcall().observations().all(detail));
        root().print(
                        root().isJson()
                                ? RollAnswer.json(observations) + "\n"
                                : text(observations, "yet. Next: rollcall sync --all"));
        return FINE;
    }

    private Integer asItWas(String then) {
        Hindsight hindsight = root().rollcall().hindsight();
        PastRoll past = hindsight.all(hindsight.moments().read(then));
        List<Observation> observations = wanted(past.agents());
        root().print(
                        root().isJson()
                                ? RollAnswer.json(past, observations) + "\n"
                                : "As it was at " + LookingBack.time(past.at()) + ":\n" + text(observations, "then.")
                                        + pruned(past));
        return FINE;
    }

    private List<Observation> wanted(List<Observation> all) {
        return all.stream()
                .filter(agent -> state == null || agent.entry().columns().state() == state)
                .filter(agent -> freshness == null || agent.freshness() == freshness)
                .sorted(order())
                .toList();
    }

    private Comparator<Observation> order() {
        Comparator<Observation> byAgent = comparing(RollEntry::agent);
        Comparator<Observation> wanted = switch (sort) {
            case agent -> byAgent;
            case state -> comparing(entry -> entry.columns().state());
            case age -> Comparator.comparing(Observation::age, Comparator.nullsLast(Comparator.naturalOrder()));
            case cycles ->
                comparing(entry -> entry.columns().cycleCount().orElse(Long.MIN_VALUE))
                        .reversed();
            case points ->
                comparing(entry -> entry.columns().pointsEarned().orElse(BigDecimal.valueOf(Long.MIN_VALUE)))
                        .reversed();
        };
        return wanted.thenComparing(byAgent);
    }

    private static <T extends Comparable<T>> Comparator<Observation> comparing(Function<RollEntry, T> key) {
        return Comparator.comparing(observation -> key.apply(observation.entry()));
    }

    private static String pruned(PastRoll past) {
        return past.pruned().isEmpty()
                ? ""
                : "! " + Shapes.agents(past.pruned().size())
                        + " whose versions of then were pruned: another one may have been in force\n";
    }

    private boolean isUnfiltered() {
        return state == null && freshness == null;
    }

    /** @param otherwise when nobody is on the roll: the end of that sentence */
    private String text(List<Observation> observations, String otherwise) {
        if (observations.isEmpty()
                && isUnfiltered()
                && at == null
                && root().rollcall().isRootEmpty()) {
            return nobodyThere();
        }
        if (observations.isEmpty()) {
            return "Nobody is on the roll " + (isUnfiltered() ? otherwise : "with that filter.") + "\n";
        }
        return new RollTable(root().paint()).render(observations, Table.WIDTH) + summary(observations) + "\n";
    }

    private static String summary(List<Observation> observations) {
        long stale = RollTable.number(observations, Freshness.STALE);
        return RollTable.counts(observations)
                + (stale == 0 ? "" : "; " + stale + " stale")
                + rejected(observations, entry -> entry.revision() > 0, " with a rejected file, shown as last good")
                + rejected(
                        observations,
                        entry -> entry.revision() == 0,
                        " whose file was never acceptable, so nothing is shown");
    }

    private static String rejected(List<Observation> observations, Predicate<RollEntry> which, String what) {
        long rejected = observations.stream()
                .map(Observation::entry)
                .filter(entry -> entry.rejectedSince() != null && which.test(entry))
                .count();
        return rejected == 0 ? "" : "\n! " + rejected + what + ": rollcall doctor";
    }
}
