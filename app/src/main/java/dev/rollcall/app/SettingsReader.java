package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.ReadingRules;
import dev.rollcall.document.StateVocabulary;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.roll.EventLimits;
import dev.rollcall.roll.FreshnessPolicy;
import dev.rollcall.roll.NamedThresholds;
import dev.rollcall.roll.SourceName;
import dev.rollcall.roll.SwarmName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides every setting: an option beats the environment, the environment beats rollcall.toml, rollcall.toml beats the
 * default. All problems are reported together.
 */
final class SettingsReader {
    private static final String FILE = "rollcall.toml";

    private final Options options;
    private final Map<String, String> environment;
    private final ConfigurationFile file;
    private final @Nullable Path path;
    private final List<String> problems = new ArrayList<>();

    /** In the place of a name that is none, which is among the problems then. */
    private static final SourceName NO_SOURCE = new SourceName("-");

    private SettingsReader(Options options, Map<String, String> environment, @Nullable Path path) {
        this.options = options;
        this.environment = environment;
        this.path = path;
        this.file = path == null ? ConfigurationFile.NONE : ConfigurationFile.read(path);
        file.problems().forEach(problem -> problems.add(path + ": " + problem));
    }

    /**
     * @param folder where the command was called
     * @throws ProblemException INVALID_CONFIGURATION naming every problem
     */
    static Settings read(Options options, Map<String, String> environment, Path folder) {
        return new SettingsReader(
                        options,
                        environment,
                        configuration(options, environment, folder).orElse(null))
                .settings(folder);
    }

    private Settings settings(Path folder) {
        Path root =
                folder.resolve(said(Setting.ROOT).orElse("agent_workspaces")).normalize();
        SwarmName swarm = decide(Setting.SWARM, SwarmName.DEFAULT, SwarmName::new);
        DatabaseSettings database = DatabaseSettings.of(
                said(Setting.DB)
                        .map(db ->
                                db.startsWith("jdbc:") ? db : folder.resolve(db).toString())
                        .orElse(null),
                said(Setting.SOURCE).isEmpty() ? null : decide(Setting.SOURCE, NO_SOURCE, SourceName::new),
                root);
        ZoneId zone = decide(Setting.TIME_ZONE, ZoneId.of("UTC"), ZoneId::of);
        long maxBytes = decide(Setting.MAX_DOCUMENT_BYTES, Settings.DEFAULT_MAX_DOCUMENT_BYTES, SettingsReader::bytes);
        Duration liveFor = named(Setting.LIVE_FOR);
        Duration quietFor = named(Setting.QUIET_FOR);
        EventLimits events = new EventLimits(
                decide(Setting.KEEP_EVENTS_FOR, EventLimits.DEFAULT.keepFor(), SettingsReader::keepFor),
                decide(Setting.KEEP_EVENTS, EventLimits.DEFAULT.keep(), SettingsReader::keep));
        WindowSettings window = new WindowSettings(
                said(Setting.HTTP_BIND).orElse(WindowSettings.DEFAULT_BIND),
                said(Setting.HTTP_PORT).isEmpty() ? null : decide(Setting.HTTP_PORT, 0, SettingsReader::port),
                decide(Setting.HTTP_HOSTS, List.of(), SettingsReader::words),
                decide(Setting.HTTP_READING, WindowSettings.Reading.FREE, SettingsReader::reading));
        if (NamedThresholds.cross(liveFor, quietFor)) {
            problems.add(Setting.QUIET_FOR.key() + " must not be shorter than " + Setting.LIVE_FOR.key());
        }
        file.agents().forEach((agent, own) -> demandOrder(agent, own, liveFor, quietFor));
        if (!problems.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_CONFIGURATION,
                    "configuration: " + String.join("; ", problems),
                    "See docs/operations.md for every key, its default and its environment variable.");
        }
        return new Settings(
                root,
                database,
                swarm,
                new ReadingRules(zone, StateVocabulary.with(file.states())),
                new FreshnessPolicy(new NamedThresholds(liveFor, quietFor), agents(liveFor, quietFor)),
                events,
                maxBytes,
                window,
                path);
    }

    /** What was named, or null: a default is not named. */
    private @Nullable Duration named(Setting setting) {
        return said(setting).isEmpty() ? null : decide(setting, Duration.ZERO, DurationText::read);
    }

    private void demandOrder(
            AgentId agent, Map<Setting, Duration> own, @Nullable Duration liveFor, @Nullable Duration quietFor) {
        Duration live = own.getOrDefault(Setting.LIVE_FOR, liveFor);
        Duration quiet = own.getOrDefault(Setting.QUIET_FOR, quietFor);
        if (NamedThresholds.cross(live, quiet)) {
            problems.add(path + ": " + AgentTables.shown(List.of(AgentTables.NAME, agent.value()))
                    + ": quiet_for must not be shorter than live_for; what the agent does not name is what "
                    + Setting.LIVE_FOR.key() + " and " + Setting.QUIET_FOR.key() + " say");
        }
    }

    private Map<AgentId, NamedThresholds> agents(@Nullable Duration liveFor, @Nullable Duration quietFor) {
        Map<AgentId, NamedThresholds> agents = new HashMap<>();
        file.agents()
                .forEach((agent, own) -> agents.put(
                        agent,
                        new NamedThresholds(
                                own.getOrDefault(Setting.LIVE_FOR, liveFor),
                                own.getOrDefault(Setting.QUIET_FOR, quietFor))));
        return agents;
    }

    private Optional<String> said(Setting setting) {
        return options.get(setting)
                .or(() -> variable(environment, setting.variable()))
                .or(() -> Optional.ofNullable(file.values().get(setting)));
    }

    /** A variable that is set to nothing counts as not set. */
    private static Optional<String> variable(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    private <T> T decide(Setting setting, T otherwise, Function<String, T> read) {
        Optional<String> said = said(setting);
        if (said.isEmpty()) {
            return otherwise;
        }
        try {
            return read.apply(said.get());
        } catch (NumberFormatException noNumber) {
            problems.add(origin(setting) + ": \"" + said.get() + "\" is no number that could be taken");
            return otherwise;
        } catch (ProblemException | IllegalArgumentException | DateTimeException unusable) {
            problems.add(origin(setting) + ": " + unusable.getMessage());
            return otherwise;
        }
    }

    private String origin(Setting setting) {
        if (options.get(setting).isPresent()) {
            return "--"
                    + setting.key().substring(setting.key().indexOf('.') + 1).replace('_', '-');
        }
        return variable(environment, setting.variable()).isPresent() ? setting.variable() : FILE + " " + setting.key();
    }

    private static Optional<Path> configuration(Options options, Map<String, String> environment, Path folder) {
        Optional<Path> named = variable(environment, "ROLLCALL_CONFIG").map(folder::resolve);
        if (named.isPresent()) {
            return named;
        }
        Optional<Path> besideRoot = options.get(Setting.ROOT)
                .or(() -> variable(environment, Setting.ROOT.variable()))
                .map(root -> folder.resolve(root).toAbsolutePath().normalize().resolveSibling(FILE))
                .filter(Files::isRegularFile);
        return besideRoot.or(() -> nearest(folder.toAbsolutePath().normalize()));
    }

    private static Optional<Path> nearest(Path folder) {
        for (Path at = folder; at != null; at = at.getParent()) {
            Path candidate = at.resolve(FILE);
            if (Files.isRegularFile(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private static Duration keepFor(String text) {
        return new EventLimits(DurationText.read(text), EventLimits.DEFAULT.keep()).keepFor();
    }

    private static long keep(String text) {
        return new EventLimits(EventLimits.DEFAULT.keepFor(), Long.parseLong(text.strip())).keep();
    }

    private static int port(String text) {
        int port = Integer.parseInt(text.strip());
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("a port is a number from 1 to 65535");
        }
        return port;
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split("[,\\s]+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private static WindowSettings.Reading reading(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "free" -> WindowSettings.Reading.FREE;
            case "token" -> WindowSettings.Reading.TOKEN;
            default -> throw new IllegalArgumentException("must be free or token");
        };
    }

    private static long bytes(String text) {
        long bytes = Long.parseLong(text.strip());
        if (bytes < 1 || bytes > 1L << 30) {
            throw new IllegalArgumentException("must be between 1 and " + (1L << 30) + " bytes");
        }
        return bytes;
    }
}
