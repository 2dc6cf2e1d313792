package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.LeaderLock;
import dev.rollcall.files.StateFolder;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.Erasure;
import dev.rollcall.roll.RollTransfer;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.store.Backups;
import dev.rollcall.store.RollCopy;
import dev.rollcall.store.SqlStore;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What keeps one swarm's database small, and what keeps it safe. For one thread at a time. */
public final class Upkeep {
    private static final String FROM = "--from";
    private static final String TO = "--to";

    private final Rollcall rollcall;

    Upkeep(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /** What somebody who keeps the roll small wants of it. */
    public enum Mode {
        COUNTING,
        DELETING
    }

    /** What is deleted of the roll, on purpose. Made for counting only, it needs no database and creates none. */
    public RollUpkeep roll(Mode mode) {
        return (mode == Mode.COUNTING ? rollcall.reading() : rollcall.writing(Rollcall.LOCK_TIMEOUT)).upkeep();
    }

    /**
     * Erases an agent from the database, and from what is kept beside it: an index of passages is thrown away whole, and
     * made anew when it is needed.
     */
    public Erasure forget(AgentId agent) {
        Erasure erasure = roll(Mode.DELETING).forget(agent);
        IndexShelf.discard(new StateFolder(rollcall.settings().root()));
        return erasure;
    }

    /** The roll, to export all of it; empty where there is none. */
    public RollTransfer exporting() {
        return rollcall.reading().transfer();
    }

    /** The roll, to load an export into; made where there is none. */
    public RollTransfer loading() {
        return rollcall.writing(Rollcall.LOCK_TIMEOUT).transfer();
    }

    /**
     * Takes all of the swarm from one database into another.
     *
     * @param from as {@code --db} names a database
     * @throws ProblemException DATABASE_UNAVAILABLE where there is no roll to copy; else as {@link RollCopy#run}
     */
    public RollCopy.Copied copy(String from, String to, RollCopy.Progress progress) {
        Settings settings = rollcall.settings();
        if (!opening(FROM, () -> SqlStore.isThere(from, Rollcall.LOCK_TIMEOUT))) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    SqlStore.shown(from) + ": there is no roll to copy",
                    "Check " + FROM + ".");
        }
        try (SqlStore source =
                opening(FROM, () -> SqlStore.openForReading(from, settings.swarm(), Rollcall.LOCK_TIMEOUT))) {
            RollCopy.demandSomebody(source);
            try (SqlStore target = opening(TO, () -> SqlStore.open(to, settings.swarm(), Rollcall.LOCK_TIMEOUT))) {
                return RollCopy.run(source, target, settings.rules(), progress);
            }
        }
    }

    /** The same complaint with a hint at the option of copy that it is about, where it hints at that of all others. */
    private static <T> T opening(String option, Supplier<T> work) {
        try {
            return work.get();
        } catch (ProblemException unfit) {
            Problem told = unfit.problem();
            if (!told.hint().contains("--db")) {
                throw unfit;
            }
            throw new ProblemException(
                    new Problem(told.code(), told.message(), "Check " + option + "; it names a roll's own database."),
                    unfit);
        }
    }

    /**
     * Whether a watch over this root records in that database; of one over another root nothing is known here.
     *
     * @param database as {@code --db} names it
     */
    public boolean isWatched(String database) {
        StateFolder places = new StateFolder(rollcall.settings().root());
        String whole = database.startsWith("jdbc:")
                ? database
                : Path.of(database).toAbsolutePath().normalize().toString();
        return Stream.of(database, whole)
                .map(name -> WatchPlaces.of(places, name, rollcall.settings().swarm()))
                .anyMatch(watch -> WatchFacts.ask(watch.socket()).isPresent());
    }

    /**
     * @param purpose what is to be done with the roll, as a verb
     * @throws ProblemException DATABASE_UNAVAILABLE where there is none
     */
    public void demandRoll(String purpose) {
        if (!rollcall.hasRoll()) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    rollcall.shownDatabase() + ": there is no roll to " + purpose,
                    "Check --db and ROLLCALL_DB; `rollcall sync --all` makes one.");
        }
    }

    /** Copies of the database. */
    public Backups backups() {
        return Backups.of(rollcall.database(), Rollcall.LOCK_TIMEOUT);
    }

    /**
     * Puts a copy of the database into its place, unless a watch over it leads.
     *
     * @throws ProblemException as {@link Backups#restore}, and DATABASE_UNAVAILABLE while a watch runs
     */
    public Backups.Restored restore(Path file) {
        Optional<LeaderLock> lead = LeaderLock.tryTake(rollcall.watchPlaces().lock());
        if (lead.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.DATABASE_UNAVAILABLE,
                    rollcall.shownDatabase() + ": a watch over it is running; nothing was replaced",
                    "End the watch, restore, and start it again.");
        }
        try (LeaderLock _ = lead.get()) {
            return backups().restore(file, rollcall.clock().instant());
        }
    }

    /** Files beside the database that were copied from it by Rollcall: they hold what was erased from it since. */
    public List<Path> copies() {
        return Backups.copiesOf(rollcall.database(), Rollcall.LOCK_TIMEOUT);
    }

    /**
     * Whether the agent's status.json is there, so that the next sync would bring it back.
     *
     * @throws ProblemException WORKSPACE_UNREADABLE when the root can not be looked into
     */
    public boolean hasFile(AgentId agent) {
        rollcall.source().scan();
        Path file = rollcall.settings().root().resolve(agent.value()).resolve("status.json");
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }
}
