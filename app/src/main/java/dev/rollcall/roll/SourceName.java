package dev.rollcall.roll;

import dev.rollcall.document.StorableText;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;

/** Who records agents: a root on a machine, such as {@code build-7:/srv/agents}. Of one swarm, each has agents of its own. */
public record SourceName(String value) {
    private static final int LONGEST = 1_024;

    public SourceName {
        value = StorableText.of(value).strip();
        if (value.isEmpty() || value.length() > LONGEST || value.chars().anyMatch(Character::isISOControl)) {
            throw new ProblemException(
                    ProblemCode.WRONG_USAGE,
                    "a source's name has 1 to " + LONGEST + " characters, none of them a control character",
                    "Choose a plain name, for example build-7:/srv/agents.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
