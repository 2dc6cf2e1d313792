package dev.rollcall.app;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that keeps a watch from its work.
 *
 * @param message one sentence
 * @param since since when; null where nobody noted that
 */
public record WatchTrouble(
        Kind kind, String message, @Nullable Instant since) {
    /** What is in trouble; a fixed list, so that it can be counted. */
    public enum Kind {
        /** The files can not be looked at. */
        FILES,
        /** Nothing can be recorded. */
        DATABASE,
        /** Rollcall itself fails at some agents' turns. */
        AGENTS,
        /** Agents with a file here are recorded by another source. */
        SOURCES,
        /** Most of the swarm fell silent at once. */
        SUSPICION,
        /** The system does not tell of every change, so that scans have to find them. */
        EVENTS,
        /** Agents can not be made searchable by meaning. */
        SEARCH,
        /** It has been at one step for long. */
        HANGING,
        /** It does not answer. */
        SILENT,
        /** What a watch of another version tells and this program has no name for. */
        OTHER;

        /** The kind as programs see it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** With the time, as it is told in a list of facts. */
    public String text() {
        return message + (since == null ? "" : " (since " + since + ")");
    }

    /** What it keeps the watch from, since when, and why. */
    public String sentence() {
        String when = since == null ? "" : " since " + since.truncatedTo(ChronoUnit.SECONDS);
        return switch (kind) {
            case FILES -> "can not look at the files" + when + ": " + message;
            case DATABASE -> "can not record" + when + ": " + message;
            case SEARCH -> "can not make agents searchable by meaning" + when + ": " + message;
            case AGENTS, SOURCES, SUSPICION, EVENTS, HANGING, SILENT, OTHER -> message;
        };
    }
}
