package dev.rollcall.http;

import dev.rollcall.dashboard.Pages;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;

/** For people who look from elsewhere: a token in a form, kept by the browser in a cookie that no script can read. */
final class SignIn {
    /** A token and what a form adds to it. */
    private static final int MOST_BYTES = 4_096;

    private static final int A_DAY = 24 * 60 * 60;

    private final Guard guard;
    private final Pages pages;

    SignIn(Guard guard, Pages pages) {
        this.guard = guard;
        this.pages = pages;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/sign-in", context -> pages.signIn(context, ""));
        routes.post("/sign-in", this::signIn);
        routes.post("/sign-out", this::signOut);
    }

    private void signIn(Context context) {
        boolean isForm = String.valueOf(context.contentType()).startsWith("application/x-www-form-urlencoded");
        if (!isForm || context.contentLength() < 0 || context.contentLength() > MOST_BYTES) {
            context.status(isForm ? 413 : 415);
            pages.signIn(context, "This is no token.");
            return;
        }
        String token = context.formParam("token");
        switch (token == null ? Guard.Shown.UNKNOWN : guard.shown(context, token.strip())) {
            case KNOWN -> {
                Cookie cookie = new Cookie(
                        Guard.cookieName(context), String.valueOf(token).strip(), "/", A_DAY);
                cookie.setHttpOnly(true);
                cookie.setSameSite(SameSite.STRICT);
                cookie.setSecure("https".equals(context.header("X-Forwarded-Proto")));
                context.cookie(cookie);
                context.redirect("/");
            }
            case UNKNOWN -> {
                context.status(401);
                pages.signIn(context, "This token is not known, or not any more.");
            }
            case TOO_MANY -> {
                context.status(429).header("Retry-After", "5");
                pages.signIn(context, "Too many wrong tokens from here: wait a moment.");
            }
        }
    }

    private void signOut(Context context) {
        context.removeCookie(Guard.cookieName(context), "/");
        context.redirect("/sign-in");
    }
}
