package dev.rollcall.cli;

import dev.rollcall.problem.ShownText;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link WatchJob} as an agent of launchd: launchd.plist(5). */
final class LaunchdPlist {
    private LaunchdPlist() {}

    static String file(WatchJob job) {
        return "~/Library/LaunchAgents/" + label(job) + ".plist";
    }

    /** @param home the user's home folder: launchd knows no short form of it */
    static String text(WatchJob job, String home) {
        String label = label(job);
        String log = home + "/Library/Logs/" + label + ".log";
        String words = job.words().stream().map(LaunchdPlist::string).collect(Collectors.joining("\n    "));
        String environment = job.environment().entrySet().stream()
                .map(variable ->
                        "    <key>" + escaped(variable.getKey()) + "</key>" + string(variable.getValue()) + "\n")
                .collect(Collectors.joining());
        // Two hyphens would end the comment: the commands in it go without long options.
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
                <!-- Keeps a roll in step with its files, for as long as you are logged in.

                Install: run the command that printed this again, with its output sent to
                  %s
                and then
                  launchctl bootstrap gui/$(id -u) %s
                How it is, and what it said:
                  launchctl print gui/$(id -u)/%s
                  tail ~/Library/Logs/%s.log
                Stop it for good:
                  launchctl bootout gui/$(id -u)/%s
                -->
                <plist version="1.0">
                <dict>
                  <key>Label</key>%s
                  <key>ProgramArguments</key>
                  <array>
                    %s
                  </array>
                  <key>EnvironmentVariables</key>
                  <dict>
                %s  </dict>
                  <key>RunAtLoad</key><true/>
                  <key>KeepAlive</key>
                  <dict>
                    <key>SuccessfulExit</key><false/>
                  </dict>
                  <key>StandardOutPath</key>%s
                  <key>StandardErrorPath</key>%s
                </dict>
                </plist>
                """.formatted(
                file(job), file(job), label, label, label, string(label), words, environment, string(log), string(log));
    }

    private static String label(WatchJob job) {
        return "dev.rollcall." + job.name();
    }

    private static String string(String text) {
        return "<string>" + escaped(text) + "</string>";
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .codePoints()
                .forEach(c -> append(escaped, c));
        return escaped.toString();
    }

    /** Whoever reads the file sees what is in it. */
    private static void append(StringBuilder escaped, int c) {
        if (ShownText.isInvisible(c)) {
            escaped.append(String.format(Locale.ROOT, "&#x%x;", c));
        } else {
            escaped.appendCodePoint(c);
        }
    }
}
