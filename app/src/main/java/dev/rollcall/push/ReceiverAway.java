package dev.rollcall.push;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;

/** The receiver can not be pushed to at all, whoever's document it is. */
final class ReceiverAway extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;
    private final Outlook outlook;

    /** Whether it helps to try again soon. */
    enum Outlook {
        PASSING,
        LASTING,
        /** Not with this token. */
        NOT_LET_IN
    }

    ReceiverAway(Outlook outlook, String message, String hint) {
        super(message);
        this.outlook = outlook;
        this.problem = new Problem(ProblemCode.DATABASE_UNAVAILABLE, message, hint);
    }

    Problem problem() {
        return problem;
    }

    boolean isOfTheToken() {
        return outlook == Outlook.NOT_LET_IN;
    }

    boolean isPassing() {
        return outlook == Outlook.PASSING;
    }
}
