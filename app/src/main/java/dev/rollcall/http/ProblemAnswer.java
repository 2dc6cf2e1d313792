package dev.rollcall.http;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.ProblemStatus;
import dev.rollcall.problem.Problem;
import io.javalin.http.Context;
import java.util.Locale;

/** A failure as {@code application/problem+json} (RFC 9457), with our code and hint beside the standard members. */
final class ProblemAnswer {
    private static final int TOO_LONG = 2_000;

    private ProblemAnswer() {}

    static void send(Context context, Problem problem) {
        int status = ProblemStatus.of(problem.code());
        if (status == ProblemStatus.UNAVAILABLE) {
            context.header("Retry-After", "2");
        }
        send(context, status, problem.code().label(), problem.message(), problem.hint());
    }

    /** @param code what a program tells failures apart by */
    static void send(Context context, int status, String code, String message, String hint) {
        context.status(status)
                .header("Cache-Control", "no-store")
                .contentType("application/problem+json")
                .result(JsonOutput.object(json -> json.text("type", "about:blank")
                        .text("title", code.replace('_', ' ').toLowerCase(Locale.ROOT))
                        .number("status", status)
                        .text("detail", cut(message))
                        .text("code", code)
                        .text("hint", cut(hint))));
    }

    private static String cut(String text) {
        return text.length() <= TOO_LONG ? text : text.substring(0, TOO_LONG) + "...";
    }
}
