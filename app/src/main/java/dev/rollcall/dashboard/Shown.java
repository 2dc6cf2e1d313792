package dev.rollcall.dashboard;

import dev.rollcall.document.AgentId;
import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Times, numbers and addresses as the pages show them. The script says ages in the same words. Pure. */
final class Shown {
    /** Where there is nothing to show. */
    static final String NOTHING = "\u2013";

    private Shown() {}

    /** The largest unit that fits, and the next one where it tells something: {@code 1 h 12 min}. */
    static String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " min";
        }
        if (seconds < 86_400) {
            long minutes = seconds % 3_600 / 60;
            return seconds / 3_600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        long hours = seconds % 86_400 / 3_600;
        return seconds / 86_400 + " d" + (hours == 0 ? "" : " " + hours + " h");
    }

    static String ago(@Nullable Instant then, Instant now) {
        return then == null ? "never" : duration(Duration.between(then, now)) + " ago";
    }

    /** To the second, in UTC. */
    static String time(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
    }

    static String number(@Nullable BigDecimal number) {
        return number == null ? NOTHING : Html.cut(number.toPlainString(), 24);
    }

    static String number(@Nullable Long number) {
        return number == null ? NOTHING : number.toString();
    }

    static String counted(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** For a path or a query: everything but letters, digits and {@code - _ .} is percent-encoded. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    static String path(AgentId agent) {
        return "/agents/" + encoded(agent.value());
    }

    /** The id of an element that belongs to the agent; without white space, and different for each. */
    static String element(String kind, AgentId agent) {
        return kind + "-" + encoded(agent.value());
    }
}
