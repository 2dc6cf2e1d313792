package dev.rollcall.app;

import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The environment that somebody else must start Rollcall with, so that it decides every setting as this process did. */
public final class CarriedVariables {
    /** Root, database and swarm are not among them: they are said as options. */
    private static final List<String> NAMES = List.of(
            Setting.SOURCE.variable(),
            Setting.TIME_ZONE.variable(),
            Setting.MAX_DOCUMENT_BYTES.variable(),
            Setting.LIVE_FOR.variable(),
            Setting.QUIET_FOR.variable(),
            Setting.KEEP_EVENTS_FOR.variable(),
            Setting.KEEP_EVENTS.variable(),
            // The database's driver reads the password, and what a service stands for, there.
            "PGPASSFILE",
            "PGSERVICEFILE",
            "ROLLCALL_JAVA_HOME",
            "ROLLCALL_JAVA_OPTS");

    private CarriedVariables() {}

    /** By name, sorted; {@code ROLLCALL_CONFIG} is the rollcall.toml that was read, wherever it was found. */
    public static SequencedMap<String, String> of(Settings settings) {
        return of(settings, System.getenv());
    }

    static SequencedMap<String, String> of(Settings settings, Map<String, String> environment) {
        TreeMap<String, String> carried = new TreeMap<>();
        for (String name : NAMES) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                carried.put(name, value);
            }
        }
        if (settings.configuration() != null) {
            carried.put(
                    "ROLLCALL_CONFIG", settings.configuration().toAbsolutePath().toString());
        }
        return carried;
    }
}
