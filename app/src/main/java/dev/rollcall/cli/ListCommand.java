package dev.rollcall.cli;

import dev.rollcall.app.Observation;
import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
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
        Detail detail = root().isJson() ? Detail.EVIDENCE : Detail.FRESHNESS;
        List<Observation> observations = root().rollcall().observations().all(detail).stream()
                .filter(agent -> state == null || agent.entry().columns().state() == state)
                .filter(agent -> freshness == null || agent.freshness() == freshness)
                .sorted(order())
                .toList();
        root().print(root().isJson() ? json(observations) : text(observations));
        return FINE;
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

    private static String json(List<Observation> observations) {
        return JsonOutput.object(json -> json.objects("agents", observations, Shapes::observation)) + "\n";
    }

    private String text(List<Observation> observations) {
        if (observations.isEmpty()) {
            return "Nobody is on the roll"
                    + (state == null && freshness == null ? " yet. Next: rollcall sync --all" : " with that filter.")
                    + "\n";
        }
        return new RollTable(root().paint()).render(observations, Table.WIDTH)
                + summary(observations.stream().map(Observation::entry).toList()) + "\n";
    }

    private static String summary(List<RollEntry> entries) {
        long rejected =
                entries.stream().filter(entry -> entry.rejectedSince() != null).count();
        return RollTable.counts(entries)
                + (rejected == 0
                        ? ""
                        : "\n! " + rejected + " with a rejected file, shown as last good: rollcall doctor");
    }
}
