package dev.rollcall.search;

import dev.rollcall.document.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A question that the roll's columns answer, and no text does: "is anyone blocked", "who is idle", "who could take on
 * something new". Only when it clearly asks about agents and their states and for nothing else: "who is blocked by the API
 * key" and "error reporting" are about texts. Where in doubt it is a question to the texts.
 *
 * @param conditions all of which an agent meets; each names states, any of which meets it
 */
public record StateQuestion(List<Set<State>> conditions) {
    private static final Set<State> HAS_TIME = Set.of(State.IDLE, State.COMPLETE);

    /** How somebody is, by its words. */
    private static final Map<String, Set<State>> ADJECTIVES = adjectives();

    /** What somebody has; names a state only after {@link #HAVING}, because texts are full of these. */
    private static final Map<String, Set<State>> NOUNS = Map.of(
            "blocker", Set.of(State.BLOCKED),
            "blockers", Set.of(State.BLOCKED),
            "error", Set.of(State.ERROR),
            "errors", Set.of(State.ERROR));

    private static final Set<String> HAVING =
            Set.of("has", "have", "having", "report", "reports", "reported", "reporting", "in", "with", "there");

    private static final Set<String> REPORTING = Set.of("report", "reports", "reported", "reporting");

    private static final Set<String> PEOPLE = words("""
            anyone anybody someone somebody everyone everybody agent agents member members any there one ones those""");

    private static final Set<String> ASKING = words("""
            who whose which list show find tell give name any anyone anybody someone somebody everyone everybody""");

    /** They ask about agents only with one of {@link #PEOPLE} close behind. */
    private static final Set<String> ASKING_ABOUT =
            Set.of("is", "are", "has", "have", "does", "do", "can", "could", "what");

    private static final Set<String> ARTICLES = Set.of("a", "an", "the", "any", "some", "our");

    /** Words that may stand anywhere and ask for nothing more. */
    private static final Set<String> BESIDE = words("""
            a an the any some all every each other others else these those one ones our
            who whose which that they them their there
            agent agents member members team swarm anyone anybody someone somebody everyone everybody
            is are be been being s re has have having does do am i me us we you please
            and or but so although though despite yet still only just
            now currently right away today already moment immediately at of to as once
            list show find tell give name claim claims say says stay""");

    /** May stand alone, beside adjectives: "blocked agents". */
    private static final Set<String> BARE =
            words("agent agents all any the our other who that are is and or now currently");

    /** What agents have, of which an adjective tells how it is: "whose mission is complete". */
    private static final Set<String> THEIRS = words("mission missions task tasks work job state status");

    /** What somebody may wait for; the columns do not tell these apart, but the answers show what each says. */
    private static final Set<String> WAITED_FOR = words("""
            approval review feedback answer answers reply decision confirmation orders instructions input""");

    private static final Set<String> AWAITING = Set.of("for", "awaiting", "awaits", "pending");

    /** One word of each asks for somebody who has time, without the name of a state. */
    private static final List<Set<String>> TAKES_MORE = List.of(
            words("can could able ready"), words("take start pick accept begin"), words("new another more something"));

    /** What may stand beside these, and beside a word for somebody who has time. */
    private static final Set<String> MORE = words("""
            can could able ready take start pick up accept begin new another more something anything on for
            mission missions task tasks work job""");

    /** They turn a question into another one: into its opposite, or into one about the past, a reason, a thing. */
    private static final Set<String> OTHERWISE = words("""
            not no nobody nothing none isn aren without never
            was were will would should knows how if when where why it this""");

    /** A question, its words in order and in lower case. */
    private record Asked(List<String> words) {
        boolean has(Collection<String> some) {
            return !Collections.disjoint(words, some);
        }

        /** The word before, articles left out; empty before the first. */
        String before(int place) {
            int at = place - 1;
            while (at >= 0 && ARTICLES.contains(words.get(at))) {
                at--;
            }
            return at < 0 ? "" : words.get(at);
        }

        /** The word behind, articles left out; empty behind the last. */
        String behind(int place) {
            int at = place + 1;
            while (at < words.size() && ARTICLES.contains(words.get(at))) {
                at++;
            }
            return at >= words.size() ? "" : words.get(at);
        }

        /** States that this word names where it stands; empty where it names none. */
        Set<State> named(int place) {
            String word = words.get(place);
            return switch (word) {
                case "stops" ->
                    Set.of("something", "anything").contains(before(place)) ? Set.of(State.BLOCKED) : Set.of();
                case "hold" -> before(place).equals("on") ? Set.of(State.WAITING) : Set.of();
                default ->
                    NOUNS.containsKey(word)
                            ? HAVING.contains(before(place)) ? NOUNS.getOrDefault(word, Set.of()) : Set.of()
                            : ADJECTIVES.getOrDefault(word, Set.of());
            };
        }

        boolean isAboutAgents() {
            String first = words.getFirst();
            return ASKING.contains(first)
                    || (ASKING_ABOUT.contains(first)
                            && words.stream().skip(1).limit(2).anyMatch(PEOPLE::contains))
                    || words.stream().allMatch(word -> BARE.contains(word) || ADJECTIVES.containsKey(word));
        }

        /** Whether the word adds nothing to what the states say, where it stands. */
        boolean isBeside(int place, Set<State> states) {
            String word = words.get(place);
            String behind = behind(place);
            boolean isOfTime = HAS_TIME.containsAll(states);
            boolean isAllowed = switch (word) {
                case "on" -> behind.equals("hold") || (isOfTime && isTaking(place));
                case "in" ->
                    NOUNS.containsKey(behind) || Set.of("team", "swarm").contains(behind);
                case "with" -> NOUNS.containsKey(behind) && PEOPLE.contains(before(place));
                case "for" ->
                    behind.equals("now")
                            || (states.contains(State.WAITING) && WAITED_FOR.contains(behind))
                            || (isOfTime && MORE.contains(behind));
                case "what" -> place == 0;
                case "something", "anything" -> behind.equals("stops");
                default -> BESIDE.contains(word);
            };
            return isAllowed
                    || (REPORTING.contains(word) && (NOUNS.containsKey(behind) || ADJECTIVES.containsKey(behind)))
                    || (WAITED_FOR.contains(word) && AWAITING.contains(before(place)))
                    || (THEIRS.contains(word) && Set.of("whose", "their").contains(before(place)))
                    || (isOfTime && isOfMore(place));
        }

        private boolean isTaking(int place) {
            return TAKES_MORE.get(1).contains(before(place))
                    && TAKES_MORE.get(2).contains(behind(place));
        }

        /** "Take another task" is of somebody who has time, "finished another task" is not. */
        private boolean isOfMore(int place) {
            String word = words.get(place);
            boolean isAsked = TAKES_MORE.stream().allMatch(this::has) || has(Set.of("free", "available", "spare"));
            boolean isGoverned = !THEIRS.contains(word)
                    || TAKES_MORE.get(1).contains(before(place))
                    || TAKES_MORE.get(2).contains(before(place))
                    || before(place).equals("for");
            return isAsked
                    && isGoverned
                    && MORE.contains(word)
                    && !Set.of("on", "for").contains(word);
        }
    }

    private static Set<String> words(String words) {
        return Set.copyOf(new TreeSet<>(Arrays.asList(words.split("\\s+"))));
    }

    private static Map<String, Set<State>> adjectives() {
        Map<String, Set<State>> meant = new HashMap<>();
        put(meant, Set.of(State.BLOCKED), "blocked", "stuck", "impeded", "stalled");
        put(meant, Set.of(State.WAITING), "waiting", "waits", "awaiting", "awaits", "paused", "pending");
        put(meant, Set.of(State.IDLE), "idle", "idling", "unoccupied", "bored");
        put(meant, HAS_TIME, "free", "available", "spare");
        put(meant, Set.of(State.COMPLETE), "finished", "complete", "completed", "done");
        put(meant, Set.of(State.ACTIVE), "active", "busy", "working", "running", "progressing");
        put(meant, Set.of(State.ERROR), "failed", "failing", "crashed", "broken");
        put(meant, Set.of(State.OFFLINE), "offline", "down", "shutdown", "stopped", "inactive");
        return Map.copyOf(meant);
    }

    private static void put(Map<String, Set<State>> meant, Set<State> states, String... words) {
        for (String word : words) {
            meant.put(word, states);
        }
    }

    /** Empty for a question about anything else. */
    public static Optional<StateQuestion> in(String question) {
        Asked asked = new Asked(Words.parts(question).stream()
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList());
        if (asked.words().isEmpty() || asked.has(OTHERWISE) || !asked.isAboutAgents()) {
            return Optional.empty();
        }
        Set<State> states = EnumSet.noneOf(State.class);
        List<Integer> further = new ArrayList<>();
        for (int place = 0; place < asked.words().size(); place++) {
            Set<State> named = asked.named(place);
            states.addAll(named);
            if (named.isEmpty()) {
                further.add(place);
            }
        }
        if (states.isEmpty() && TAKES_MORE.stream().allMatch(asked::has)) {
            states.addAll(HAS_TIME);
        }
        return states.isEmpty() || !further.stream().allMatch(place -> asked.isBeside(place, states))
                ? Optional.empty()
                : Optional.of(new StateQuestion(conditions(states, asked)));
    }

    /** "Idle or finished" asks for either; nobody asks who is blocked or active, but who is both. */
    private static List<Set<State>> conditions(Set<State> states, Asked asked) {
        boolean isBoth = states.equals(EnumSet.of(State.ACTIVE, State.BLOCKED))
                && !asked.words().contains("or");
        return isBoth ? List.of(Set.of(State.ACTIVE), Set.of(State.BLOCKED)) : List.of(Set.copyOf(states));
    }

    /** @param blockers of the agent; with one of them it is blocked, whatever its state */
    public boolean isAnsweredBy(State state, List<String> blockers) {
        return conditions.stream()
                .allMatch(states -> states.contains(state) || (states.contains(State.BLOCKED) && !blockers.isEmpty()));
    }

    /** That there is nobody, as the beginning of a sentence. */
    public String isNobody() {
        String are = conditions.stream()
                .map(states -> states.stream().sorted().map(State::name).collect(Collectors.joining(" or ")))
                .collect(Collectors.joining(" and "));
        boolean isOfBlockers = conditions.equals(List.of(Set.of(State.BLOCKED)));
        return "Nobody is " + are + (isOfBlockers ? " and nobody reports a blocker" : "");
    }
}
