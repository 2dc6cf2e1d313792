package dev.rollcall.dashboard;

import dev.rollcall.app.Doctor;
import dev.rollcall.app.Examination;
import dev.rollcall.app.Observation;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.Settings;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.app.WatchTrouble;
import dev.rollcall.dashboard.Layout.Frame;
import dev.rollcall.dashboard.Tables.Part;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.Finding;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Freshness;
import dev.rollcall.roll.RejectedDocument;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whether all this can be trusted, and what stands in the way. */
final class TrustPage {
    private static final int MOST = 200;
    private static final int EXCERPTS = 50;

    private final Layout layout;
    private final OpenSwarm swarm;

    TrustPage(Layout layout, OpenSwarm swarm) {
        this.layout = layout;
        this.swarm = swarm;
    }

    Html draw(Roster roster, Trust trust, WatchAnswer watch) {
        Html html = new Html();
        html.leaf("h1", "Health", "class", "sr");
        swarm.rolls().ask(rollcall -> {
            Examination examination = new Doctor(rollcall).examine();
            concerns(html, examination);
            html.open("div", "class", "columns").open("div", "class", "main");
            rejected(html, rollcall, examination.rejected());
            findings(html, examination);
            unknown(html, examination.unknownStatuses());
            html.close("div").open("div", "class", "aside");
            watch(html, watch, roster.at());
            lag(html, roster, watch);
            environment(html, examination);
            settings(html, rollcall.settings());
            html.close("div").close("div");
            return true;
        });
        return layout.page(
                new Frame("Health", "/trust", List.of("roll.js"), roster.look().trouble() != null, roster.at()),
                trust,
                html);
    }

    private static void concerns(Html html, Examination examination) {
        Tables.open(html, "concerns", "Concerns", Part.LIVE);
        if (examination.concerns().isEmpty()) {
            html.leaf(
                    "p",
                    examination.rejected().isEmpty()
                            ? "None: the roll says what the files say."
                            : "None, but for what stands rejected below.");
        } else {
            html.open("ul", "class", "findings");
            examination.concerns().stream()
                    .limit(MOST)
                    .forEach(concern ->
                            html.open("li").capped("span", concern, 500, "bad").close("li"));
            html.close("ul");
        }
        html.close("section");
    }

    private static void watch(Html html, WatchAnswer watch, Instant now) {
        Tables.open(html, "watch", "Watch", Part.LIVE);
        if (!watch.isRunning()) {
            html.leaf(
                            "p",
                            "No watch runs: the roll does not follow the files. rollcall watch starts one.",
                            "class",
                            "bad")
                    .close("section");
            return;
        }
        for (WatchTrouble trouble : watch.troubles()) {
            html.capped("p", trouble.sentence(), 500, "bad");
        }
        Tables.head(html, "Facts about the watch", "Fact", "Value");
        number(html, watch, "Process", "pid");
        time(html, watch, "Started", "started_at", now);
        number(html, watch, "Agents", "agents");
        number(html, watch, "Folders watched by events", "watched");
        number(html, watch, "Folders found by scans alone", "unwatched");
        number(html, watch, "Versions recorded", "recorded");
        number(html, watch, "Waiting to be recorded", "due");
        number(html, watch, "Events lost by the system", "lost");
        time(html, watch, "Stat data of all files compared", "scanned_at", now);
        time(html, watch, "Bytes of all files compared", "hashed_at", now);
        watch.window().ifPresent(address -> Tables.fact(html, "Window", address));
        Tables.end(html);
        html.close("section");
    }

    private static void number(Html html, WatchAnswer watch, String label, String fact) {
        watch.number(fact).ifPresent(value -> Tables.fact(html, label, value.toString()));
    }

    private static void time(Html html, WatchAnswer watch, String label, String fact, Instant now) {
        Tables.fact(
                html, label, watch.time(fact).map(time -> Shown.ago(time, now)).orElse("not yet"));
    }

    private static void lag(Html html, Roster roster, WatchAnswer watch) {
        Tables.open(html, "lag", "Lag", Part.LIVE);
        Tables.head(html, "How far the roll trails the files", "From a change of a file to the roll", "#Time");
        latency(html, "half of them within", watch, "latency_p50_ms");
        latency(html, "99 of 100 within", watch, "latency_p99_ms");
        List<Long> seconds = roster.look().agents().stream()
                .filter(agent -> agent.freshness() != Freshness.LEFT)
                .map(Observation::lag)
                .map(lag -> lag.seconds())
                .filter(lag -> lag != null)
                .sorted()
                .toList();
        html.open("tr")
                .leaf("th", "now, of " + Shown.counted(seconds.size(), "file"), "scope", "row")
                .leaf(
                        "td",
                        seconds.isEmpty()
                                ? Shown.NOTHING
                                : "p50 " + at(seconds, 50) + ", p99 " + at(seconds, 99) + ", most " + at(seconds, 100),
                        "class",
                        "n")
                .close("tr");
        Tables.end(html);
        Instant compared = roster.look().comparedAt();
        html.leaf(
                        "p",
                        compared == null
                                ? "Roll and files were not compared yet."
                                : "Roll and files were compared " + Shown.ago(compared, roster.at()) + ".",
                        "class",
                        "soft")
                .close("section");
    }

    private static String at(List<Long> sorted, int percent) {
        int index = Math.min(sorted.size() - 1, (sorted.size() * percent + 99) / 100 - 1);
        return Shown.duration(Duration.ofSeconds(sorted.get(Math.max(0, index))));
    }

    private static void latency(Html html, String label, WatchAnswer watch, String fact) {
        html.open("tr")
                .leaf("th", label, "scope", "row")
                .leaf("td", watch.duration(fact).map(Trust::millis).orElse("nothing changed yet"), "class", "n")
                .close("tr");
    }

    private static void environment(Html html, Examination examination) {
        Tables.open(html, "environment", "Database, index and surroundings", Part.STILL);
        Tables.head(html, "Facts", "Fact", "Value");
        examination.facts().forEach(fact -> Tables.fact(html, fact.label(), fact.value()));
        Tables.end(html);
        html.close("section");
    }

    private static void settings(Html html, Settings settings) {
        Tables.open(html, "settings", "Configuration", Part.STILL);
        Tables.head(html, "Settings", "Setting", "Value");
        Tables.fact(html, "largest document", settings.maxDocumentBytes() + " bytes");
        Tables.fact(html, "window at", settings.window().bind());
        Tables.fact(
                html,
                "further hosts",
                settings.window().hosts().isEmpty()
                        ? "none"
                        : String.join(", ", settings.window().hosts()));
        Tables.fact(
                html,
                "reading without a token",
                settings.window().reading().name().toLowerCase(java.util.Locale.ROOT));
        Tables.end(html);
        html.close("section");
    }

    private static void rejected(Html html, Rollcall rollcall, List<RejectedDocument> rejected) {
        Tables.open(html, "rejected", "Rejected files", Part.LIVE);
        if (rejected.isEmpty()) {
            html.leaf("p", "None.", "class", "soft");
        }
        for (RejectedDocument document : rejected.stream().limit(EXCERPTS).toList()) {
            html.open("article", "class", "one n-rejected").open("h3");
            link(html, document.agent());
            html.close("h3");
            try {
                rollcall.rejection(document.agent())
                        .ifPresentOrElse(
                                rejection -> Excerpt.draw(html, rejection, rejection.document()),
                                () -> html.leaf("p", "It is good again.", "class", "soft"));
            } catch (ProblemException unreadable) {
                html.leaf("p", unreadable.problem().message(), "class", "bad");
            }
            html.close("article");
        }
        if (rejected.size() > EXCERPTS) {
            html.leaf("p", "and " + (rejected.size() - EXCERPTS) + " more", "class", "soft");
        }
        html.close("section");
    }

    private static void findings(Html html, Examination examination) {
        Tables.open(html, "findings", "Odd, but accepted", Part.LIVE);
        if (examination.findings().isEmpty()) {
            html.leaf("p", "Nothing.", "class", "soft").close("section");
            return;
        }
        Tables.head(html, "Findings of each agent", "Agent", "What is odd");
        for (Map.Entry<AgentId, List<Finding>> agent :
                examination.findings().entrySet().stream().limit(MOST).toList()) {
            html.open("tr").open("th", "scope", "row");
            link(html, agent.getKey());
            html.close("th").open("td", "class", "t");
            for (Finding finding : agent.getValue()) {
                html.open("p")
                        .leaf("code", finding.code(), "class", "code")
                        .text(" ")
                        .capped("span", finding.message(), 240, "finding")
                        .close("p");
            }
            html.close("td").close("tr");
        }
        Tables.end(html);
        if (examination.findings().size() > MOST) {
            html.leaf("p", "and " + (examination.findings().size() - MOST) + " more agents", "class", "soft");
        }
        html.close("section");
    }

    private static void unknown(Html html, Map<String, Long> statuses) {
        if (statuses.isEmpty()) {
            return;
        }
        Tables.open(html, "unknown", "Statuses that no rule knows", Part.LIVE);
        Tables.head(html, "Unknown statuses", "It says", "#Agents");
        statuses.entrySet().stream()
                .limit(MOST)
                .forEach(status -> html.open("tr")
                        .open("th", "scope", "row")
                        .capped("code", status.getKey(), 120, "said")
                        .close("th")
                        .leaf("td", status.getValue().toString(), "class", "n")
                        .close("tr"));
        Tables.end(html);
        html.close("section");
    }

    static void link(Html html, AgentId agent) {
        html.leaf("a", Html.cut(agent.value(), Row.NAME), "href", Shown.path(agent));
    }
}
