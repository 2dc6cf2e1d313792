package dev.rollcall.app;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** What somebody said explicitly, on the command line or to the Java API; everything may be left out. Immutable. */
public final class Options {
    /** Nothing said. */
    public static final Options NONE = new Options(new EnumMap<>(Setting.class));

    private final Map<Setting, String> said;

    private Options(Map<Setting, String> said) {
        this.said = said;
    }

    public Options with(Setting setting, String value) {
        Map<Setting, String> more = new EnumMap<>(Setting.class);
        more.putAll(said);
        more.put(setting, value);
        return new Options(more);
    }

    Optional<String> get(Setting setting) {
        return Optional.ofNullable(said.get(setting));
    }
}
