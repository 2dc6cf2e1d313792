package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.problem.ShownText;
import dev.rollcall.problem.Suggestion;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The tables {@code [agents."Agent-7"]} of a rollcall.toml: what is set for single agents. */
final class AgentTables {
    static final String NAME = "agents";

    /** By the key within an agent's table. */
    private static final Map<String, Setting> KEYS =
            Map.of("live_for", Setting.LIVE_FOR, "quiet_for", Setting.QUIET_FOR);

    private final Map<AgentId, Map<Setting, Duration>> named = new LinkedHashMap<>();

    /** What was read, by agent and setting. */
    Map<AgentId, Map<Setting, Duration>> named() {
        return named;
    }

    /** An agent's table or one key in it, as problems name it. */
    static String shown(List<String> path) {
        StringBuilder shown = new StringBuilder(path.getFirst());
        for (int i = 1; i < path.size(); i++) {
            String part = ShownText.of(path.get(i));
            shown.append('.').append(i == 1 ? '"' + part + '"' : part);
        }
        return shown.toString();
    }

    /**
     * Takes over one key.
     *
     * @param path the key with its tables, {@link #NAME} first
     * @return what is wrong with it
     */
    Optional<String> read(List<String> path, @Nullable Object value) {
        String key = shown(path);
        if (path.size() < 3) {
            return Optional.of(key + " must be a table, for example [agents.\"Agent-7\"] with live_for = \"15m\"");
        }
        Optional<String> objection = AgentId.objectionTo(path.get(1));
        if (objection.isPresent()) {
            return Optional.of(key + ": agent id \"" + ShownText.of(path.get(1)) + "\" " + objection.get());
        }
        String name = String.join(".", path.subList(2, path.size()));
        Setting setting = KEYS.get(name);
        if (setting == null) {
            return Optional.of("unknown key " + key + ". "
                    + Suggestion.sentence(name, KEYS.keySet(), "Known keys are live_for, quiet_for."));
        }
        if (!(value instanceof String text)) {
            return Optional.of(key + " must be a text, for example \"15m\"");
        }
        return duration(new AgentId(path.get(1)), setting, text).map(problem -> key + ": " + problem);
    }

    private Optional<String> duration(AgentId agent, Setting setting, String text) {
        try {
            named.computeIfAbsent(agent, a -> new EnumMap<>(Setting.class)).put(setting, DurationText.read(text));
            return Optional.empty();
        } catch (IllegalArgumentException unusable) {
            return Optional.of(String.valueOf(unusable.getMessage()));
        }
    }
}
