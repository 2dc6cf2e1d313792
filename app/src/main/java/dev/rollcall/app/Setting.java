package dev.rollcall.app;

import java.util.Locale;

/** What can be set, by option, environment ({@code ROLLCALL_...}) or rollcall.toml. */
public enum Setting {
    ROOT("root"),
    DB("db"),
    SWARM("swarm"),
    SOURCE("source"),
    TIME_ZONE("time_zone"),
    MAX_DOCUMENT_BYTES("max_document_bytes"),
    LIVE_FOR("freshness.live_for"),
    QUIET_FOR("freshness.quiet_for"),
    KEEP_EVENTS_FOR("events.keep_for"),
    KEEP_EVENTS("events.keep"),
    HTTP_BIND("http.bind"),
    HTTP_PORT("http.port"),
    HTTP_HOSTS("http.hosts"),
    HTTP_READING("http.reading");

    private final String key;

    Setting(String key) {
        this.key = key;
    }

    /** The key in rollcall.toml, with its table before a dot. */
    public String key() {
        return key;
    }

    /** The environment variable. */
    public String variable() {
        return "ROLLCALL_" + name().toUpperCase(Locale.ROOT);
    }
}
