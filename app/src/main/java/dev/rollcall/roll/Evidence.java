package dev.rollcall.roll;

import dev.rollcall.document.Finding;
import dev.rollcall.document.State;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.UtcText;
import dev.rollcall.problem.ShownText;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's latest versions say against what it reports; docs/status-json.md publishes the codes. Derived whenever
 * somebody looks, never stored; nothing here changes what was reported. A value that is not known is no finding. Pure.
 */
public final class Evidence {
    /** Changes over which a counter or a clock must stand still to be odd: two are one thought, written twice. */
    private static final int CHANGES = 3;

    /** Versions to look at: no more than these changes take, because a list asks this of every agent. */
    public static final int VERSIONS = CHANGES + 1;

    /** A document that keeps a tenth of its size is a stub of what it was. */
    private static final int STUB = 10;

    /** What an agent that is at work can not be at the same time. */
    private static final Set<State> NOT_AT_WORK = EnumSet.of(State.BLOCKED, State.COMPLETE, State.ERROR, State.OFFLINE);

    private final RollEntry entry;
    private final List<Revision> versions;
    private final List<Finding> findings = new ArrayList<>();

    private Evidence(RollEntry entry, List<Revision> versions) {
        this.entry = entry;
        this.versions = versions;
    }

    /**
     * The findings, in the order of the published table.
     *
     * @param latest the agent's latest versions, at most {@link #VERSIONS}, newest last; all of them when there are fewer
     * @param vocabulary which state an fsm_state means
     * @param now when somebody looks
     */
    public static List<Finding> of(RollEntry entry, List<Revision> latest, StateVocabulary vocabulary, Instant now) {
        Evidence evidence = new Evidence(entry, latest);
        evidence.rejected(now);
        evidence.activeWithBlockers();
        evidence.contradiction(vocabulary);
        evidence.cycleCount();
        evidence.points();
        if (!latest.isEmpty()) {
            evidence.findings.addAll(new ClockEvidence(entry, latest).findings());
            evidence.shrunk();
            InPlaceEvidence.of(latest).ifPresent(evidence.findings::add);
        }
        return List.copyOf(evidence.findings);
    }

    private void rejected(Instant now) {
        Instant since = entry.rejectedSince();
        if (since != null) {
            add(
                    "rejected_since",
                    "",
                    "the file can not be accepted since " + UtcText.of(since) + ", for "
                            + ClockEvidence.roughly(since, now)
                            + (entry.revision() == 0 ? "" : "; what is shown is the last good version"));
        }
    }

    private void activeWithBlockers() {
        int blockers = entry.columns().blockers().size();
        if (entry.columns().state() == State.ACTIVE && blockers > 0) {
            add(
                    "active_with_blockers",
                    "blockers",
                    "the status says ACTIVE, and " + (blockers == 1 ? "1 blocker is" : blockers + " blockers are")
                            + " listed");
        }
    }

    /** The rules of the vocabulary are asked only where they can matter: they take a short command a while to load. */
    private void contradiction(StateVocabulary vocabulary) {
        String fsm = entry.columns().text(StatusField.FSM_STATE).orElse(null);
        State told = entry.columns().state();
        if (fsm == null || fsm.equalsIgnoreCase(told.name()) || !(told == State.ACTIVE || NOT_AT_WORK.contains(told))) {
            return;
        }
        State other = vocabulary.stateOf(fsm);
        if (contradict(told, other)) {
            add(
                    "status_contradicts_fsm",
                    "fsm_state",
                    "the status says " + told + ", and fsm_state " + ShownText.of(fsm) + " says " + other);
        }
    }

    /** IDLE, WAITING and UNKNOWN go with anything: who is blocked waits, who is done idles. */
    private static boolean contradict(State one, State other) {
        return (one == State.ACTIVE && NOT_AT_WORK.contains(other))
                || (other == State.ACTIVE && NOT_AT_WORK.contains(one))
                || EnumSet.of(one, other).equals(EnumSet.of(State.BLOCKED, State.COMPLETE));
    }

    /** The verbs count cycles themselves, and a cycle has several of them. */
    private void cycleCount() {
        List<Revision> same = unchanged(versions, StatusField.CYCLE_COUNT);
        if (isSeries(same)
                && same.stream().noneMatch(version -> version.origin().equals(Origin.LIFECYCLE.label()))) {
            add(
                    "cycle_count_unchanged",
                    "cycle_count",
                    "cycle_count stayed at "
                            + same.getLast().columns().cycleCount().orElse(0L) + " over the latest " + (same.size() - 1)
                            + " changes of the document");
        }
    }

    /** The newest versions that tell the same value as the newest of all; empty when that tells none. */
    static List<Revision> unchanged(List<Revision> versions, StatusField field) {
        String value = versions.isEmpty()
                ? null
                : versions.getLast().columns().text(field).orElse(null);
        int first = versions.size();
        while (value != null && first > 0 && value.equals(text(versions.get(first - 1), field))) {
            first--;
        }
        return versions.subList(first, versions.size());
    }

    private static @Nullable String text(Revision version, StatusField field) {
        return version.columns().text(field).orElse(null);
    }

    /** Whether these versions are enough to say that something stood still. */
    static boolean isSeries(List<Revision> versions) {
        return versions.size() > CHANGES;
    }

    private void points() {
        String shown = entry.columns().text(StatusField.POINTS_EARNED).orElse(null);
        if (versions.stream().allMatch(version -> Objects.equals(shown, text(version, StatusField.POINTS_EARNED)))) {
            return;
        }
        BigDecimal now = entry.columns().pointsEarned().orElse(null);
        if (now == null) {
            return;
        }
        BigDecimal most = now;
        for (Revision version : versions) {
            most = version.columns().pointsEarned().orElse(most).max(most);
        }
        if (most.compareTo(now) > 0) {
            add(
                    "points_fell",
                    "points_earned",
                    "points_earned fell from " + most.toPlainString() + " to " + now.toPlainString()
                            + " within the latest versions");
        }
    }

    private void shrunk() {
        Long before =
                versions.size() < 2 ? null : versions.get(versions.size() - 2).bytes();
        Long after = versions.getLast().bytes();
        if (before != null && after != null && after <= before / STUB) {
            add(
                    "document_shrunk",
                    "",
                    "the document went from " + before + " to " + after + " bytes; agents begin anew like that");
        }
    }

    private void add(String code, String member, String message) {
        findings.add(new Finding(code, member, message));
    }
}
