package dev.rollcall.http;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Tokens;
import dev.rollcall.app.Tokens.Token;
import dev.rollcall.app.WindowSettings.Reading;
import dev.rollcall.dashboard.Pages;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Who may come in: runs before every route, those that do not exist included. A page of another site can make a browser
 * send requests here, also under a name of its own that points to this machine; so the host that was asked for must be one
 * of ours, and so must the origin where there is one. Thread-safe.
 */
final class Guard {
    /** What a browser may load and run on our pages: nothing that is not from here. */
    static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; font-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    /** What every answer says to a browser. */
    static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            CONTENT_POLICY,
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            // With no-referrer a browser sends our own form of sign-in as if from nowhere: Origin null.
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=()");

    /** How to show who one is. */
    static final String CHALLENGE = "Bearer realm=\"rollcall\"";

    private static final String CALLER = "caller";
    private static final String BEARER = "bearer ";

    private final Set<String> names;
    private final Set<String> hosts;
    private final boolean isReadingFree;
    private final Tokens tokens;
    private final RateLimit requests = new RateLimit(500, 2_000);
    private final RateLimit writes = new RateLimit(50, 200);
    private final RateLimit wrongTokens = new RateLimit(0.2, 20);

    /**
     * @param names under which this machine may be asked for, each with the port that was asked
     * @param hosts what else may stand in a Host header
     * @param reading whether somebody on this machine may look without a token
     */
    Guard(Set<String> names, List<String> hosts, Reading reading, Tokens tokens) {
        this.names = names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        this.hosts = hosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        this.isReadingFree = reading == Reading.FREE;
        this.tokens = tokens;
    }

    /** Lets the request through, or answers it. */
    void check(Context context) {
        HEADERS.forEach((name, value) -> context.header(name, value));
        String host = context.header("Host");
        if (host == null || !isOurHost(context, host)) {
            refuse(
                    context,
                    403,
                    "wrong_host",
                    "this server is not the host that was asked for",
                    "Ask for it under an address it was started with; more are named by http.hosts in rollcall.toml.");
            return;
        }
        String origin = context.header("Origin");
        if (origin != null && !isOurOrigin(context, origin) || isLoadedByAnotherSite(context)) {
            refuse(
                    context,
                    403,
                    "wrong_origin",
                    "a page of another site sent this request",
                    "Open this server's own pages, or ask without a browser.");
            return;
        }
        String address = context.ip();
        if (!requests.allows(address)) {
            tooMany(context, "too many requests");
            return;
        }
        identify(context, address);
        context.attribute(Pages.MAY_GO_ON, (BooleanSupplier) () -> isStillKnown(context));
    }

    private void identify(Context context, String address) {
        String authorization = context.header("Authorization");
        String cookie = context.cookie(cookieName(context));
        if (authorization == null && cookie == null) {
            withoutToken(context, address);
        } else if (authorization == null) {
            identifyByCookie(context, String.valueOf(cookie), address);
        } else if (!isOpenToAll(context.path())) {
            switch (shown(context, bearer(authorization))) {
                case KNOWN -> {}
                case UNKNOWN -> unauthorized(context, "this token is not known, or not any more");
                case TOO_MANY -> tooMany(context, "too many wrong tokens");
            }
        }
    }

    /** One that ended is as good as none; where a token is needed it may be a guess. */
    private void identifyByCookie(Context context, String cookie, String address) {
        if (isKnown(context, cookie)) {
            return;
        }
        context.removeCookie(cookieName(context), "/");
        boolean isGuess = !isFreeToRead(context) && !isOpenToAll(context.path());
        if (isGuess && !wrongTokens.allows(address)) {
            tooMany(context, "too many wrong tokens");
        } else {
            withoutToken(context, address);
        }
    }

    private boolean isFreeToRead(Context context) {
        return isReadingFree && isOfThisMachine(context);
    }

    /** A browser keeps cookies by host, whatever the port: two windows of one host have one each. */
    static String cookieName(Context context) {
        return "rollcall_token_" + context.req().getLocalPort();
    }

    private void withoutToken(Context context, String address) {
        if (isFreeToRead(context)) {
            context.attribute(CALLER, new Caller(Caller.NO_TOKEN, new Scope.Read(), address));
        } else if (!isOpenToAll(context.path())) {
            unauthorized(context, "a token is needed");
        }
    }

    /** What became of a token that was shown. */
    enum Shown {
        /** Its bearer is the caller from here on. */
        KNOWN,
        UNKNOWN,
        /** Neither known, nor the first wrong one. */
        TOO_MANY
    }

    /** A good token is good however many wrong ones came from the same address: others may stand behind one proxy. */
    Shown shown(Context context, String secret) {
        if (isKnown(context, secret)) {
            return Shown.KNOWN;
        }
        return wrongTokens.allows(context.ip()) ? Shown.UNKNOWN : Shown.TOO_MANY;
    }

    private boolean isKnown(Context context, String secret) {
        Optional<Token> token = tokens.find(secret);
        token.ifPresent(known -> context.attribute(CALLER, new Caller(known.id(), known.scope(), context.ip())));
        return token.isPresent();
    }

    /** What whoever has no token yet needs to sign in. */
    private static boolean isOpenToAll(String path) {
        return path.equals("/sign-in") || path.equals("/sign-out") || path.startsWith("/assets/");
    }

    /** Whoever was let in. */
    static Caller caller(Context context) {
        Caller caller = context.attribute(CALLER);
        if (caller == null) {
            throw new IllegalStateException("nobody was let in");
        }
        return caller;
    }

    /** Whether the caller may write so often; answers when not. */
    boolean allowsWrite(Context context, Caller caller) {
        if (allowsWrite(caller)) {
            return true;
        }
        tooMany(context, "too many writes");
        return false;
    }

    /** Whether the caller may write so often. */
    boolean allowsWrite(Caller caller) {
        return writes.allows(caller.token());
    }

    private static String bearer(String authorization) {
        return authorization.toLowerCase(Locale.ROOT).startsWith(BEARER)
                ? authorization.substring(BEARER.length()).strip()
                : "";
    }

    /** Whether a stream may go on: asked again and again, since a token can be revoked. */
    static BooleanSupplier mayGoOn(Context context) {
        BooleanSupplier mayGoOn = context.attribute(Pages.MAY_GO_ON);
        return mayGoOn == null ? () -> true : mayGoOn;
    }

    private boolean isStillKnown(Context context) {
        Caller caller = context.attribute(CALLER);
        return caller != null
                && (caller.token().equals(Caller.NO_TOKEN)
                        || tokens.list().stream().anyMatch(token -> token.id().equals(caller.token())));
    }

    /** What a page of another site makes a browser load here, without an Origin. */
    private static boolean isLoadedByAnotherSite(Context context) {
        String site = context.header("Sec-Fetch-Site");
        boolean isFromElsewhere = "cross-site".equals(site) || "same-site".equals(site);
        boolean isLink = "navigate".equals(context.header("Sec-Fetch-Mode"))
                && "document".equals(context.header("Sec-Fetch-Dest"))
                && HandlerType.GET.equals(context.method())
                && !context.path().startsWith("/api/");
        return isFromElsewhere && !isLink;
    }

    private boolean isOurHost(Context context, String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int port = context.req().getLocalPort();
        return hosts.contains(lower)
                || names.stream().anyMatch(name -> lower.equals(name + ":" + port) || port == 80 && lower.equals(name));
    }

    private boolean isOurOrigin(Context context, String origin) {
        String lower = origin.toLowerCase(Locale.ROOT);
        return lower.startsWith("http://") && isOurHost(context, lower.substring("http://".length()))
                || lower.startsWith("https://") && isOurHost(context, lower.substring("https://".length()));
    }

    /** What a proxy on this machine passes on comes from somewhere else. */
    private static boolean isOfThisMachine(Context context) {
        if (context.header("X-Forwarded-For") != null || context.header("Forwarded") != null) {
            return false;
        }
        try {
            return InetAddress.getByName(context.ip()).isLoopbackAddress();
        } catch (UnknownHostException noAddress) {
            return false;
        }
    }

    private static void unauthorized(Context context, String why) {
        context.header("WWW-Authenticate", CHALLENGE);
        boolean isPage = !context.path().startsWith("/api/")
                && !context.path().equals("/mcp")
                && String.valueOf(context.header("Accept")).contains("text/html");
        if (isPage) {
            context.redirect("/sign-in");
            context.skipRemainingHandlers();
            return;
        }
        refuse(
                context,
                401,
                "no_token",
                why,
                "rollcall token create makes one; send it as Authorization: Bearer TOKEN.");
    }

    private static void tooMany(Context context, String what) {
        context.header("Retry-After", "1");
        refuse(context, 429, "too_many_requests", what + " from here", "Wait a moment.");
    }

    private static void refuse(Context context, int status, String code, String message, String hint) {
        ProblemAnswer.send(context, status, code, message, hint);
        context.skipRemainingHandlers();
    }
}
