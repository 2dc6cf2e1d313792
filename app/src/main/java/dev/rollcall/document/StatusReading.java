package dev.rollcall.document;

import dev.rollcall.document.StateWords.Meaning;
import dev.rollcall.document.StateWords.Strength;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules by which the words of one part of a status mean a state: the end decides for ACTIVE, then the beginning, and
 * else the last of the strongest words. Used once, by one thread.
 */
final class StatusReading {
    private static final int LONGEST_PHRASE = 3;
    private static final Meaning ACTIVE = new Meaning(State.ACTIVE, Strength.STRONG);
    private static final Meaning WAITING = new Meaning(State.WAITING, Strength.STRONG);
    private static final Meaning IDLE = new Meaning(State.IDLE, Strength.STRONG);

    private final List<String> words;
    private @Nullable Meaning best;
    private @Nullable Meaning previous;

    private StatusReading(List<String> words) {
        this.words = words;
    }

    /** What the part means, or null when no rule knows any of it. */
    static @Nullable Meaning of(List<String> words) {
        return new StatusReading(words).read();
    }

    /** Whether the word says of itself that something is being done: a present participle. */
    static boolean isGerund(String word) {
        return word.length() >= 5 && word.endsWith("ing") && !StateWords.in("NO_GERUND", word);
    }

    private @Nullable Meaning read() {
        Meaning whole = wholePart();
        if (whole != null) {
            return whole;
        }
        Meaning ends = atEnds();
        if (ends != null) {
            return ends;
        }
        int at = 0;
        while (at < words.size()) {
            at = readAt(at);
        }
        return best;
    }

    private @Nullable Meaning wholePart() {
        if (words.size() > LONGEST_PHRASE) {
            return null;
        }
        String phrase = String.join("_", words);
        State alone = StateWords.alone(phrase);
        if (alone != null) {
            return new Meaning(alone, Strength.STRONG);
        }
        return phrase.equals("emergency") ? new Meaning(State.ERROR, Strength.STRONG) : StateWords.meaning(phrase);
    }

    private @Nullable Meaning atEnds() {
        String first = words.getFirst();
        if (first.equals("onboarding")) {
            return words.stream().anyMatch(word -> stateOf(word) == State.COMPLETE) ? IDLE : WAITING;
        }
        if (first.equals("active")) {
            return afterActive();
        }
        String last = words.getLast();
        boolean plain = words.size() < 2 || !isModified(words.size() - 1);
        if (plain && (last.equals("active") || last.equals("activated"))) {
            return ACTIVE;
        }
        Meaning phrase = phraseAt(0) == 0 ? null : StateWords.meaning(joined(0, phraseAt(0)));
        if (phrase != null && phrase.strength() == Strength.STRONG && isCondition(phrase.state())) {
            return phrase;
        }
        boolean doing = phrase == null
                ? isGerund(first) && !StateWords.in("WAIT", first)
                : phrase.equals(ACTIVE) && isGerund(first);
        return doing && !endsInOutcome() ? ACTIVE : null;
    }

    /** ACTIVE at the beginning holds, except that ACTIVE_STANDBY and the like are what the second of two words says. */
    private Meaning afterActive() {
        if (words.size() == 2) {
            String second = words.getLast();
            Meaning meaning = StateWords.in("WAIT", second) ? WAITING : StateWords.meaning(second);
            boolean free = second.equals("available");
            if (meaning != null && (free || meaning.strength() == Strength.STRONG && isCondition(meaning.state()))) {
                return meaning;
            }
        }
        return ACTIVE;
    }

    /** Whether work that is named first is said to have come to something: "Testing failed", REFACTORING_COMPLETED. */
    private boolean endsInOutcome() {
        int last = words.size() - 1;
        Meaning meaning = StateWords.meaning(words.get(last));
        return last > 0
                && meaning != null
                && meaning.state() != State.ACTIVE
                && !StateWords.in("REPAIR", words.getFirst())
                && !isModified(last);
    }

    private boolean isModified(int at) {
        String before = words.get(at - 1);
        return StateWords.in("NEGATION", before)
                || StateWords.in("AFTER_NEGATION", before)
                || StateWords.in("SUBORDINATING", before);
    }

    /** States that nothing later in the same part takes back, unlike COMPLETE and ERROR, which become history. */
    private static boolean isCondition(State state) {
        return switch (state) {
            case IDLE, WAITING, BLOCKED, OFFLINE -> true;
            case ACTIVE, COMPLETE, ERROR, UNKNOWN -> false;
        };
    }

    /** Reads what begins at this word and tells where to go on. */
    private int readAt(int at) {
        String word = words.get(at);
        int length = phraseAt(at);
        if (length > 1) {
            take(StateWords.meaning(joined(at, length)));
            return at + length;
        }
        if (StateWords.in("NEGATION", word)) {
            return negated(at + 1);
        }
        if (StateWords.in("SUBORDINATING", word)) {
            return skipArticles(at + 1) + 1;
        }
        if (StateWords.in("WAIT", word)) {
            take(waitingFor(at + 1));
            return words.size();
        }
        if (word.equals("ready")
                && at + 1 < words.size()
                && words.get(at + 1).equals("for")
                && names("ANSWER", at + 2)) {
            take(WAITING);
            return words.size();
        }
        take(meaningAt(at));
        return at + 1;
    }

    private @Nullable Meaning meaningAt(int at) {
        String word = words.get(at);
        boolean last = at == words.size() - 1;
        Meaning meaning = StateWords.meaning(word);
        if (meaning == null) {
            return last ? lastWord(word) : isGerund(word) ? new Meaning(State.ACTIVE, Strength.WEAK) : null;
        }
        if (meaning.state() == State.ERROR && !last && StateWords.in("TOPIC", words.get(at + 1))) {
            return null;
        }
        if (meaning.state() == State.COMPLETE && meaning.strength() == Strength.STRONG && at > 0 && isPartial(at)) {
            return ACTIVE;
        }
        boolean object = meaning.state() == State.ACTIVE
                && isGerund(word)
                && previous != null
                && previous.strength() == Strength.STRONG
                && previous.state() != State.ACTIVE;
        return object ? null : meaning;
    }

    private static @Nullable Meaning lastWord(String word) {
        return switch (word) {
            case "emergency" -> new Meaning(State.ERROR, Strength.STRONG);
            case "rest" -> IDLE;
            default -> isGerund(word) ? new Meaning(State.ACTIVE, Strength.MILD) : null;
        };
    }

    /** "75 % complete", "almost done". */
    private boolean isPartial(int at) {
        String before = words.get(at - 1);
        if (StateWords.in("PARTLY", before)) {
            return true;
        }
        return before.equals("percent") && at > 1 && !words.get(at - 2).equals("100");
    }

    /** A negated word says nothing, but work that is denied is idleness: NOT_ACTIVE, NO_TASKS. */
    private int negated(int from) {
        int at = from;
        while (at < words.size() && StateWords.in("AFTER_NEGATION", words.get(at))) {
            at++;
        }
        if (at < words.size()) {
            switch (words.get(at)) {
                case "active", "busy", "engaged", "work", "task", "tasks", "mission", "assignment", "job", "jobs" ->
                    take(IDLE);
                default -> previous = null;
            }
        }
        return at + 1;
    }

    /** Who waits for work is idle, who waits for anybody or anything else is waiting. */
    private Meaning waitingFor(int from) {
        return names("WORK", from) && !names("ANSWER", from) ? IDLE : WAITING;
    }

    private boolean names(String set, int from) {
        for (int i = from; i < words.size(); i++) {
            if (StateWords.in(set, words.get(i))) {
                return true;
            }
        }
        return false;
    }

    private int skipArticles(int from) {
        int at = from;
        while (at < words.size() && StateWords.in("ARTICLE", words.get(at))) {
            at++;
        }
        return at;
    }

    /** How many words the longest known phrase at this place has; 0 when there is none. */
    private int phraseAt(int at) {
        int longest = StateWords.beginsPhrase(words.get(at)) ? Math.min(LONGEST_PHRASE, words.size() - at) : 1;
        for (int length = longest; length > 0; length--) {
            if (StateWords.meaning(joined(at, length)) != null) {
                return length;
            }
        }
        return 0;
    }

    private String joined(int at, int length) {
        return length == 1 ? words.get(at) : String.join("_", words.subList(at, at + length));
    }

    private static @Nullable State stateOf(String word) {
        Meaning meaning = StateWords.meaning(word);
        return meaning == null ? null : meaning.state();
    }

    private void take(@Nullable Meaning meaning) {
        previous = meaning;
        if (meaning != null && (best == null || meaning.strength().compareTo(best.strength()) >= 0)) {
            best = meaning;
        }
    }
}
