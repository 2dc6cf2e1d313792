package dev.rollcall.dashboard;

import dev.rollcall.app.Need;
import dev.rollcall.app.Observation;
import dev.rollcall.dashboard.Member.Awaited;
import dev.rollcall.document.Finding;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.StatusField;
import dev.rollcall.roll.RejectedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who needs somebody, why, since when, and what is known that helps. */
final class Card {
    private static final int SENTENCE = 200;
    private static final int SHORT = 90;

    private Card() {}

    static void draw(Html html, Member member, Instant now) {
        Instant since = member.since();
        html.open(
                        "article",
                        "id",
                        Shown.element("c", member.agent()),
                        "class",
                        "card n-" + member.need().label() + (isError(member) ? " n-error" : ""),
                        "data-need",
                        member.need().label(),
                        "data-at",
                        Long.toString(since == null ? 0 : since.toEpochMilli()),
                        "data-id",
                        member.agent().value())
                .open("header")
                .open("h3")
                .leaf("a", Html.cut(member.agent().value(), Row.NAME), "href", Shown.path(member.agent()))
                .close("h3")
                .open("p", "class", "why")
                .text(word(member));
        if (since != null && member.need().hasBegun()) {
            html.text(" ").leaf("span", age(member, now), "data-for", Long.toString(since.toEpochMilli()));
        }
        html.close("p").close("header");
        reason(html, member);
        html.close("article");
    }

    /** For how long it has needed somebody, in words; empty where the card does not say that. */
    static String age(Member member, Instant now) {
        Instant since = member.since();
        return since == null || !member.need().hasBegun() ? "" : Shown.duration(Duration.between(since, now));
    }

    /** What takes the place of a card that is not needed any more. */
    static void gone(Html html, Member member) {
        html.open("i", "id", Shown.element("c", member.agent()), "data-gone", "")
                .close("i");
    }

    private static boolean isError(Member member) {
        return member.need() == Need.STUCK && member.state() == dev.rollcall.document.State.ERROR;
    }

    private static String word(Member member) {
        return switch (member.need()) {
            case REJECTED -> "Rejected for";
            case STUCK -> isError(member) ? "Error for" : "Blocked for";
            case LAGGING -> "Lagging";
            case STALE -> "Stale for";
            case CONTRADICTED -> "Contradicts itself";
            case NONE, LEFT -> "";
        };
    }

    private static void reason(Html html, Member member) {
        switch (member.need()) {
            case REJECTED -> rejected(html, member);
            case STUCK -> stuck(html, member);
            case LAGGING -> finding(html, member.observation().lag().finding().orElse(null));
            case STALE -> stale(html, member);
            case CONTRADICTED ->
                finding(html, Need.contradiction(member.observation()).orElse(null));
            case NONE, LEFT -> {}
        }
    }

    private static void rejected(Html html, Member member) {
        RejectedDocument rejected = member.rejected();
        if (rejected != null) {
            ParseResult.Rejected why = rejected.rejection();
            html.open("p")
                    .leaf("code", why.code().label(), "class", "code")
                    .text(" " + place(why.position()) + Html.cut(why.message(), SENTENCE))
                    .close("p");
        }
        String mission = member.text(StatusField.CURRENT_MISSION);
        html.leaf(
                "p",
                member.observation().entry().revision() == 0
                        ? "No version of it was ever good."
                        : "Last good: cycle "
                                + Shown.number(member.columns().cycleCount().orElse(null))
                                + (mission.isEmpty() ? "" : ", " + Html.cut(mission, SHORT)),
                "class",
                "soft");
    }

    /** Empty where there is none. */
    static String place(@Nullable Position position) {
        return position == null
                ? ""
                : "line " + position.line() + ", column " + position.column() + " (byte " + position.byteOffset()
                        + "): ";
    }

    private static void stuck(Html html, Member member) {
        List<String> blockers = member.columns().blockers();
        String focus = member.text(StatusField.CURRENT_FOCUS);
        String first = blockers.isEmpty()
                ? focus.isEmpty() ? "It does not say what stands in the way." : focus
                : blockers.getFirst();
        html.capped("p", first, SENTENCE, "blocker");
        if (blockers.size() > 1) {
            html.leaf("p", "and " + (blockers.size() - 1) + " more", "class", "soft");
        }
        if (!member.awaits().isEmpty()) {
            html.leaf(
                    "p",
                    member.awaits().stream().limit(3).map(Card::awaited).collect(Collectors.joining("; ")),
                    "class",
                    "soft");
        }
    }

    private static String awaited(Awaited awaited) {
        return Html.cut(awaited.agent().value(), Row.NAME) + " is "
                + awaited.state().name().toLowerCase(Locale.ROOT)
                + (awaited.waits() ? " and waits, too" : ", waits for nobody");
    }

    private static void stale(Html html, Member member) {
        Observation agent = member.observation();
        Duration cadence = agent.cadence();
        html.leaf(
                "p",
                "Says " + member.state().name()
                        + (cadence == null ? "" : "; usually reports every " + Shown.duration(cadence)));
        String mission = member.text(StatusField.CURRENT_MISSION);
        if (!mission.isEmpty()) {
            html.capped("p", mission, SHORT, "soft");
        }
    }

    private static void finding(Html html, @Nullable Finding finding) {
        if (finding != null) {
            html.capped("p", finding.message(), SENTENCE, "finding").leaf("code", finding.code(), "class", "code soft");
        }
    }
}
