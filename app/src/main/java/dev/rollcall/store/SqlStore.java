package dev.rollcall.store;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.StatusColumns;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessTurn;
import dev.rollcall.roll.RecordOutcome;
import dev.rollcall.roll.RejectedDocument;
import dev.rollcall.roll.Revision;
import dev.rollcall.roll.RollArchive;
import dev.rollcall.roll.RollChange;
import dev.rollcall.roll.RollEntry;
import dev.rollcall.roll.RollEvent;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.roll.RollSources;
import dev.rollcall.roll.RollStore;
import dev.rollcall.roll.RollTransfer;
import dev.rollcall.roll.RollUpkeep;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.Standing;
import dev.rollcall.roll.StoredAgent;
import dev.rollcall.roll.StoredDocument;
import dev.rollcall.roll.SwarmName;
import dev.rollcall.roll.WatchLease;
import dev.rollcall.search.PassageQueue;
import dev.rollcall.search.RollPassages;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The roll of one swarm in a SQL database; several swarms may share one database. */
public final class SqlStore implements RollStore, RollQuery, RollFeed, RollSources, WatchLease {
    private final SqlConnection connection;
    private final SwarmName swarm;

    /** What stands under the database's name may become another. */
    private BooleanSupplier inPlace;

    private final HistoryCodec codec = new HistoryCodec();
    private final FirstCopies firstCopies = new FirstCopies();
    private final HistoryTable history;
    private final RejectionTable rejections;
    private final SourceTable sources;
    private final Recorder recorder;
    private final RollReader reader;
    private final LatestVersions latest;
    private final RawReader raw;
    private final StandingsReader standings;
    private final EventTable events;
    private final ForgottenEvents forgotten;
    private final LeaseTable lease;
    private final SqlPast past;
    private final SqlArchive archive;
    private final SqlUpkeep upkeep;
    private final SqlTransfer transfer;
    private final SqlPassages passages;

    SqlStore(SqlConnection connection, SwarmName swarm, @Nullable SourceName source) {
        this.connection = connection;
        this.swarm = swarm;
        this.inPlace = connection.engine()::isInPlace;
        this.history = new HistoryTable(connection, swarm, codec, firstCopies);
        this.rejections = new RejectionTable(connection, swarm);
        this.sources = new SourceTable(connection, swarm, source);
        this.recorder = new Recorder(connection, swarm, history, sources);
        this.reader = new RollReader(connection, swarm);
        this.latest = new LatestVersions(connection, swarm);
        this.raw = new RawReader(connection, swarm, rejections);
        this.standings = new StandingsReader(connection, swarm, sources);
        this.events = new EventTable(connection, swarm);
        this.forgotten = new ForgottenEvents(connection, swarm);
        this.lease = new LeaseTable(connection, swarm, sources);
        this.past = new SqlPast(connection, swarm, history);
        this.archive = new SqlArchive(connection, swarm, history);
        this.upkeep = new SqlUpkeep(connection, swarm, history);
        this.transfer = new SqlTransfer(connection, swarm, history);
        this.passages = new SqlPassages(connection, swarm);
    }

    /**
     * Opens a roll to keep it; creates the database's schema, and the file of a SQLite database but not its folder, where
     * there is none.
     *
     * @param pathOrUrl of a SQLite database a path, {@code jdbc:sqlite:PATH} or {@code :memory:}; of a PostgreSQL one its
     *     {@code jdbc:postgresql:} URL
     * @param source who records; null for one who records every agent, whoever's it is
     * @param lockTimeout how long any call waits for other processes before it gives up
     * @throws dev.rollcall.problem.ProblemException SCHEMA_MISMATCH when the schema is older or newer than this
     *     program's, DATABASE_UNAVAILABLE when the database can not be opened
     */
    public static SqlStore open(String pathOrUrl, SwarmName swarm, @Nullable SourceName source, Duration lockTimeout) {
        return new SqlStore(Database.of(pathOrUrl, lockTimeout).prepared(swarm), swarm, source);
    }

    /** The same for one who records every agent, whoever's it is. */
    public static SqlStore open(String pathOrUrl, SwarmName swarm, Duration lockTimeout) {
        return open(pathOrUrl, swarm, null, lockTimeout);
    }

    /**
     * Opens a roll to look at it; nothing is created and nothing can be recorded. A database that does not exist yet, or
     * holds nothing yet, reads as an empty roll.
     *
     * @throws dev.rollcall.problem.ProblemException as {@link #open}
     */
    public static SqlStore openForReading(
            String pathOrUrl, SwarmName swarm, @Nullable SourceName source, Duration lockTimeout) {
        Database database = Database.of(pathOrUrl, lockTimeout);
        Optional<SqlConnection> there = database.there(swarm);
        return there.isPresent() ? new SqlStore(there.get(), swarm, source) : empty(database, swarm, lockTimeout);
    }

    public static SqlStore openForReading(String pathOrUrl, SwarmName swarm, Duration lockTimeout) {
        return openForReading(pathOrUrl, swarm, null, lockTimeout);
    }

    /** The database as it may be shown: without user and password. */
    public static String shown(String pathOrUrl) {
        return Database.of(pathOrUrl, Duration.ZERO) instanceof PostgresDatabase database
                ? database.place()
                : pathOrUrl;
    }

    /** Whether there is a roll to open; else {@link #openForReading} gives an empty one that stays empty. */
    public static boolean isThere(String pathOrUrl, Duration lockTimeout) {
        return Database.of(pathOrUrl, lockTimeout).isThere();
    }

    private static SqlStore empty(Database database, SwarmName swarm, Duration lockTimeout) {
        SqlStore store = new SqlStore(SqliteDatabase.nothing(swarm, lockTimeout), swarm, null);
        store.inPlace = database::isStillEmpty;
        return store;
    }

    SqlConnection connection() {
        return connection;
    }

    SwarmName swarm() {
        return swarm;
    }

    @Override
    public Map<AgentId, Standing> standings() {
        return connection.read(standings::all);
    }

    @Override
    public Optional<Standing> standing(AgentId agent) {
        return connection.read(() -> sources.isOthers(agent) ? Optional.empty() : raw.standing(agent));
    }

    @Override
    public Map<AgentId, SourceName> ownedElsewhere() {
        return connection.plain(sources::others);
    }

    @Override
    public void takeOver(List<AgentId> agents) {
        connection.writeRepeatably(Durability.AT_ONCE, () -> {
            for (AgentId agent : agents) {
                sources.take(agent);
            }
            return true;
        });
    }

    @Override
    public Optional<String> latestSha256(AgentId agent) {
        return connection.read(() -> raw.latestSha256(agent));
    }

    @Override
    public List<RecordOutcome> record(List<RollChange> changes, Durability durability) {
        if (changes.isEmpty()) {
            return List.of();
        }
        history.prepare(changes);
        connection.engine().before(changes.size());
        WriteScope scope = sources.scopeOf(changes);
        return sources.write(scope, durability, () -> {
            lease.demand();
            return recorder.record(changes, scope);
        });
    }

    @Override
    public long lead(String holder, Instant at) {
        return connection.writeRepeatably(Durability.AT_ONCE, () -> lease.lead(holder, at));
    }

    @Override
    public long fence() {
        return connection.read(lease::fence);
    }

    /** Whether what stands under the database's name is what was opened here: it may have come, been moved or erased. */
    public boolean isInPlace() {
        return inPlace.getAsBoolean();
    }

    /** A number that is another one after another connection has committed a change. */
    public long othersChanges() {
        return connection.plain(connection.engine()::othersChanges);
    }

    /** The same, for whoever asks many times a second: at a server it may come a second late. */
    public long noticedChanges() {
        return connection.plain(connection.engine()::noticedChanges);
    }

    @Override
    public void standBehind(String holder, long fence) {
        connection.plain(() -> lease.standBehind(holder, fence));
    }

    @Override
    public boolean isAbandoned() {
        return connection.plain(lease::isAbandoned);
    }

    @Override
    public Map<AgentId, StoredAgent> stored(List<AgentId> agents) {
        return connection.read(() -> raw.stored(agents));
    }

    @Override
    public Map<AgentId, Long> sizes() {
        return connection.read(raw::sizes);
    }

    @Override
    public Map<AgentId, StoredDocument> documents(Map<AgentId, Long> revisions) {
        return connection.read(() -> history.documents().of(revisions));
    }

    @Override
    public List<StoredAgent.HistoryRow> storedHistory(AgentId agent) {
        return connection.read(() -> raw.history(agent));
    }

    @Override
    public StoredDocument document(AgentId agent, long revision) {
        return connection.read(() -> history.document(agent, revision));
    }

    @Override
    public void repairHistory(AgentId agent, Map<Long, StatusColumns> columnsByRevision) {
        connection.writeRepeatably(Durability.AT_ONCE, () -> {
            history.restore(agent);
            for (Map.Entry<Long, StatusColumns> entry : columnsByRevision.entrySet()) {
                history.repairColumns(agent, entry.getKey(), entry.getValue());
            }
            return true;
        });
    }

    @Override
    public Optional<RollEntry> find(AgentId agent) {
        return connection.read(() -> reader.find(agent));
    }

    @Override
    public List<RollEntry> list() {
        return connection.read(reader::list);
    }

    @Override
    public Optional<String> currentDocument(AgentId agent) {
        return connection.read(() -> reader.currentDocument(agent));
    }

    @Override
    public List<Revision> history(AgentId agent) {
        return connection.read(() -> reader.history(agent));
    }

    @Override
    public List<Revision> latest(AgentId agent, int atMost) {
        return connection.read(() -> latest.of(agent, atMost));
    }

    @Override
    public Map<AgentId, List<Revision>> latest(int atMost) {
        return connection.read(() -> latest.ofAll(atMost));
    }

    @Override
    public Optional<Duration> cadence(AgentId agent) {
        return connection.read(() -> latest.cadence(agent));
    }

    @Override
    public Map<AgentId, Duration> cadences() {
        return connection.read(latest::cadences);
    }

    @Override
    public List<RejectedDocument> rejected() {
        return connection.read(rejections::all);
    }

    /** What stands rejected of the agent, with the beginning of its bytes. */
    public Optional<RollItem.Rejection> rejection(AgentId agent) {
        return connection.read(() -> rejections.whole(agent));
    }

    @Override
    public List<RollEvent> after(long cursor, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a limit of " + limit + " events");
        }
        return connection.read(() -> events.after(cursor, limit));
    }

    @Override
    public long newest() {
        return connection.read(events::newest);
    }

    /** The same roll as it was; it lives as long as this store. */
    public RollPast past() {
        return past;
    }

    /** The same roll, to bring in versions from before; it lives as long as this store. */
    public RollArchive archive() {
        return archive;
    }

    /** The same roll's passages, to search; they live as long as this store. */
    public RollPassages passages() {
        return passages;
    }

    /** Who waits to be searchable; it lives as long as this store. */
    public PassageQueue passageQueue() {
        return new SqlPassageQueue(connection, swarm);
    }

    /** The same roll, to keep it small; it lives as long as this store. */
    public RollUpkeep upkeep() {
        return upkeep;
    }

    /** The same roll, to take all of it elsewhere; it lives as long as this store. */
    public RollTransfer transfer() {
        return transfer;
    }

    @Override
    public long forgotten() {
        return connection.read(forgotten::upTo);
    }

    @Override
    public int forget(EventLimits limits, Instant now, int atMost) {
        if (atMost < 1) {
            throw new IllegalArgumentException("at most " + atMost + " events");
        }
        // Found before the write lock is taken: nobody else has to wait for that.
        long last = connection.read(() -> forgotten.next(limits, now, atMost));
        return last == BEGINNING
                ? 0
                : connection.writeRepeatably(Durability.LATER, () -> {
                    lease.demand();
                    return forgotten.forget(last);
                });
    }

    @Override
    public void note(List<FreshnessTurn> turns) {
        if (!turns.isEmpty()) {
            connection.writeRepeatably(Durability.AT_ONCE, () -> {
                lease.demand();
                events.note(turns, sources);
                return true;
            });
        }
    }

    @Override
    public void close() {
        firstCopies.close();
        codec.close();
        try {
            connection.engine().close();
        } finally {
            connection.close();
        }
    }
}
