package dev.rollcall.dashboard;

import dev.rollcall.answers.ProblemStatus;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.dashboard.Layout.Frame;
import dev.rollcall.problem.Problem;
import io.javalin.http.Context;
import java.util.List;

/** What people see where a page can not be shown: what is wrong in one sentence, and where to go on. */
final class ErrorPage {
    /** The attribute of a request that was answered with an error page. */
    static final String SHOWN = "rollcall.error.page";

    private static final int LONGEST = 600;

    private final Layout layout;
    private final OpenSwarm swarm;

    ErrorPage(Layout layout, OpenSwarm swarm) {
        this.layout = layout;
        this.swarm = swarm;
    }

    void send(Context context, Problem problem) {
        int status = ProblemStatus.of(problem.code());
        if (status == ProblemStatus.UNAVAILABLE) {
            context.header("Retry-After", "2");
        }
        send(context, status, problem.message(), problem.hint());
    }

    void send(Context context, int status, String message, String hint) {
        context.attribute(SHOWN, status);
        Html html = new Html();
        html.open("section", "class", "problem", "aria-labelledby", "h-problem")
                .leaf("p", Integer.toString(status), "class", "status")
                .leaf("h1", sentence(message), "id", "h-problem");
        if (!hint.isEmpty()) {
            html.leaf("p", sentence(hint));
        }
        html.open("p")
                .leaf("a", "Back to the roll", "href", "/", "class", "go")
                .close("p")
                .close("section");
        Zipped.send(
                context.status(status),
                layout.page(
                        new Frame(
                                "Not shown",
                                "",
                                List.of(),
                                false,
                                swarm.swarm().clock().instant()),
                        null,
                        html));
    }

    private static String sentence(String text) {
        String cut = Html.cut(text, LONGEST);
        return cut.isEmpty() ? cut : cut.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + cut.substring(1);
    }
}
