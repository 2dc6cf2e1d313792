package dev.rollcall.problem;

/** Carries a {@link Problem} to the edge that reports it. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    public ProblemException(Problem problem, Throwable cause) {
        super(problem.message(), cause);
        this.problem = problem;
    }

    public ProblemException(ProblemCode code, String message, String hint) {
        this(new Problem(code, message, hint));
    }

    public Problem problem() {
        return problem;
    }
}
