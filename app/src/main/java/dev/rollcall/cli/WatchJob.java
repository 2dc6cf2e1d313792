package dev.rollcall.cli;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Stream;

/**
 * What a service manager is asked to keep running.
 *
 * @param name tells this watch from those of other swarms of the same user; lower-case letters, digits, single hyphens
 * @param words the command: a program and its arguments, all paths absolute
 * @param environment variables to set, by name
 */
record WatchJob(String name, List<String> words, SequencedMap<String, String> environment) {
    WatchJob {
        Stream.concat(words.stream(), environment.values().stream()).forEach(WatchJob::requireWritable);
    }

    /** A name for the files and logs of this root and swarm, from the last folder's name and a hash of both. */
    static String name(String folder, String root, String swarm) {
        String readable =
                folder.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        String hash = String.format(Locale.ROOT, "%08x", (root + "\n" + swarm).hashCode());
        return readable.isEmpty() ? hash : readable + "-" + hash;
    }

    /** Neither format has a way to write these characters that the other has too. */
    private static void requireWritable(String text) {
        if (text.codePoints()
                .anyMatch(c -> Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || (c & 0xFFFE) == 0xFFFE)) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "service: \"" + ShownText.of(text) + "\" has a character that can not stand in a service's file",
                    "Choose a path without control characters, for example through a symbolic link.");
        }
    }
}
