package dev.rollcall.push;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.FileChanges;
import dev.rollcall.sync.FileChanges.Hints;
import dev.rollcall.sync.Pause;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.StatusSource;
import dev.rollcall.sync.StatusSource.Scan;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Pushes a host's files to a receiver, once or until stopped. A hint only says whose file to look at; that all is there
 * is found by comparing with what the receiver lists: at the start, every minute, and after every trouble, since the
 * receiver may have lost or got anything meanwhile. For one thread.
 */
public final class Pusher {
    private static final Duration BETWEEN_COMPARISONS = Duration.ofMinutes(1);

    /** The longest wait for hints: what it takes to notice a stop. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private static final int MOST_TRIES = 4;

    private final StatusSource source;
    private final Receiver receiver;
    private final Push push;
    private final Predicate<Duration> isStoppedWithin;
    private final Backoff backoff = new Backoff();
    private final Set<AgentId> due = new LinkedHashSet<>();
    private long comparedAt;
    private boolean isComparisonDue = true;
    private boolean isScanDue;
    private @Nullable String trouble;
    private boolean hasBegun;

    /** @param isStoppedWithin lets so much time go by, or less when it is time to end: it is true then */
    public Pusher(
            StatusSource source,
            Receiver receiver,
            PushNotes notes,
            InstantSource clock,
            Predicate<Duration> isStoppedWithin) {
        this.source = source;
        this.receiver = receiver;
        this.push = new Push(source, receiver, notes, clock, Pause.SLEEP);
        this.isStoppedWithin = isStoppedWithin;
    }

    /**
     * One pass over all agents; begun anew a few times when the receiver is away.
     *
     * @throws ProblemException DATABASE_UNAVAILABLE when the receiver can not be pushed to; WORKSPACE_UNREADABLE
     */
    public PushReport once(Foreign foreign, Progress progress) {
        for (int attempt = 1; ; attempt++) {
            try {
                return push.everybody(source.scan(), foreign, progress);
            } catch (ReceiverAway away) {
                if (!away.isPassing() || attempt == MOST_TRIES || isStoppedWithin.test(backoff.next())) {
                    throw new ProblemException(away.problem());
                }
            }
        }
    }

    /**
     * Goes on until stopped. Trouble is said as it begins and as it ends, and tried again after a while; only a token that
     * the receiver does not accept ends it.
     *
     * @param foreign for the first comparison: later ones leave what is not ours
     * @param said takes a line whenever there is something to tell
     * @throws ProblemException WORKSPACE_UNREADABLE when there is no root at the start; DATABASE_UNAVAILABLE when the
     *     receiver does not accept the token
     */
    public void goOn(FileChanges changes, Foreign foreign, Consumer<String> said) {
        source.scan();
        Concerns concerns = new Concerns(said);
        Duration pause = Duration.ZERO;
        while (!isStoppedWithin.test(pause)) {
            pause = Duration.ZERO;
            try {
                turn(changes, hasBegun ? Foreign.LEAVE : foreign, concerns, said);
                take(changes.next(patience()));
            } catch (ReceiverAway away) {
                if (away.isOfTheToken()) {
                    throw new ProblemException(away.problem(), away);
                }
                pause = pauseAfter(away.problem(), said);
            } catch (ProblemException failure) {
                pause = pauseAfter(failure.problem(), said);
            }
        }
    }

    private void turn(FileChanges changes, Foreign foreign, Concerns concerns, Consumer<String> said) {
        if (isComparisonDue || System.nanoTime() - comparedAt > BETWEEN_COMPARISONS.toNanos()) {
            Scan scan = source.scan();
            // Registered before they are looked at: what changes in between is hinted at.
            changes.watch(scan.files().keySet());
            due.clear();
            PushReport report = push.everybody(scan, foreign, Progress.NONE);
            comparedAt = System.nanoTime();
            isComparisonDue = false;
            isScanDue = false;
            tellOfComparison(report, said);
            concerns.tellAll(report);
            return;
        }
        if (isScanDue) {
            Scan scan = source.scan();
            changes.watch(scan.files().keySet());
            due.addAll(push.comersAndGoers(scan));
            isScanDue = false;
        }
        if (!due.isEmpty()) {
            Collection<AgentId> now = Set.copyOf(due);
            due.clear();
            concerns.tellOf(now, push.some(now));
        }
    }

    private void tellOfComparison(PushReport report, Consumer<String> said) {
        if (!hasBegun) {
            said.accept("pushing " + report.agents() + (report.agents() == 1 ? " agent" : " agents") + " to "
                    + receiver.address());
        } else if (trouble != null) {
            said.accept("pushing again to " + receiver.address() + ": " + report.sent() + " sent, " + report.removed()
                    + " removed");
        }
        hasBegun = true;
        trouble = null;
        backoff.startOver();
    }

    private void take(Hints hints) {
        due.addAll(hints.agents());
        isScanDue |= hints.isEverywhere();
    }

    private Duration patience() {
        Duration left = BETWEEN_COMPARISONS.minusNanos(System.nanoTime() - comparedAt);
        if (left.isNegative()) {
            return Duration.ZERO;
        }
        return left.compareTo(LONGEST_WAIT) < 0 ? left : LONGEST_WAIT;
    }

    /** Only a comparison tells what there is to do afterwards. */
    private Duration pauseAfter(Problem problem, Consumer<String> said) {
        isComparisonDue = true;
        String kind = kind(problem.message());
        if (!kind.equals(trouble) && !isStoppedWithin.test(Duration.ZERO)) {
            said.accept("warning: " + problem.message() + "; it is tried again until it works. " + problem.hint());
            trouble = kind;
        }
        return backoff.next();
    }

    /** Numbers alone are no news. */
    private static String kind(String message) {
        return message.replaceAll("\\d+", "#");
    }
}
