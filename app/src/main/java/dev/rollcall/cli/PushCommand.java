package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.app.Pushing;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;
import dev.rollcall.push.Foreign;
import dev.rollcall.push.PushReport;
import dev.rollcall.push.PushReport.Concern;
import dev.rollcall.push.ReceiverAddress;
import dev.rollcall.push.ReceiverAddress.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code push}. */
@Command(
        name = "push",
        description = {
            "Make the files at a window elsewhere those of this host.",
            "For a host that can not reach the database: sends what differs, removes what",
            "is gone here, leaves what it has not put there. The files are the spool.",
            "The token is in ROLLCALL_TOKEN or in a file, never on the command line."
        },
        footer = {"", "Example: rollcall push --to https://roll.example.org/ --watch"})
final class PushCommand extends Verb {
    /** What can stand in a header; a token of rollcall's own is shorter. */
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,500}");

    @Option(names = "--to", paramLabel = "URL", required = true, description = "Where rollcall up is open there.")
    private String to = "";

    @Option(names = "--watch", description = "Go on until stopped, also while the window is away.")
    private boolean watch;

    @Option(
            names = "--take-over",
            description = "Replace documents there that this host has not put there (with --watch: at the start).")
    private boolean takeOver;

    @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the token (default: ROLLCALL_TOKEN).")
    private @Nullable Path tokenFile;

    @Option(names = "--insecure", description = "Plain http to another machine: whoever reads along has the token.")
    private boolean insecure;

    PushCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        ReceiverAddress address = ReceiverAddress.of(to, insecure ? Wire.OPEN : Wire.PRIVATE);
        // One that is not there is said before anything is done.
        token();
        Foreign foreign = takeOver ? Foreign.TAKE_OVER : Foreign.LEAVE;
        AtomicReference<@Nullable Pushing> running = new AtomicReference<>();
        try (UntilStopped time = new UntilStopped(root(), () -> cut(running.get()))) {
            Pushing pushing = new Pushing(root().rollcall(), address, this::token, time::isStoppedWithin);
            running.set(pushing);
            if (watch) {
                pushing.goOn(foreign, line -> root().terminal().err().println(TerminalText.safe(line)));
                return FINE;
            }
            PushReport report = once(pushing, foreign);
            root().print(root().isJson() ? json(address, report) : text(report));
            return attention(report.isClean());
        }
    }

    private static void cut(@Nullable Pushing pushing) {
        if (pushing != null) {
            pushing.cut();
        }
    }

    private PushReport once(Pushing pushing, Foreign foreign) {
        return progressing("push", progress -> pushing.once(foreign, progress));
    }

    private String token() {
        String token = tokenFile == null ? Pushing.tokenOfEnvironment().orElse("") : read(tokenFile);
        if (!TOKEN.matcher(token).matches()) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    token.isEmpty()
                            ? "rollcall push: a token is needed"
                            : "rollcall push: what was given as the token can not be one",
                    "Make one at the window with rollcall token create, and put it into ROLLCALL_TOKEN or a --token-file.");
        }
        return token;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new ProblemException(
                    new Problem(
                            ProblemCode.WRONG_USAGE,
                            "rollcall push: the token in " + ShownText.of(file.toString()) + " can not be read",
                            "Check the path and who may read it."),
                    unreadable);
        }
    }

    private static String json(ReceiverAddress address, PushReport report) {
        return JsonOutput.object(json -> json.text("to", address.toString())
                        .number("agents", report.agents())
                        .number("sent", report.sent())
                        .number("unchanged", report.unchanged())
                        .number("removed", report.removed())
                        .objects(
                                "concerns",
                                report.concerns(),
                                (member, concern) -> member.text(
                                                "agent_id", concern.agent().value())
                                        .text("kind", concern.kind().label())
                                        .text("message", concern.message()))
                        .texts("ignored", report.ignored())
                        .number("elapsed_ms", report.elapsed().toMillis()))
                + "\n";
    }

    private String text(PushReport report) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%s: %,d sent, %,d unchanged, %,d removed, %,d to look at%n",
                Shapes.agents(report.agents()),
                report.sent(),
                report.unchanged(),
                report.removed(),
                report.concerns().size()));
        list(text, report.concerns(), this::shown);
        list(
                text,
                report.ignored(),
                name -> root().paint().caution(Shapes.label("ignored"))
                        + TerminalText.cut("folder " + name, Table.WIDTH - Shapes.INDENT) + "\n"
                        + TerminalText.wrapped("its name can not be an agent's id", Shapes.INDENT));
        return text.toString();
    }

    private String shown(Concern concern) {
        return root().paint().alarm(Shapes.label(concern.kind().label()))
                + TerminalText.cut(concern.agent().value(), Table.WIDTH - Shapes.INDENT) + "\n"
                + TerminalText.wrapped(concern.message(), Shapes.INDENT);
    }
}
