package dev.rollcall.dashboard;

import dev.rollcall.document.State;
import dev.rollcall.roll.Freshness;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many are at what: a bar of shares, and a filter for each state, freshness and need. */
final class Counts {
    /** In which a bar of states stands: what stops work first. */
    private static final List<State> ORDER = List.of(
            State.ERROR,
            State.BLOCKED,
            State.WAITING,
            State.ACTIVE,
            State.COMPLETE,
            State.IDLE,
            State.OFFLINE,
            State.UNKNOWN);

    private static final double WIDTH = 1_000;
    private static final double GAP = 3;

    private Counts() {}

    static void draw(Html html, Roster roster, View view) {
        html.open("div", "id", "counts", "class", "counts");
        Map<State, Long> states = roster.states();
        bar(html, roster, states);
        html.open("div", "class", "filters");
        html.open("div", "class", "filter", "role", "group", "aria-label", "Filter by state");
        for (State state : ORDER) {
            String value = state.name().toLowerCase(Locale.ROOT);
            filter(html, view, new Choice("state", value, states.getOrDefault(state, 0L), "s-" + value, view.state()));
        }
        html.close("div");
        html.open("div", "class", "filter", "role", "group", "aria-label", "Filter by freshness");
        Map<Freshness, Long> freshnesses = roster.freshness();
        for (Freshness freshness : Freshness.values()) {
            String value = freshness.name().toLowerCase(Locale.ROOT);
            filter(
                    html,
                    view,
                    new Choice("fresh", value, freshnesses.getOrDefault(freshness, 0L), "f-" + value, view.fresh()));
        }
        html.close("div");
        long needy = roster.members().stream()
                .filter(member -> member.need().isAny())
                .count();
        html.open("div", "class", "filter", "role", "group", "aria-label", "Filter by attention");
        filter(html, view, new Choice("need", "any", needy, "n-any", view.need()));
        html.close("div").close("div").close("div");
    }

    private static void bar(Html html, Roster roster, Map<State, Long> states) {
        double whole = Math.max(1, roster.present());
        List<String> words = new ArrayList<>();
        Html rects = new Html();
        double x = 0;
        for (State state : ORDER) {
            long count = states.getOrDefault(state, 0L);
            if (count > 0) {
                double width = WIDTH * count / whole;
                words.add(count + " " + state.name().toLowerCase(Locale.ROOT));
                rects.open(
                                "rect",
                                "class",
                                "s-" + state.name().toLowerCase(Locale.ROOT),
                                "x",
                                String.format(Locale.ROOT, "%.1f", x),
                                "width",
                                String.format(
                                        Locale.ROOT, "%.1f", Math.max(1, x + width > WIDTH - 1 ? width : width - GAP)),
                                "height",
                                "10")
                        .close("rect");
                x += width;
            }
        }
        html.open(
                        "svg",
                        "class",
                        "shares",
                        "viewBox",
                        "0 0 1000 10",
                        "preserveAspectRatio",
                        "none",
                        "role",
                        "img",
                        "aria-label",
                        words.isEmpty() ? "Nobody is on the roll" : String.join(", ", words))
                .add(rects)
                .close("svg");
    }

    /**
     * One filter.
     *
     * @param chosen what is chosen of its kind now
     */
    private record Choice(String kind, String value, long count, String style, String chosen) {
        boolean isChosen() {
            return value.equals(chosen);
        }
    }

    private static void filter(Html html, View view, Choice choice) {
        if (choice.count() == 0 && !choice.isChosen()) {
            return;
        }
        html.open(
                        "a",
                        "class",
                        "pick " + choice.style(),
                        "href",
                        view.with(choice.kind(), choice.value()),
                        "data-filter",
                        choice.kind(),
                        "data-value",
                        choice.value(),
                        "aria-current",
                        choice.isChosen() ? "true" : null)
                .open("i", "aria-hidden", "true")
                .close("i")
                .leaf("b", Long.toString(choice.count()))
                .text(choice.value().equals("any") ? " need you" : " " + choice.value())
                .close("a");
    }
}
