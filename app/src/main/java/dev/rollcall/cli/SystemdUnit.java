package dev.rollcall.cli;

import dev.rollcall.problem.ShownText;
import java.util.Locale;
import java.util.stream.Collectors;

/** A {@link WatchJob} as a unit of systemd's user manager: systemd.syntax(7), systemd.service(5). */
final class SystemdUnit {
    private SystemdUnit() {}

    static String file(WatchJob job) {
        return "~/.config/systemd/user/" + unit(job);
    }

    static String text(WatchJob job) {
        String unit = unit(job);
        String environment = job.environment().entrySet().stream()
                .map(variable -> "Environment=" + quoted(variable.getKey() + "=" + variable.getValue()) + "\n")
                .collect(Collectors.joining());
        String command = job.words().stream().map(SystemdUnit::argument).collect(Collectors.joining(" "));
        return """
                # Keeps a roll in step with its files, for as long as you are logged in.
                #
                # Install: run the command that printed this again, with its output sent to
                #   %s
                # (mkdir -p ~/.config/systemd/user makes the folder), and then
                #   systemctl --user daemon-reload
                #   systemctl --user enable --now %s
                # Also while you are logged out:
                #   loginctl enable-linger
                # How it is, and what it said:
                #   systemctl --user status %s
                #   journalctl --user -u %s
                # Stop it for good:
                #   systemctl --user disable --now %s

                [Unit]
                Description=rollcall watch, %s

                [Service]
                %sExecStart=%s
                Restart=on-failure
                RestartSec=5
                # Wrong usage and wrong configuration do not mend themselves.
                RestartPreventExitStatus=2

                [Install]
                WantedBy=default.target
                """.formatted(file(job), unit, unit, unit, unit, job.name(), environment, command);
    }

    private static String unit(WatchJob job) {
        return "rollcall-" + job.name() + ".service";
    }

    /** One word of a command line, where $ begins a variable too. */
    private static String argument(String word) {
        return quoted(word).replace("$", "$$");
    }

    /** One word: in quotes, where a backslash begins an escape; a percent sign begins a specifier everywhere. */
    private static String quoted(String word) {
        StringBuilder quoted = new StringBuilder("\"");
        word.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("%", "%%")
                .codePoints()
                .forEach(c -> append(quoted, c));
        return quoted.append('"').toString();
    }

    /** Whoever reads the unit sees what is in it. */
    private static void append(StringBuilder quoted, int c) {
        if (ShownText.isInvisible(c)) {
            quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
        } else {
            quoted.appendCodePoint(c);
        }
    }
}
