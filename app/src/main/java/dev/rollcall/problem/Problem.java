package dev.rollcall.problem;

/**
 * One failure as it is told to a person or a script.
 *
 * @param code what kind of failure this is
 * @param message operation, file or agent, and cause, in one sentence
 * @param hint what to do next; never a complete destructive command; may be empty
 */
public record Problem(ProblemCode code, String message, String hint) {}
