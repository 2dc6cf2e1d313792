package dev.rollcall.document;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The words of the state vocabulary, as data; {@link StatusReading} has the rules. The same table stands in
 * docs/status-json.md. A phrase is spelled with underscores. Immutable.
 */
final class StateWords {
    /** How much a word says against other words of the same text. */
    enum Strength {
        /** Names work or a role in it, says little of the present. */
        WEAK,
        /** Says that somebody is there, or that something was reached. */
        MILD,
        STRONG
    }

    record Meaning(State state, Strength strength) {}

    /** A state and a strength, then the words. ALONE: only when the word is all that is said, and strong then. */
    static final String MEANINGS = """
            ACTIVE STRONG active activated operational working running executing processing busy engaged underway under_way
            ACTIVE STRONG in_progress inprogress progressing wip ongoing in_flight at_work on_it up_and_running thinking coding
            ACTIVE STRONG implementing coordinating developing started completing finalizing finishing wrapping_up
            ACTIVE WEAK execution coordination coordinator coordinated implementation activation leadership mission audit
            ACTIVE WEAK autonomous_mode agent_mode work_mode execution_mode phase_acknowledged phase_entered
            ACTIVE ALONE process work occupied in_use
            IDLE STRONG idle idling inactive standby standing_by stand_by sleeping asleep dormant hibernating resting onboarded
            IDLE STRONG unassigned unoccupied parked at_rest on_standby snoozing
            IDLE MILD ready available online live healthy responsive connected reachable alive listening initialized
            IDLE ALONE rest free vacant up ok okay nominal normal start sleep away registered joined spawned here present
            WAITING STRONG starting restarting initializing initialising booting rebooting loading reloading connecting
            WAITING STRONG reconnecting warming_up spinning_up starting_up activating provisioning bootstrapping recovering
            WAITING STRONG paused pausing suspended suspending on_hold onhold pending queued scheduled deferred throttled
            WAITING STRONG rate_limited ratelimited cooling_down cooldown submitted in_review under_review review_pending
            WAITING STRONG input_required auth_required approval_required action_required confirmation_required
            WAITING STRONG not_started not_yet_started needs_review needs_approval needs_input needs_human needs_feedback
            WAITING STRONG need_review need_approval need_input need_feedback requesting_review requesting_approval
            WAITING STRONG launching spawning holding resuming backing_off logging_in authenticating
            WAITING ALONE hold held startup boot init review requested backoff
            BLOCKED STRONG blocked stuck stalled impeded deadlocked blocking
            BLOCKED STRONG needs_help need_help needs_assistance needs_attention help_needed
            COMPLETE STRONG complete completed completes done finished finalized accomplished fulfilled concluded wrapped_up
            COMPLETE STRONG wrapped all_done succeeded
            COMPLETE MILD achieved executed success successful
            COMPLETE ALONE end ended finish finito
            ERROR STRONG error errored failed failure failing fails crashed crashing crash fatal broken faulted panicked
            ERROR STRONG unhealthy unresponsive not_responding not_responsive no_response timeout timed_out hung frozen
            ERROR STRONG aborted exception degraded corrupted
            ERROR ALONE fault panic err
            OFFLINE STRONG offline off_line stopped stopping shutdown shut_down shutting_down terminated terminating
            OFFLINE STRONG disconnected decommissioned deactivated disabled exited unreachable unavailable retired halted
            OFFLINE STRONG powered_off logged_off logged_out signed_off not_running not_available not_connected not_online
            OFFLINE STRONG not_reachable no_longer_running killed stopped_working stopped_running exiting
            OFFLINE STRONG deactivating disconnecting
            OFFLINE ALONE dead down left gone off removed departed stop quit closed_down
            """;

    /** Sets of words that a rule asks for by name. */
    static final String SETS = """
            NEGATION no not never without non isn aren doesn don wasn cannot can
            AFTER_NEGATION t yet longer any currently really
            SUBORDINATING to be until till when before after if once unless for on of from by
            ARTICLE a an the my our your next all any
            WAIT wait waits waiting await awaits awaiting
            WORK assignment assignments task tasks work mission missions job jobs order orders instruction instructions \
            directive directives command commands ticket tickets contract contracts
            ANSWER approval review reviewer reviews feedback response reply answer input confirmation decision human user \
            operator captain commander coordinator permission signoff merge ci dependency dependencies approver
            PARTLY almost nearly partially partly half mostly
            TOPIC handling handler handlers analysis recovery report reports reporting fix fixes log logs logging test \
            tests testing management detection classification message messages rate model prevention mode codes code free
            REPAIR fixing debugging resolving investigating repairing handling analyzing analysing addressing reproducing \
            triaging diagnosing reviewing
            NO_GERUND warning being bring thing sting swing spring string during evening morning nothing something anything \
            everything ceiling sibling missing passing upcoming incoming outgoing outstanding remaining existing \
            interesting amazing lacking according including regarding excluding losing lightning king ring sing wing
            """;

    private static final Map<String, Meaning> ANYWHERE = new HashMap<>(512);
    private static final Map<String, State> ALONE = new HashMap<>(128);
    private static final Set<String> PHRASE_HEADS = new HashSet<>();
    private static final Map<String, Set<String>> WORD_SETS = new HashMap<>();

    static {
        MEANINGS.lines().forEach(StateWords::addMeanings);
        SETS.lines().forEach(line -> {
            String[] words = line.split(" ");
            WORD_SETS.put(words[0], Set.of(Arrays.copyOfRange(words, 1, words.length)));
        });
    }

    private StateWords() {}

    /** What a word or phrase means wherever it stands, or null. */
    static @Nullable Meaning meaning(String phrase) {
        return ANYWHERE.get(phrase);
    }

    /** What a word or phrase means when nothing else is said, or null. */
    static @Nullable State alone(String phrase) {
        return ALONE.get(phrase);
    }

    static boolean beginsPhrase(String word) {
        return PHRASE_HEADS.contains(word);
    }

    static boolean in(String set, String word) {
        Set<String> words = WORD_SETS.get(set);
        if (words == null) {
            throw new IllegalArgumentException(set);
        }
        return words.contains(word);
    }

    /** Differs when the table does; the same on every machine. */
    static int fingerprint() {
        return 31 * MEANINGS.hashCode() + SETS.hashCode();
    }

    private static void addMeanings(String line) {
        String[] words = line.split(" ");
        State state = State.valueOf(words[0]);
        for (int i = 2; i < words.length; i++) {
            if (words[1].equals("ALONE")) {
                ALONE.put(words[i], state);
            } else {
                ANYWHERE.put(words[i], new Meaning(state, Strength.valueOf(words[1])));
            }
            int underscore = words[i].indexOf('_');
            if (underscore > 0) {
                PHRASE_HEADS.add(words[i].substring(0, underscore));
            }
        }
    }
}
