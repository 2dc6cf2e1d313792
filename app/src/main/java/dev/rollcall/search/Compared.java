package dev.rollcall.search;

import dev.rollcall.document.AgentId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** Agents that a question names only to say what the one it looks for is like: "who tests like Agent-8". */
final class Compared {
    private static final Set<String> COMPARING = Set.of(
            "like",
            "similar",
            "resembles",
            "resemble",
            "resembling",
            "same",
            "shares",
            "share",
            "duplicates",
            "duplicate",
            "besides",
            "except",
            "else",
            "other",
            "another");

    private Compared() {}

    /** Such agents of this question, which are no answers to it. */
    static Predicate<AgentId> in(String question) {
        List<String> words = lowerCase(question);
        if (Collections.disjoint(words, COMPARING)) {
            return agent -> false;
        }
        return agent -> Collections.indexOfSubList(words, lowerCase(agent.value())) >= 0;
    }

    private static List<String> lowerCase(String text) {
        return Words.parts(text).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
