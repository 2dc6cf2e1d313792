package dev.rollcall.lifecycle;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.DocumentContent;
import dev.rollcall.document.ParseResult;
import dev.rollcall.document.Position;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.document.StatusDocument;
import dev.rollcall.document.StatusField;
import dev.rollcall.document.StatusParser;
import dev.rollcall.document.StatusView;
import dev.rollcall.lifecycle.LifecycleCommand.Priority;
import dev.rollcall.lifecycle.StatusFile.Held;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An agent telling about its own work. Each verb writes status.json first, durably, and then records exactly those bytes
 * on the roll, both under the agent's lock: any number of threads and processes may do so at the same time, and no
 * update is lost. Members that a verb does not name keep their bytes.
 *
 * <p>Every verb throws {@link ProblemException}: WRONG_USAGE for a value that says nothing, DOCUMENT_NOT_EDITABLE for a
 * rejected document or a member of another type, WORKSPACE_UNREADABLE when the file can not be read or written. The file
 * is as it was then. A roll that can not be updated is part of the {@link LifecycleOutcome}. Thread-safe.
 */
public final class AgentLifecycle {
    /** The columns that verbs look at depend on neither zone nor vocabulary. */
    private static final ReadingRules RULES = new ReadingRules(ZoneOffset.UTC, StateVocabulary.standard());

    private final AgentId agent;
    private final StatusFile file;
    private final RollUpdate roll;
    private final InstantSource clock;

    public AgentLifecycle(AgentId agent, StatusFile file, RollUpdate roll, InstantSource clock) {
        this.agent = agent;
        this.file = file;
        this.roll = roll;
        this.clock = clock;
    }

    public LifecycleOutcome startCycle() {
        return perform(new LifecycleCommand.StartCycle());
    }

    /** With MEDIUM priority. */
    public LifecycleOutcome startMission(String name) {
        return startMission(name, Priority.MEDIUM);
    }

    public LifecycleOutcome startMission(String name, Priority priority) {
        return perform(new LifecycleCommand.StartMission(name, priority));
    }

    public LifecycleOutcome updatePhase(String phase) {
        return perform(new LifecycleCommand.UpdatePhase(phase));
    }

    public LifecycleOutcome addTask(String name) {
        return perform(new LifecycleCommand.AddTask(name));
    }

    /** For no points. */
    public LifecycleOutcome completeTask(String name) {
        return completeTask(name, BigDecimal.ZERO);
    }

    public LifecycleOutcome completeTask(String name, long points) {
        return completeTask(name, BigDecimal.valueOf(points));
    }

    public LifecycleOutcome completeTask(String name, BigDecimal points) {
        return perform(new LifecycleCommand.CompleteTask(name, points));
    }

    public LifecycleOutcome addBlocker(String text) {
        return perform(new LifecycleCommand.AddBlocker(text));
    }

    public LifecycleOutcome clearBlockers() {
        return perform(new LifecycleCommand.ClearBlockers());
    }

    public LifecycleOutcome addAchievement(String text) {
        return perform(new LifecycleCommand.AddAchievement(text));
    }

    public LifecycleOutcome setNextActions(String... actions) {
        return perform(new LifecycleCommand.SetNextActions(List.of(actions)));
    }

    public LifecycleOutcome completeMission() {
        return perform(new LifecycleCommand.CompleteMission());
    }

    public LifecycleOutcome endCycle() {
        return perform(new LifecycleCommand.EndCycle());
    }

    /** Ends the cycle and commits the file afterwards; a failing commit does not undo the write. */
    public CycleEnd endCycle(StatusCommit commit) {
        LifecycleOutcome written = endCycle();
        Long count = written.cycleCount();
        String cycle = count == null ? "cycle" : "cycle " + count;
        return new CycleEnd(written, commit.commit(agent, "status: " + agent + " " + cycle + " complete"));
    }

    /** One implementation for every way to say it. */
    public LifecycleOutcome perform(LifecycleCommand command) {
        return file.hold(agent, held -> perform(command, held));
    }

    /**
     * Puts a whole document in the place of the present one, byte for byte: for an agent that keeps its status somewhere
     * else and passes it on.
     *
     * @param expectedSha256 of the bytes that it is to replace, so that nothing is lost that the agent has not seen; null
     *     to replace whatever is there
     * @throws ProblemException DOCUMENT_NOT_EDITABLE for bytes that are no acceptable document; REFUSED when other bytes
     *     stand there than were expected; the file is as it was then
     */
    public LifecycleOutcome replace(byte[] bytes, @Nullable String expectedSha256) {
        StatusDocument document = acceptable(bytes);
        return file.hold(agent, held -> replace(document, expectedSha256, held));
    }

    private LifecycleOutcome replace(StatusDocument after, @Nullable String expectedSha256, Held held) {
        Optional<byte[]> found = held.read();
        byte[] before = found.orElseGet(() -> new byte[0]);
        if (expectedSha256 != null
                && !(found.isPresent() && DocumentContent.sha256Of(before).equals(expectedSha256))) {
            throw new ProblemException(
                    ProblemCode.REFUSED,
                    "status.json of " + agent + " is another one than the one to be replaced",
                    "Read it again, make the change in it, and send that.");
        }
        held.replace(after.bytes());
        RollUpdate.Outcome recorded = roll.record(agent, before, after.bytes());
        StatusColumns written = StatusView.columns(after, agent, RULES, clock.instant());
        return new LifecycleOutcome(agent, recorded, written.cycleCount().orElse(null), found.isEmpty(), List.of());
    }

    private StatusDocument acceptable(byte[] bytes) {
        return switch (StatusParser.parse(bytes)) {
            case ParseResult.Parsed(StatusDocument document) -> document;
            case ParseResult.Rejected(var code, String message, var position) ->
                throw new ProblemException(
                        ProblemCode.DOCUMENT_NOT_EDITABLE,
                        "the status of " + agent + " is rejected as " + code.label()
                                + (position == null ? "" : at(position)) + ": " + message,
                        "It was not written. Send one JSON object.");
        };
    }

    private LifecycleOutcome perform(LifecycleCommand command, Held held) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        Optional<StatusDocument> found = PatientReading.of(held).map(result -> editable(command, result));
        StatusDocument before = found.orElseGet(() -> parsed(NewDocument.of(agent, now.toString())));
        StatusColumns columns = StatusView.columns(before, agent, RULES, now);
        StatusDocument after = parsed(StatusChange.apply(command, before, columns, now.toString()));
        held.replace(after.bytes());
        byte[] replaced = found.map(StatusDocument::bytes).orElseGet(() -> new byte[0]);
        RollUpdate.Outcome recorded = roll.record(agent, replaced, after.bytes());
        StatusColumns written = StatusView.columns(after, agent, RULES, now);
        var unmatched = StatusChange.unmatched(command, before);
        var step = FsmSteps.finding(fsmState(columns), fsmState(written));
        return new LifecycleOutcome(
                agent,
                recorded,
                written.cycleCount().orElse(null),
                found.isEmpty(),
                Stream.concat(unmatched.stream(), step.stream()).toList());
    }

    private static String fsmState(StatusColumns columns) {
        return columns.text(StatusField.FSM_STATE).orElse("");
    }

    private StatusDocument editable(LifecycleCommand command, ParseResult result) {
        return switch (result) {
            case ParseResult.Parsed(StatusDocument document) -> document;
            case ParseResult.Rejected(var code, String message, var position) ->
                throw new ProblemException(
                        ProblemCode.DOCUMENT_NOT_EDITABLE,
                        command.verb() + " of " + agent + ": status.json is rejected as " + code.label()
                                + (position == null ? "" : at(position)) + ": " + message,
                        "Mend the file by hand or bring back an earlier version of it; it was left as it is.");
        };
    }

    private static String at(Position position) {
        return " at line " + position.line() + ", column " + position.column();
    }

    /** Checked before it is written, so that no edit of ours is ever rejected. */
    private static StatusDocument parsed(byte[] edited) {
        return switch (StatusParser.parse(edited)) {
            case ParseResult.Parsed(StatusDocument document) -> document;
            case ParseResult.Rejected(var code, String message, var position) ->
                throw new IllegalStateException("an edit gave a document that is " + code.label() + ": " + message);
        };
    }
}
