package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.document.State;
import dev.rollcall.problem.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * A rollcall.toml.
 *
 * @param values by setting; paths are already resolved against the file's folder
 * @param states the user's own status mappings
 * @param agents what is set for single agents
 * @param problems everything wrong with the file, one sentence each
 */
record ConfigurationFile(
        Map<Setting, String> values,
        Map<String, State> states,
        Map<AgentId, Map<Setting, Duration>> agents,
        List<String> problems) {
    static final ConfigurationFile NONE = new ConfigurationFile(Map.of(), Map.of(), Map.of(), List.of());

    private static final String STATES = "states";

    static ConfigurationFile read(Path file) {
        List<String> problems = new ArrayList<>();
        Map<Setting, String> values = new EnumMap<>(Setting.class);
        Map<String, State> states = new LinkedHashMap<>();
        AgentTables agents = new AgentTables();
        try {
            TomlParseResult toml = Toml.parse(Files.readString(file));
            toml.errors()
                    .forEach(error -> problems.add("line " + error.position().line() + ": " + error.getMessage()));
            for (List<String> path : toml.keyPathSet(false)) {
                if (path.getFirst().equals(STATES)) {
                    state(path, toml, problems).ifPresent(state -> states.put(path.getLast(), state));
                } else if (path.getFirst().equals(AgentTables.NAME)) {
                    agents.read(path, toml.get(path)).ifPresent(problem -> problems.add(at(path, toml) + problem));
                } else {
                    setting(path, toml, problems)
                            .ifPresent(setting ->
                                    values.put(setting, value(file, setting, String.valueOf(toml.get(path)))));
                }
            }
        } catch (IOException unreadable) {
            problems.add("can not be read: " + unreadable.getMessage());
        }
        return new ConfigurationFile(values, states, agents.named(), problems);
    }

    private static Optional<Setting> setting(List<String> path, TomlTable toml, List<String> problems) {
        String key = String.join(".", path);
        Optional<Setting> setting = Arrays.stream(Setting.values())
                .filter(known -> known.key().equals(key))
                .findFirst();
        Object value = toml.get(path);
        if (setting.isEmpty()) {
            List<String> known = new ArrayList<>(
                    Arrays.stream(Setting.values()).map(Setting::key).toList());
            known.add(STATES);
            known.add(AgentTables.NAME);
            problems.add(at(path, toml) + "unknown key " + key + ". "
                    + Suggestion.sentence(key, known, "Known keys are " + String.join(", ", known) + "."));
        } else if (!(value instanceof String) && !(value instanceof Long)) {
            problems.add(at(path, toml) + key + " must be a text or a whole number");
            return Optional.empty();
        }
        return setting;
    }

    private static Optional<State> state(List<String> path, TomlTable toml, List<String> problems) {
        String wanted = toml.get(path) instanceof String text ? text.toUpperCase(Locale.ROOT) : "";
        List<String> known = Arrays.stream(State.values()).map(State::name).toList();
        if (path.size() != 2 || !known.contains(wanted)) {
            problems.add(at(path, toml) + String.join(".", path) + " must name one of " + String.join(", ", known)
                    + ". " + Suggestion.sentence(wanted, known, ""));
            return Optional.empty();
        }
        return Optional.of(State.valueOf(wanted));
    }

    private static String value(Path file, Setting setting, String text) {
        boolean isPath = setting == Setting.ROOT || (setting == Setting.DB && !text.startsWith("jdbc:"));
        return isPath ? file.toAbsolutePath().resolveSibling(text).normalize().toString() : text;
    }

    private static String at(List<String> path, TomlTable toml) {
        var position = toml.inputPositionOf(path);
        return position == null ? "" : "line " + position.line() + ": ";
    }
}
