package dev.rollcall.dashboard;

import dev.rollcall.app.Need;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.Lag;
import java.math.BigDecimal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which part of the roll somebody looks at, and in which order: what stands in the address of the page. What means nothing
 * there is left out.
 *
 * @param state a state in lower case; empty for any
 * @param fresh a freshness in lower case; empty for any but LEFT
 * @param need a {@link Need} in lower case, or {@code any}; empty for everybody
 * @param sort a column; empty for the ids
 * @param text what was typed; empty for nothing
 */
record View(String state, String fresh, String need, String sort, String text) {
    static final View ALL = new View("", "", "", "", "");

    private static final Map<String, Comparator<Member>> ORDERS = Map.of(
            "state", Comparator.comparing(Member::state),
            "mission", Comparator.comparing(member -> member.text(StatusField.CURRENT_MISSION)),
            "fresh",
                    Comparator.comparing(
                            (Member member) -> member.observation().age(),
                            Comparator.nullsLast(Comparator.naturalOrder())),
            "cycle", most(member -> member.columns().cycleCount().orElse(Long.MIN_VALUE)),
            "lag", most(View::lag),
            "points", most(member -> member.columns().pointsEarned().orElse(BigDecimal.valueOf(Long.MIN_VALUE))),
            "blockers", most(member -> member.columns().blockers().size()),
            "need", Comparator.comparing(Member::need));

    private static <T extends Comparable<T>> Comparator<Member> most(java.util.function.Function<Member, T> key) {
        return Comparator.comparing(key).reversed();
    }

    private static long lag(Member member) {
        Lag lag = member.observation().lag();
        Long seconds = lag.seconds();
        return seconds == null ? -1 : seconds;
    }

    /** Whether the member is of this part. */
    boolean has(Member member) {
        String freshness = member.observation().freshness().name().toLowerCase(Locale.ROOT);
        return (state.isEmpty() || member.state().name().equalsIgnoreCase(state))
                && (fresh.isEmpty() ? member.need() != Need.LEFT : freshness.equals(fresh))
                && (need.isEmpty()
                        || need.equals("any") && member.need().isAny()
                        || member.need().label().equals(need))
                && (text.isEmpty() || words(member).contains(text.toLowerCase(Locale.ROOT)));
    }

    private static String words(Member member) {
        return String.join(
                        " ",
                        member.agent().value(),
                        member.text(StatusField.AGENT_NAME),
                        member.text(StatusField.STATUS),
                        member.text(StatusField.CURRENT_MISSION),
                        member.text(StatusField.CURRENT_FOCUS),
                        String.join(" ", member.columns().blockers()))
                .toLowerCase(Locale.ROOT);
    }

    List<Member> sorted(List<Member> members) {
        String column = sort.startsWith("-") ? sort.substring(1) : sort;
        Comparator<Member> order =
                column.equals("agent") || column.isEmpty() ? Comparator.comparing(Member::agent) : ORDERS.get(column);
        if (order == null) {
            return members;
        }
        Comparator<Member> wanted = sort.startsWith("-") ? order.reversed() : order;
        return members.stream().sorted(wanted.thenComparing(Member::agent)).toList();
    }

    /** The address of the page with one thing chosen otherwise, or not any more where it is chosen already. */
    String with(String name, String value) {
        Map<String, String> all =
                new TreeMap<>(Map.of("state", state, "fresh", fresh, "need", need, "sort", sort, "q", text));
        all.merge(name, value, (now, wanted) -> now.equals(wanted) ? "" : wanted);
        StringBuilder query = new StringBuilder();
        all.forEach((key, chosen) -> {
            if (!chosen.isEmpty()) {
                query.append(query.isEmpty() ? '?' : '&')
                        .append(key)
                        .append('=')
                        .append(Shown.encoded(chosen));
            }
        });
        return query.isEmpty() ? "/" : query.toString();
    }
}
