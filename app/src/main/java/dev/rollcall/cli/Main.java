package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.Suggestion;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: one command, its result on stdout, complaints on stderr, an exit code. */
public final class Main {
    private static final Pattern NO_NUMBER = Pattern.compile(
            "(?<=: )(?:cannot convert )?'(.*)' (?:to|is not an?) (?:BigDecimal|int|Integer|long|Long)\\b.*");

    private static final Pattern ONE_OF =
            Pattern.compile("^Error: Missing required argument \\(specify one of these\\): \\((.*)\\)$");

    private Main() {}

    public static void main(String[] args) {
        System.exit(run(Terminal.ofProcess(), args));
    }

    /** Runs one command and returns its exit code; never throws. */
    public static int run(Terminal terminal, String... typed) {
        String[] args = helpful(typed);
        try (RollcallCommand root = new RollcallCommand(terminal)) {
            CommandLine line = Commands.line(root, List.of(args));
            line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
            line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
            line.setParameterExceptionHandler((wrong, given) -> complain(root, args, usageProblem(wrong, args)));
            line.setExecutionExceptionHandler(
                    (failure, command, parsed) -> complain(root, args, problem(root, failure)));
            if (args.length == 0) {
                line.usage(terminal.out());
                return ProblemCode.WRONG_USAGE.exitCode();
            }
            return line.execute(args);
        } catch (ProblemException failure) {
            terminal.complain(failure.problem());
            return failure.problem().code().exitCode();
        }
    }

    /** {@code help list} means {@code list --help}; what no command is called so is left for picocli to complain of. */
    private static String[] helpful(String[] typed) {
        if (typed.length == 0 || !typed[0].equals("help")) {
            return typed;
        }
        if (typed.length > 1 && !typed[1].startsWith("-") && !Commands.visible().contains(typed[1])) {
            return Arrays.copyOfRange(typed, 1, 2);
        }
        String[] args = Arrays.copyOfRange(typed, 1, typed.length + 1);
        args[typed.length - 1] = "--help";
        return args;
    }

    private static int complain(RollcallCommand root, String[] args, Problem problem) {
        if (root.isJson() || Arrays.asList(args).contains("--json")) {
            root.println(JsonOutput.object(json -> JsonShapes.error(json, problem)));
        } else {
            root.terminal().complain(problem);
        }
        return problem.code().exitCode();
    }

    private static Problem problem(RollcallCommand root, Exception failure) {
        if (failure instanceof ProblemException known) {
            return known.problem();
        }
        if (root.isVerbose()) {
            failure.printStackTrace(root.terminal().err());
        }
        return new Problem(
                ProblemCode.BUG,
                "a bug in Rollcall: " + failure.getClass().getSimpleName() + ": "
                        + Objects.toString(failure.getMessage(), ""),
                root.isVerbose()
                        ? "Please report it with the lines above."
                        : "Run the command again with -v and report what it prints.");
    }

    private static Problem usageProblem(ParameterException wrong, String[] args) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        if (wrong.getCause() instanceof ProblemException inner) {
            return inner.problem();
        }
        String hint = "See " + command + " --help.";
        if (wrong instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String written = unmatched.getUnmatched().getFirst();
            hint = written.startsWith("-")
                    ? Suggestion.sentence(written, optionNames(wrong.getCommandLine()), hint)
                    : Suggestion.sentence(written, Commands.visible(), hint);
        } else if (wrong instanceof MissingParameterException) {
            hint = unknownOption(wrong.getCommandLine(), args)
                    .map(word -> "There is no option " + word + ". "
                            + Suggestion.sentence(
                                    word, optionNames(wrong.getCommandLine()), "See " + command + " --help."))
                    .orElse("See " + command + " --help for what it needs.");
        }
        String message = Objects.toString(wrong.getMessage(), "wrong usage")
                .lines()
                .findFirst()
                .orElse("wrong usage");
        return new Problem(ProblemCode.WRONG_USAGE, command + ": " + plain(message), hint);
    }

    /** What is missing may be there under a mistyped name. */
    private static Optional<String> unknownOption(CommandLine line, String[] args) {
        List<String> known = optionNames(line);
        return Arrays.stream(args)
                .filter(word -> word.startsWith("--") && word.length() > 2)
                .map(word -> word.split("=", 2)[0])
                .filter(word -> !known.contains(word))
                .findFirst();
    }

    /** picocli's sentence without the names of this program's types. */
    private static String plain(String message) {
        String plain = NO_NUMBER.matcher(message).replaceFirst("\"$1\" is no number");
        return ONE_OF.matcher(plain).replaceFirst("give one of $1");
    }

    private static List<String> optionNames(CommandLine line) {
        return line.getCommandSpec().options().stream()
                .flatMap(option -> Arrays.stream(option.names()))
                .toList();
    }
}
