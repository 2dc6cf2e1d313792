package dev.rollcall.embedding;

import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.problem.ShownText;

/** What keeps the model from being used, as a problem. */
final class ModelTrouble {
    private static final String HINT =
            "Everything but the search by meaning works without the model. A new build brings its files back.";

    private ModelTrouble() {}

    static ProblemException of(String sentence) {
        return new ProblemException(ProblemCode.MODEL_UNAVAILABLE, sentence, HINT);
    }

    /** The sentence goes on with what the innermost cause says, on one line. */
    static ProblemException of(String sentence, Throwable cause) {
        Throwable innermost = cause;
        while (innermost.getCause() != null) {
            innermost = innermost.getCause();
        }
        String message = innermost.getMessage() == null ? innermost.toString() : innermost.getMessage();
        return new ProblemException(
                new Problem(ProblemCode.MODEL_UNAVAILABLE, sentence + ": " + ShownText.of(message), HINT), cause);
    }
}
