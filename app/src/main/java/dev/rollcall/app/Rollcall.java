package dev.rollcall.app;

import dev.rollcall.app.Observations.Detail;
import dev.rollcall.document.AgentId;
import dev.rollcall.files.StateFolder;
import dev.rollcall.files.StatusFiles;
import dev.rollcall.files.WorkspacesFolder;
import dev.rollcall.git.GitHistory;
import dev.rollcall.git.GitStatusCommit;
import dev.rollcall.lifecycle.AgentLifecycle;
import dev.rollcall.lifecycle.StatusCommit;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.Suggestion;
import dev.rollcall.report.CurrentAgent;
import dev.rollcall.report.Report;
import dev.rollcall.report.ReportRequest;
import dev.rollcall.report.Reporting;
import dev.rollcall.report.Window;
import dev.rollcall.roll.RollChange.Extent;
import dev.rollcall.roll.RollFeed;
import dev.rollcall.roll.RollItem;
import dev.rollcall.roll.RollPast;
import dev.rollcall.roll.RollQuery;
import dev.rollcall.store.Migrations;
import dev.rollcall.store.SqlStore;
import dev.rollcall.sync.AfterWrite;
import dev.rollcall.sync.HistoryImport;
import dev.rollcall.sync.ImportReport;
import dev.rollcall.sync.LagMemory;
import dev.rollcall.sync.LagProbe;
import dev.rollcall.sync.Pause;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.StatusSource;
import dev.rollcall.sync.SyncEngine;
import dev.rollcall.sync.SyncReport;
import dev.rollcall.sync.Verification;
import dev.rollcall.sync.Verifier;
import dev.rollcall.sync.Verifier.Depth;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One swarm: its files, its roll, and everything that can be asked of or done to them.
 *
 * <pre>{@code
 * try (Rollcall rollcall = Rollcall.open()) {
 *     AgentLifecycle lifecycle = rollcall.lifecycle("Agent-7");
 *     lifecycle.startCycle();
 *     AgentStatus status = rollcall.getAgentStatus("Agent-7");
 * }
 * }</pre>
 *
 * <p>Files and database are opened when they are first needed. For one thread at a time; open one per thread. All
 * methods throw {@link ProblemException}: its {@link dev.rollcall.problem.ProblemCode} tells what kind of failure it is.
 */
public final class Rollcall implements AutoCloseable {
    private static final String DATABASE = "roll.db";

    /** How long a command waits for a locked database. */
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    /** How long a lifecycle verb waits for it: the file is what counts, the roll can catch up. */
    static final Duration VERB_LOCK_TIMEOUT = Duration.ofSeconds(5);

    static final Duration WATCH_LOCK_TIMEOUT = Duration.ofSeconds(1);

    private final Settings settings;
    private final InstantSource clock;
    private @Nullable SqlStore writing;
    private @Nullable SqlStore reading;
    private @Nullable WorkspacesFolder folder;

    private Rollcall(Settings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /** The swarm that environment, rollcall.toml and defaults name. */
    public static Rollcall open() {
        return open(Options.NONE);
    }

    /** The swarm under this workspaces root. */
    public static Rollcall open(Path root) {
        return open(Options.NONE.with(Setting.ROOT, root.toString()));
    }

    public static Rollcall open(Options options) {
        return new Rollcall(SettingsReader.read(options, System.getenv(), Path.of("")), InstantSource.system());
    }

    public Settings settings() {
        return settings;
    }

    public InstantSource clock() {
        return clock;
    }

    /** The agent that {@code ROLLCALL_AGENT} names. */
    public Optional<String> defaultAgent() {
        return Optional.ofNullable(System.getenv("ROLLCALL_AGENT")).filter(id -> !id.isEmpty());
    }

    /** An agent's own hand on its status.json; every call syncs to the roll. */
    public AgentLifecycle lifecycle(String agentId) {
        return lifecycle(new AgentId(agentId));
    }

    public AgentLifecycle lifecycle(AgentId agent) {
        return new AgentLifecycle(
                agent,
                new StatusFiles(settings.root(), settings.maxDocumentBytes()),
                new AfterWrite(folder(), () -> writing(VERB_LOCK_TIMEOUT), settings.rules(), clock),
                clock);
    }

    /**
     * What the roll says of an agent, as its status.json says it.
     *
     * @throws ProblemException UNKNOWN_AGENT with the nearest names
     */
    public AgentStatus getAgentStatus(String agentId) {
        AgentId agent = new AgentId(agentId);
        Observation observed = observations().find(agent, Detail.FRESHNESS).orElseThrow(() -> unknown(agent));
        return AgentStatus.of(observed.entry(), observed.freshness());
    }

    /** Brings one agent's row up to date; {@link Extent#EVERYTHING} also repairs what was edited by hand. */
    public SyncReport sync(AgentId agent, Extent extent) {
        sharing().refuseOthersWithoutFile("sync", agent);
        return engine().pass(agent, extent);
    }

    public SyncReport syncAll(Extent extent, Progress progress) {
        return engine().pass(extent, progress);
    }

    /**
     * Brings the history of every status.json that was committed under the root into the roll.
     *
     * @param repository the folder of a git repository, or one in it
     * @param namedRoot the root as it was named, which may be a path that only history knows; null for the one of the
     *     settings
     */
    public ImportReport importGit(Path repository, @Nullable String namedRoot, Progress progress) {
        try (GitHistory history = new GitHistory(repository, settings.maxDocumentBytes())) {
            return new HistoryImport(history, () -> writing(LOCK_TIMEOUT).archive(), settings.rules(), clock)
                    .run(ImportRoot.in(history, this, namedRoot), progress);
        }
    }

    /** Empty for an agent that has neither a file nor a place on the roll. */
    public Optional<Verification> verify(AgentId agent, Depth depth) {
        sharing().refuseOthers("verify", agent);
        return verifier().verify(agent, depth);
    }

    public List<Verification> verifyAll(Depth depth, Progress progress) {
        return sharing().own(verifier().verifyAll(depth, progress));
    }

    /** The roll, to look at. A database that does not exist yet is an empty roll and is not created. */
    public RollQuery roll() {
        return reading();
    }

    /** The roll as it was. */
    public RollPast past() {
        return reading().past();
    }

    /** What stands rejected of the agent, with the beginning of its bytes. */
    public Optional<RollItem.Rejection> rejection(AgentId agent) {
        return reading().rejection(agent);
    }

    /** What happened to the swarm's agents, to follow. */
    public RollFeed feed() {
        return reading();
    }

    /** Whether there is a database with a roll in it. */
    public boolean hasRoll() {
        return writing != null || SqlStore.isThere(database(), LOCK_TIMEOUT);
    }

    /** What roots that share a swarm have to do with each other. */
    public Sharing sharing() {
        return new Sharing(this);
    }

    /** The schema of the database and how to bring it up to date. */
    public Migrations migrations() {
        return Migrations.of(database(), LOCK_TIMEOUT);
    }

    /** Agents by meaning. */
    public Searching searching() {
        return new Searching(this);
    }

    /** The same swarm, opened anew for another thread. */
    Rollcall another() {
        return new Rollcall(settings, clock);
    }

    /** Whether what was opened is still what is kept under the database's name: it may have come, moved or gone. */
    boolean isInPlace() {
        return (writing == null || writing.isInPlace()) && (reading == null || reading.isInPlace());
    }

    /** What follows of the roll as it was. */
    public Hindsight hindsight() {
        return new Hindsight(reading(), past(), settings, clock.instant());
    }

    /** What keeps the database small, and what keeps it safe. */
    public Upkeep upkeep() {
        return new Upkeep(this);
    }

    /** What follows of the roll now: freshness, findings, and how far it trails the files. */
    public Observations observations() {
        return observations(new LagMemory());
    }

    /** The same for somebody who looks again and again, and brings along what earlier looks have read. */
    public Observations observations(LagMemory memory) {
        LagProbe probe = new LagProbe(source(), reading(), settings.rules(), clock, memory);
        return new Observations(reading(), probe, reading(), settings, clock.instant());
    }

    /** Everybody on the roll as of now, for a report up to now. */
    public Map<AgentId, CurrentAgent> currentAgents() {
        return observations().all(Observations.Detail.FRESHNESS).stream()
                .collect(Collectors.toMap(
                        agent -> agent.entry().agent(),
                        agent -> new CurrentAgent(agent.entry(), agent.cadence(), agent.lag())));
    }

    /**
     * Every figure of a window.
     *
     * @param only this agent; null for the whole swarm
     * @param changedSince what to compare the window's end with
     * @param current {@link #currentAgents} for a window that ends now, else empty
     * @throws ProblemException UNKNOWN_AGENT with the nearest names
     */
    public Report report(
            @Nullable AgentId only, Window window, Instant changedSince, Map<AgentId, CurrentAgent> current) {
        if (only != null && !hindsight().isKnown(only)) {
            throw unknown(only);
        }
        return Reporting.of(
                past(), new ReportRequest(settings.swarm(), only, window, changedSince, settings.freshness(), current));
    }

    /** When the last report of the whole swarm up to its present was made. */
    public LastReport lastReport() {
        return new LastReport(new StateFolder(settings.root()), settings.swarm());
    }

    /** What to throw for an agent that nobody knows: the sentence, and the nearest names. */
    public ProblemException unknown(AgentId agent) {
        List<String> known =
                roll().list().stream().map(entry -> entry.agent().value()).toList();
        String otherwise = known.isEmpty()
                ? "The roll is empty. Next: rollcall sync --all"
                : "See rollcall list for who is on it.";
        return new ProblemException(
                ProblemCode.UNKNOWN_AGENT,
                "nobody on the roll is called " + agent,
                Suggestion.sentence(agent.value(), known, otherwise));
    }

    /** Where the roll is kept, as it may be shown: without user and password. */
    public String shownDatabase() {
        return SqlStore.shown(database());
    }

    /** Where the roll is kept. */
    public String database() {
        return settings.database()
                .named()
                .orElseGet(
                        () -> new StateFolder(settings.root()).resolve(DATABASE).toString());
    }

    /** Commits status.json files to the git repository they are in. */
    public StatusCommit commits() {
        return new GitStatusCommit(settings.root());
    }

    /** @throws ProblemException WORKSPACE_UNREADABLE when there is no workspaces root that can be looked at */
    public void demandRoot() {
        source().scan();
    }

    /** Whether no folder of the root, or no root, holds a status.json. */
    public boolean isRootEmpty() {
        return !settings.root().toFile().exists() || source().scan().files().isEmpty();
    }

    /** Who may ask through the window. */
    public Tokens tokens() {
        return new Tokens(new StateFolder(settings.root()));
    }

    /** Who wrote through the window. */
    public AuditLog auditLog() {
        return new AuditLog(new StateFolder(settings.root()));
    }

    /** Where the watch over this root and database keeps its lock and its socket; the folder is created. */
    WatchPlaces watchPlaces() {
        StateFolder places = new StateFolder(settings.root());
        places.create();
        return WatchPlaces.of(places, database(), settings.swarm());
    }

    /** What the watch over this root and database says of itself. Waits up to two seconds for one that hangs. */
    public WatchAnswer askWatch() {
        StateFolder places = new StateFolder(settings.root());
        return new WatchAnswer(WatchFacts.ask(
                        WatchPlaces.of(places, database(), settings.swarm()).socket())
                .orElse(Map.of()));
    }

    /** The roll for a watch, which does not wait long: it has other things to do meanwhile. The caller closes it. */
    SqlStore openForWatch() {
        return opened(WATCH_LOCK_TIMEOUT);
    }

    StatusSource source() {
        return folder();
    }

    WorkspacesFolder folder() {
        if (folder == null) {
            folder = new WorkspacesFolder(settings.root(), settings.maxDocumentBytes());
        }
        return folder;
    }

    private SyncEngine engine() {
        return new SyncEngine(source(), () -> writing(LOCK_TIMEOUT), settings.rules(), clock, Pause.SLEEP);
    }

    private Verifier verifier() {
        return new Verifier(source(), reading(), settings.rules(), clock, Pause.SLEEP);
    }

    SqlStore writing(Duration lockTimeout) {
        if (writing == null) {
            writing = opened(lockTimeout);
        }
        return writing;
    }

    private SqlStore opened(Duration lockTimeout) {
        if (settings.database().named().isEmpty()) {
            new StateFolder(settings.root()).create();
        }
        return SqlStore.open(database(), settings.swarm(), settings.database().source(), lockTimeout);
    }

    SqlStore reading() {
        if (writing != null) {
            return writing;
        }
        if (reading == null) {
            reading = SqlStore.openForReading(
                    database(), settings.swarm(), settings.database().source(), LOCK_TIMEOUT);
        }
        return reading;
    }

    @Override
    public void close() {
        if (writing != null) {
            writing.close();
        }
        if (reading != null) {
            reading.close();
        }
    }
}
