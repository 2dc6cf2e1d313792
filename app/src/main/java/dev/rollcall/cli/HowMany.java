package dev.rollcall.cli;

import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import picocli.CommandLine.Option;

/** How many agents an answer may name. */
final class HowMany {
    @Option(
            names = "-k",
            paramLabel = "N",
            description = "At most so many agents (default ${DEFAULT-VALUE}).",
            defaultValue = "5")
    private int atMost = 5;

    /** @throws ProblemException WRONG_USAGE unless at least one is allowed */
    int atMost() {
        if (atMost < 1) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE, "-k is " + atMost + ", but at least one agent must be allowed", "");
        }
        return atMost;
    }
}
