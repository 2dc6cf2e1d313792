package dev.rollcall.dashboard;

import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.document.State;
import dev.rollcall.document.StatusField;
import dev.rollcall.report.Window;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.FreshnessThresholds;
import dev.rollcall.roll.Lag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A line of the roll. What the script needs to filter, sort and count down stands in its data attributes. */
final class Row {
    static final int NAME = 40;
    static final int ROLE = 48;
    static final int SAID = 40;
    static final int WORK = 160;

    private Row() {}

    /** @param style further class names; empty for none */
    static void draw(Html html, Member member, Instant now, String style) {
        Observation agent = member.observation();
        Instant last = agent.entry().lastActivityAt();
        html.open(
                "div",
                "role",
                "row",
                "class",
                style.isEmpty() ? "row" : "row " + style,
                "id",
                Shown.element("r", member.agent()),
                "data-id",
                member.agent().value(),
                "data-state",
                member.state().name(),
                "data-fresh",
                agent.freshness().name(),
                "data-need",
                member.need().label(),
                "data-last",
                last == null ? null : Long.toString(last.toEpochMilli()),
                "data-live",
                Long.toString(agent.thresholds().liveFor().toSeconds()),
                "data-quiet",
                Long.toString(agent.thresholds().quietFor().toSeconds()),
                "data-cycle",
                member.columns().cycleCount().map(String::valueOf).orElse(null),
                "data-points",
                member.columns().pointsEarned().map(Shown::number).orElse(null),
                "data-lag",
                agent.lag().seconds() == null
                        ? null
                        : String.valueOf(agent.lag().seconds()),
                "data-blockers",
                Integer.toString(member.columns().blockers().size()));
        who(html, member);
        state(html, member.state(), member.text(StatusField.STATUS));
        work(html, member);
        fresh(html, agent, now, "cell");
        html.leaf("div", Shown.number(member.columns().cycleCount().orElse(null)), "role", "cell", "class", "n cycle");
        lag(html, agent.lag());
        html.leaf(
                "div", Shown.number(member.columns().pointsEarned().orElse(null)), "role", "cell", "class", "n points");
        blockers(html, member);
        html.close("div");
    }

    private static void who(Html html, Member member) {
        html.open("div", "role", "rowheader", "class", "who")
                .open(
                        "a",
                        "href",
                        Shown.path(member.agent()),
                        "title",
                        member.agent().value())
                .text(Html.cut(member.agent().value(), NAME))
                .close("a");
        String role = member.text(StatusField.AGENT_NAME);
        if (!role.isEmpty() && !role.equals(member.agent().value()) && !role.equalsIgnoreCase("agent")) {
            html.capped("span", role, ROLE, "soft");
        }
        html.close("div");
    }

    private static void state(Html html, State state, String said) {
        html.open("div", "role", "cell", "class", "state");
        chip(html, state);
        if (!said.isEmpty()) {
            html.capped("code", said, SAID, "said");
        }
        html.close("div");
    }

    static void chip(Html html, State state) {
        html.leaf("span", state.name(), "class", "chip s-" + state.name().toLowerCase(Locale.ROOT));
    }

    private static void work(Html html, Member member) {
        String mission = member.text(StatusField.CURRENT_MISSION);
        String focus = member.text(StatusField.CURRENT_FOCUS);
        html.open("div", "role", "cell", "class", "work");
        if (member.need() == Need.REJECTED) {
            html.leaf("span", "File rejected", "class", "flag s-error");
        }
        html.capped(
                "span",
                mission.isEmpty() ? "No mission" : mission,
                WORK,
                mission.isEmpty() ? "mission soft" : "mission");
        if (!focus.isEmpty() && !focus.equals(mission)) {
            html.capped("span", focus, WORK, "focus soft");
        }
        html.close("div");
    }

    /**
     * How long ago it reported, and how much is left until it counts as quiet, then as stale.
     *
     * @param role what it is for who does not see it; null for nothing of its own
     */
    static void fresh(Html html, Observation agent, Instant now, @Nullable String role) {
        Instant last = agent.entry().lastActivityAt();
        html.open(
                        "div",
                        "role",
                        role,
                        "class",
                        "fresh f-" + agent.freshness().name().toLowerCase(Locale.ROOT))
                .leaf(
                        "span",
                        age(agent, now),
                        "class",
                        "age",
                        "data-for",
                        last == null ? null : Long.toString(last.toEpochMilli()))
                .leaf("span", agent.freshness().name().toLowerCase(Locale.ROOT), "class", "word")
                .open(
                        "svg",
                        "class",
                        "bar",
                        "viewBox",
                        "0 0 100 4",
                        "preserveAspectRatio",
                        "none",
                        "aria-hidden",
                        "true")
                .open("rect", "class", "track", "width", "100", "height", "4")
                .close("rect")
                .open("rect", "class", "left", "width", Long.toString(left(agent, now)), "height", "4")
                .close("rect")
                .open("rect", "class", "turn", "x", "49.5", "width", "1", "height", "4")
                .close("rect")
                .close("svg")
                .close("div");
    }

    /** All in a row that follows of the time alone. */
    static String ages(Member member, Instant now) {
        return age(member.observation(), now) + " " + left(member.observation(), now);
    }

    /** How long ago it was heard of, in words. */
    private static String age(Observation agent, Instant now) {
        Instant last = agent.entry().lastActivityAt();
        return last == null ? "never" : Shown.duration(Duration.between(last, now));
    }

    /** What is left of its time until it counts as stale, in percent, as {@link #left(Duration, FreshnessThresholds)}. */
    private static long left(Observation agent, Instant now) {
        Instant last = agent.entry().lastActivityAt();
        return last == null || agent.freshness() == Freshness.LEFT
                ? 0
                : left(Duration.between(last, now), agent.thresholds());
    }

    /** In percent: the first half is the time as LIVE, the second that as QUIET. */
    static long left(@Nullable Duration age, FreshnessThresholds thresholds) {
        if (age == null) {
            return 0;
        }
        double live = Math.max(1.0, Window.seconds(thresholds.liveFor()));
        double quiet = Math.max(live + 1, Window.seconds(thresholds.quietFor()));
        double passed = Math.max(0.0, Window.seconds(age));
        double share = passed < live ? 1 - passed / live / 2 : (1 - (passed - live) / (quiet - live)) / 2;
        return Math.round(100 * Math.clamp(share, 0, 1));
    }

    private static void lag(Html html, Lag lag) {
        String why = lag instanceof Lag.Unknown(String reason) ? reason : null;
        String style = lag.isBehind() ? "n lag behind" : why == null ? "n lag soft" : "n lag";
        html.leaf("div", lag(lag), "role", "cell", "class", style, "title", why);
    }

    /** In cycles where these are known, else in time. */
    static String lag(Lag lag) {
        Long cycles = lag.cycles();
        Long seconds = lag.seconds();
        if (lag instanceof Lag.Unknown) {
            return Shown.NOTHING;
        }
        if (!lag.isBehind()) {
            return "0";
        }
        return cycles != null && cycles > 0
                ? Shown.counted(cycles, "cycle")
                : Shown.duration(Duration.ofSeconds(seconds == null ? 0 : seconds));
    }

    private static void blockers(Html html, Member member) {
        List<String> blockers = member.columns().blockers();
        html.open("div", "role", "cell", "class", "blockers");
        if (blockers.isEmpty()) {
            html.leaf("span", Shown.NOTHING, "class", "soft", "aria-label", "none", "role", "img");
        } else {
            html.capped("span", blockers.getFirst(), WORK, "blocker");
            if (blockers.size() > 1) {
                html.leaf("span", "and " + (blockers.size() - 1) + " more", "class", "soft");
            }
        }
        html.close("div");
    }
}
