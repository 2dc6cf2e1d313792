package dev.rollcall.dashboard;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.dashboard.Layout.Frame;
import io.javalin.http.Context;
import java.util.List;

/** Where somebody from elsewhere shows a token. */
final class SignInPage {
    private final Layout layout;
    private final OpenSwarm swarm;

    SignInPage(Layout layout, OpenSwarm swarm) {
        this.layout = layout;
        this.swarm = swarm;
    }

    /** @param objection to the token that was shown; empty before one was */
    void send(Context context, String objection) {
        Html html = new Html();
        html.open("section", "class", "problem", "aria-labelledby", "h-sign-in")
                .leaf("h1", "Who looks?", "id", "h-sign-in")
                .leaf("p", "From here a token is needed. The captain makes one: rollcall token create --scope read");
        if (!objection.isEmpty()) {
            html.leaf("p", objection, "role", "alert", "class", "alarm");
        }
        html.open("form", "method", "post", "action", "/sign-in", "class", "ask")
                .leaf("label", "Token", "for", "token")
                .open(
                        "input",
                        "id",
                        "token",
                        "name",
                        "token",
                        "type",
                        "password",
                        "autocomplete",
                        "current-password",
                        "required",
                        "")
                .leaf("button", "Sign in", "type", "submit")
                .close("form")
                .close("section");
        Zipped.send(
                context,
                layout.page(
                        new Frame(
                                "Sign in",
                                "",
                                List.of(),
                                false,
                                swarm.swarm().clock().instant()),
                        null,
                        html));
    }
}
