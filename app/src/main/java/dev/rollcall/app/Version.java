package dev.rollcall.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Which program this is. */
public record Version(String number, String commit) {
    /** What the build wrote into build.properties. */
    public static Version current() {
        Properties build = new Properties();
        try (InputStream properties = Version.class.getResourceAsStream("build.properties")) {
            if (properties == null) {
                throw new IllegalStateException("the build left out build.properties");
            }
            build.load(properties);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new Version(build.getProperty("version"), build.getProperty("commit"));
    }

    public String text() {
        return number + " (commit " + commit + ")";
    }
}
