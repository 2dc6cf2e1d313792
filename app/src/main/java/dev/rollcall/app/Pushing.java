package dev.rollcall.app;

import dev.rollcall.files.FolderEvents;
import dev.rollcall.files.NotesFile;
import dev.rollcall.files.StateFolder;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.push.Foreign;
import dev.rollcall.push.PushNotes;
import dev.rollcall.push.PushReport;
import dev.rollcall.push.Pusher;
import dev.rollcall.push.Receiver;
import dev.rollcall.push.ReceiverAddress;
import dev.rollcall.sync.FileChanges;
import dev.rollcall.sync.Progress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Pushes the files of a root to a window elsewhere. {@link #cut} may be called from any thread, the rest from one. */
public final class Pushing {
    private static final String TOKEN = "ROLLCALL_TOKEN";

    private final Rollcall rollcall;
    private final ReceiverAddress address;
    private final Receiver receiver;
    private final Predicate<Duration> isStoppedWithin;

    /**
     * @param token asked for anew whenever one is needed
     * @param isStoppedWithin lets so much time go by, or less when it is time to end: it is true then
     */
    public Pushing(
            Rollcall rollcall, ReceiverAddress address, Supplier<String> token, Predicate<Duration> isStoppedWithin) {
        this.rollcall = rollcall;
        this.address = address;
        this.receiver = new Receiver(address, token, isStoppedWithin);
        this.isStoppedWithin = isStoppedWithin;
    }

    /** The token that {@code ROLLCALL_TOKEN} holds. */
    public static Optional<String> tokenOfEnvironment() {
        return Optional.ofNullable(System.getenv(TOKEN)).filter(token -> !token.isEmpty());
    }

    /** @throws ProblemException as {@link Pusher#once}; BUSY while another push from this root goes to the same address */
    public PushReport once(Foreign foreign, Progress progress) {
        rollcall.demandRoot();
        try (PushNotes notes = notes();
                receiver) {
            return new Pusher(rollcall.folder(), receiver, notes, rollcall.clock(), isStoppedWithin)
                    .once(foreign, progress);
        }
    }

    /** @throws ProblemException as {@link Pusher#goOn}; BUSY while another push from this root goes to the same address */
    public void goOn(Foreign foreign, Consumer<String> said) {
        rollcall.demandRoot();
        WorkspacesFolder folder = rollcall.folder().unhurried();
        try (PushNotes notes = notes();
                receiver;
                FileChanges changes = new FolderEvents(folder)) {
            new Pusher(folder, receiver, notes, rollcall.clock(), isStoppedWithin).goOn(changes, foreign, said);
        }
    }

    private PushNotes notes() {
        return NotesFile.open(new StateFolder(rollcall.settings().root()), "push-" + address.key());
    }

    /** Nothing more is sent, and what is on the way is not waited for. */
    public void cut() {
        receiver.close();
    }
}
