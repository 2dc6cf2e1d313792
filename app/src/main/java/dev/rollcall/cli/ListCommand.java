package dev.rollcall.cli;

import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RollEntry;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
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
        List<RollEntry> entries = root().rollcall().roll().list().stream()
                .filter(entry -> state == null || entry.columns().state() == state)
                .filter(entry -> freshness == null || root().rollcall().freshness(entry) == freshness)
                .sorted(order())
                .toList();
        root().print(root().isJson() ? json(entries) : text(entries));
        return FINE;
    }

    private Comparator<RollEntry> order() {
        Comparator<RollEntry> byAgent = Comparator.comparing(RollEntry::agent);
        Comparator<RollEntry> wanted = switch (sort) {
            case agent -> byAgent;
            case state -> Comparator.comparing(entry -> entry.columns().state());
            case age ->
                Comparator.comparing(
                        (RollEntry entry) -> root().rollcall().age(entry).orElse(Duration.ofSeconds(Long.MAX_VALUE)));
            case cycles ->
                Comparator.comparing((RollEntry entry) ->
                                entry.columns().cycleCount().orElse(Long.MIN_VALUE))
                        .reversed();
            case points ->
                Comparator.comparing((RollEntry entry) ->
                                entry.columns().pointsEarned().orElse(BigDecimal.valueOf(Long.MIN_VALUE)))
                        .reversed();
        };
        return wanted.thenComparing(byAgent);
    }

    private String json(List<RollEntry> entries) {
        return JsonOutput.object(json -> json.objects(
                        "agents", entries, (agent, entry) -> Shapes.entry(agent, entry, root().rollcall())))
                + "\n";
    }

    private String text(List<RollEntry> entries) {
        if (entries.isEmpty()) {
            return "Nobody is on the roll"
                    + (state == null && freshness == null ? " yet. Next: rollcall sync --all" : " with that filter.")
                    + "\n";
        }
        return new RollTable(root().rollcall(), root().paint()).render(entries, Table.WIDTH) + summary(entries) + "\n";
    }

    private String summary(List<RollEntry> entries) {
        long rejected =
                entries.stream().filter(entry -> entry.rejectedSince() != null).count();
        return RollTable.counts(entries)
                + (rejected == 0
                        ? ""
                        : "\n! " + rejected + " with a rejected file, shown as last good: rollcall doctor");
    }
}
