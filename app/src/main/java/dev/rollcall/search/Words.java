package dev.rollcall.search;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of texts that hold identifiers: config_manager, ConfigManager and "config manager" have the same ones. Linear in
 * the text's length.
 */
public final class Words {
    /** What nearly every question about agents holds, and what joins its words. */
    private static final Set<String> OF_QUESTIONS = Set.of(
            "a",
            "about",
            "agent",
            "agents",
            "all",
            "an",
            "and",
            "any",
            "anybody",
            "anyone",
            "are",
            "as",
            "at",
            "be",
            "been",
            "by",
            "can",
            "could",
            "did",
            "do",
            "does",
            "find",
            "for",
            "from",
            "get",
            "has",
            "have",
            "here",
            "how",
            "i",
            "if",
            "in",
            "is",
            "it",
            "its",
            "knows",
            "me",
            "my",
            "need",
            "of",
            "on",
            "or",
            "our",
            "please",
            "should",
            "show",
            "somebody",
            "someone",
            "than",
            "that",
            "the",
            "their",
            "them",
            "there",
            "they",
            "this",
            "to",
            "us",
            "was",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "who",
            "whom",
            "whose",
            "will",
            "with",
            "would",
            "you",
            "your");

    private Words() {}

    /** Runs of letters or digits, apart where a small letter meets a capital; in order, as spelled. */
    public static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            boolean isWord = Character.isLetterOrDigit(c) || Character.isSurrogate(c);
            boolean isHump = start >= 0
                    && i > start
                    && Character.isUpperCase(c)
                    && (Character.isLowerCase(text.charAt(i - 1)) || Character.isDigit(text.charAt(i - 1)));
            if (start >= 0 && (!isWord || isHump)) {
                parts.add(text.substring(start, i));
                start = -1;
            }
            if (isWord && start < 0) {
                start = i;
            }
        }
        return parts;
    }

    /** All words in lower case, for an index. */
    public static String ofPassage(String field, String text) {
        return String.join(" ", parts(PassageText.label(field) + " " + text)).toLowerCase(Locale.ROOT);
    }

    /** The words of a question that can tell passages apart, each once, in lower case. */
    public static List<String> ofQuestion(String question) {
        Set<String> words = new LinkedHashSet<>();
        for (String part : parts(question)) {
            String word = part.toLowerCase(Locale.ROOT);
            if (!OF_QUESTIONS.contains(word)) {
                words.add(word);
            }
        }
        return List.copyOf(words);
    }

    /**
     * A word without its commonest English endings, so that "merging" meets "merged". Cruder than a stemmer on purpose: it
     * only decides whether two words count as one.
     */
    static String stem(String word) {
        for (String ending : List.of("ing", "ed", "es", "s")) {
            if (word.endsWith(ending) && word.length() - ending.length() >= 3) {
                return word.substring(0, word.length() - ending.length());
            }
        }
        return word;
    }
}
