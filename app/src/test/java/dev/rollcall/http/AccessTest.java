package dev.rollcall.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rollcall.app.Scope;
import dev.rollcall.app.Setting;
import dev.rollcall.app.Tokens;
import dev.rollcall.document.AgentId;
import dev.rollcall.http.ApiRoutes.Route;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, on every route there is. */
class AccessTest {
    @TempDir
    private Path folder;

    @Test
    void noRouteAnswersUnderTheNameOfAnotherHost() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            int port = open.window.address().getPort();
            for (String host : List.of(
                    "evil.example",
                    "evil.example:" + port,
                    "127.0.0.1",
                    "127.0.0.1:1",
                    "localhost.evil.example:" + port,
                    "0.0.0.0:" + port,
                    "[::ffff:127.0.0.1]:" + port,
                    "")) {
                for (Route route : ApiRoutes.every(open)) {
                    assertThat(status(open.raw(route.method(), route.path("Agent-7"), Map.of("Host", host))))
                            .as(route + " as " + host)
                            .isIn(400, 403);
                }
            }
            for (String host :
                    List.of("127.0.0.1:" + port, "localhost:" + port, "LOCALHOST:" + port, "[::1]:" + port)) {
                assertThat(status(open.raw("GET", "/api/v1/roll", Map.of("Host", host))))
                        .as(host)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void noRouteAnswersAPageOfAnotherOrigin() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            int port = open.window.address().getPort();
            for (String origin : List.of(
                    "http://evil.example",
                    "https://evil.example",
                    "null",
                    "http://localhost",
                    "http://127.0.0.1:1",
                    "file://",
                    "http://127.0.0.1:" + port + ".evil.example",
                    "")) {
                for (Route route : ApiRoutes.every(open)) {
                    assertThat(status(open.raw(route.method(), route.path("Agent-7"), Map.of("Origin", origin))))
                            .as(route + " from " + origin)
                            .isEqualTo(403);
                }
            }
            assertThat(status(open.raw("GET", "/api/v1/roll", Map.of("Origin", "http://localhost:" + port))))
                    .isEqualTo(200);
        }
    }

    @Test
    void furtherHostsAreThoseOfTheSettings() throws Exception {
        try (OpenWindow open =
                new OpenWindow(folder, Map.of(Setting.HTTP_HOSTS, "roll.example, captain.example:8443"))) {
            assertThat(status(open.raw("GET", "/api/v1/roll", Map.of("Host", "roll.example"))))
                    .isEqualTo(200);
            assertThat(status(open.raw(
                            "GET",
                            "/api/v1/roll",
                            Map.of("Host", "captain.example:8443", "Origin", "https://captain.example:8443"))))
                    .isEqualTo(200);
            assertThat(status(open.raw("GET", "/api/v1/roll", Map.of("Host", "captain.example"))))
                    .isEqualTo(403);
        }
    }

    @Test
    void eachScopeMayWriteWhatItSaysAndNothingElse() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            open.shell.write("Agent-7", "{\"status\":\"IDLE\"}");
            String own = open.token(new Scope.Agent(new AgentId("Agent-7")));
            String other = open.token(new Scope.Agent(new AgentId("Agent-70")));
            String read = open.token(new Scope.Read());
            for (Route route : ApiRoutes.every(open)) {
                if (!route.method().equals("GET") && route.template().startsWith("/api/")) {
                    byte[] before = Files.readAllBytes(open.shell.root.resolve("Agent-7/status.json"));
                    assertThat(write(open, route, "Agent-7", null).statusCode())
                            .as(route + " without")
                            .isEqualTo(401);
                    assertThat(write(open, route, "Agent-7", null).headers().firstValue("WWW-Authenticate"))
                            .as(route + " without")
                            .contains(Guard.CHALLENGE);
                    assertThat(write(open, route, "Agent-7", "rollcall_guess").statusCode())
                            .as(route + " guessed")
                            .isEqualTo(401);
                    assertThat(write(open, route, "Agent-7", read).statusCode())
                            .as(route + " read")
                            .isEqualTo(403);
                    assertThat(write(open, route, "Agent-7", other).statusCode())
                            .as(route + " other")
                            .isEqualTo(403);
                    assertThat(write(open, route, "agent-7", own).statusCode())
                            .as(route + " as another")
                            .isEqualTo(403);
                    assertThat(Files.readAllBytes(open.shell.root.resolve("Agent-7/status.json")))
                            .as(route + " has written")
                            .isEqualTo(before);
                }
            }
            assertThat(open.send("POST", "/api/v1/agents/Agent-7/start-cycle", "", "Authorization", "Bearer " + own)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoeverComesThroughAProxyOrAnywhereWithReadingByTokenNeedsOne() throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.HTTP_READING, "token"))) {
            String read = open.token(new Scope.Read());
            for (Route route : ApiRoutes.every(open)) {
                if (isOpenToAll(route)) {
                    continue;
                }
                assertThat(status(open.raw(route.method(), route.path("Agent-7"), Map.of())))
                        .as(route.toString())
                        .isEqualTo(401);
            }
            assertThat(open.get("/api/v1/roll", "Authorization", "bearer " + read)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(open.get("/api/v1/roll", "Cookie", cookie(open) + "=" + read)
                            .statusCode())
                    .isEqualTo(200);
            assertThat(open.get("/api/v1/roll", "Authorization", "Basic " + read)
                            .statusCode())
                    .isEqualTo(401);
        }
        try (OpenWindow open = new OpenWindow(folder.resolve("free"))) {
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
            assertThat(open.get("/api/v1/roll", "X-Forwarded-For", "127.0.0.1").statusCode())
                    .isEqualTo(401);
            assertThat(open.get("/api/v1/roll", "Forwarded", "for=127.0.0.1").statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aRevokedTokenIsOneNobodyKnows() throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.HTTP_READING, "token"))) {
            Tokens.Created created = open.rollcall
                    .tokens()
                    .create(new Scope.Read(), "", open.rollcall.clock().instant());
            assertThat(open.get("/health", "Authorization", "Bearer " + created.secret())
                            .statusCode())
                    .isNotEqualTo(401);

            assertThat(open.shell.run("token", "revoke", created.token().id()).exitCode())
                    .isZero();

            assertThat(open.get("/health", "Authorization", "Bearer " + created.secret())
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void aPageOfAnotherSiteCanNotLoadAnythingHere() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            for (String site : List.of("cross-site", "same-site")) {
                for (Route route : ApiRoutes.every(open)) {
                    Map<String, String> image =
                            Map.of("Sec-Fetch-Site", site, "Sec-Fetch-Mode", "no-cors", "Sec-Fetch-Dest", "image");
                    assertThat(status(open.raw(route.method(), route.path("Agent-7"), image)))
                            .as(route + " from " + site)
                            .isEqualTo(403);
                }
            }
            Map<String, String> link =
                    Map.of("Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest", "document");
            assertThat(status(open.raw("GET", "/", link))).isEqualTo(200);
            assertThat(status(open.raw("GET", "/api/v1/verify", link))).isEqualTo(403);
        }
    }

    @Test
    void whatIsSentToSignInIsAShortFormAndNothingElse() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String form = "application/x-www-form-urlencoded";
            assertThat(open.send("POST", "/sign-in", "token=x", "Content-Type", "multipart/form-data; boundary=a")
                            .statusCode())
                    .isEqualTo(415);
            assertThat(open.send("POST", "/sign-in", "token=" + "x".repeat(10_000), "Content-Type", form)
                            .statusCode())
                    .isEqualTo(413);
        }
    }

    @Test
    void aCookieThatEndedIsAsGoodAsNone() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            for (int look = 0; look < 30; look++) {
                assertThat(open.get("/api/v1/roll", "Cookie", cookie(open) + "=ended")
                                .statusCode())
                        .isEqualTo(200);
            }
            assertThat(open.get("/api/v1/roll", "Authorization", "Bearer guess").statusCode())
                    .isEqualTo(401);
        }
    }

    private static String cookie(OpenWindow open) {
        return "rollcall_token_" + open.window.address().getPort();
    }

    @Test
    void guessingByCookieIsSlowedDownAsWell() throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.HTTP_READING, "token"))) {
            List<Integer> statuses = new ArrayList<>();
            for (int guess = 0; guess < 30; guess++) {
                statuses.add(open.get("/api/v1/roll", "Cookie", cookie(open) + "=guess" + guess)
                        .statusCode());
            }
            assertThat(statuses).startsWith(401).contains(429).endsWith(429);
            String own = cookie(open) + "=" + open.token(new Scope.Read());
            assertThat(open.get("/api/v1/roll", "Cookie", own).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPersonSignsInWithATokenAndOut() throws Exception {
        try (OpenWindow open = new OpenWindow(folder, Map.of(Setting.HTTP_READING, "token"))) {
            String[] person = {"Accept", "text/html"};
            HttpResponse<String> sent = open.get("/", person);
            assertThat(sent.statusCode()).isEqualTo(302);
            assertThat(sent.headers().firstValue("Location")).contains("/sign-in");
            assertThat(open.get("/sign-in", person).body()).contains("name=\"token\"");
            String[] form = {"Accept", "text/html", "Content-Type", "application/x-www-form-urlencoded"};
            assertThat(open.send("POST", "/sign-in", "token=guess", form).statusCode())
                    .isEqualTo(401);

            HttpResponse<String> in = open.send("POST", "/sign-in", "token=" + open.token(new Scope.Read()), form);

            assertThat(in.statusCode()).isEqualTo(302);
            String cookie = in.headers().firstValue("Set-Cookie").orElseThrow();
            assertThat(cookie).startsWith(cookie(open) + "=").contains("HttpOnly", "SameSite=Strict", "Path=/");
            String own = cookie.substring(0, cookie.indexOf(';'));
            assertThat(open.get("/", "Accept", "text/html", "Cookie", own).statusCode())
                    .isEqualTo(200);
            assertThat(open.send("POST", "/sign-out", "", "Cookie", own)
                            .headers()
                            .firstValue("Set-Cookie")
                            .orElseThrow())
                    .contains("Expires=Thu, 01 Jan 1970");
        }
    }

    @Test
    void guessingTokensIsSlowedDownAndNobodyElseIs() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            List<Integer> statuses = new ArrayList<>();
            for (int guess = 0; guess < 30; guess++) {
                statuses.add(open.get("/api/v1/roll", "Authorization", "Bearer guess" + guess)
                        .statusCode());
            }
            assertThat(statuses).startsWith(401).contains(429).endsWith(429);
            assertThat(open.get("/api/v1/roll", "Authorization", "Bearer " + open.token(new Scope.Read()))
                            .statusCode())
                    .as("a token that is known")
                    .isEqualTo(200);
            assertThat(open.get("/api/v1/roll").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void everyAnswerTellsTheBrowserToRunNothing() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            for (String path : List.of("/api/v1/roll", "/health", "/nothing", "/api/v1/agents/Agent-99")) {
                var headers = open.get(path).headers();
                assertThat(headers.firstValue("Content-Security-Policy"))
                        .as(path)
                        .contains(Guard.CONTENT_POLICY);
                assertThat(headers.firstValue("X-Content-Type-Options"))
                        .as(path)
                        .contains("nosniff");
                assertThat(headers.firstValue("Server")).as(path).isEmpty();
            }
        }
    }

    @Test
    void everyWriteAndEveryAttemptIsLogged() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            Tokens.Created captain = open.rollcall
                    .tokens()
                    .create(new Scope.Captain(), "", open.rollcall.clock().instant());
            open.send(
                    "POST",
                    "/api/v1/agents/Agent-7/add-task",
                    "{\"name\":\"paint\"}",
                    "Authorization",
                    "Bearer " + captain.secret());
            open.send("POST", "/api/v1/agents/Agent-7/add-task", "{}", "Authorization", "Bearer " + captain.secret());
            open.send("POST", "/api/v1/agents/Agent-7/add-task", "{\"name\":\"paint\"}");

            Path log = open.shell.folder.resolve(".rollcall/audit.log");
            String id = captain.token().id();
            assertThat(Files.readAllLines(log).stream().map(line -> line.substring(line.indexOf('\t') + 1)))
                    .containsExactly(
                            id + "\t127.0.0.1\tadd-task\tAgent-7\tasked",
                            id + "\t127.0.0.1\tadd-task\tAgent-7\twritten as revision 1",
                            id + "\t127.0.0.1\tadd-task\tAgent-7\tasked",
                            id + "\t127.0.0.1\tadd-task\tAgent-7\twrong_usage",
                            "none\t127.0.0.1\tadd-task\tAgent-7\trefused");
            assertThat(Files.getPosixFilePermissions(log)).hasSize(2);
        }
    }

    @Test
    void aTokenIsKeptAsItsHashAlone() throws Exception {
        try (OpenWindow open = new OpenWindow(folder)) {
            String secret = open.shell
                    .run("token", "create", "--scope", "captain", "--name", "me")
                    .out()
                    .strip();
            Path tokens = open.shell.folder.resolve(".rollcall/tokens");

            assertThat(Files.readString(tokens)).doesNotContain(secret).contains("\tcaptain\tme\n");
            assertThat(Files.getPosixFilePermissions(tokens)).hasSize(2);
            assertThat(open.shell.run("token", "list").out())
                    .contains("captain", "me")
                    .doesNotContain(secret);
            Files.writeString(tokens, "what is this\n");
            assertThat(open.get("/api/v1/roll", "Authorization", "Bearer " + secret)
                            .statusCode())
                    .isEqualTo(503);
        }
    }

    /** What whoever has no token needs to sign in. */
    private static boolean isOpenToAll(Route route) {
        return route.template().startsWith("/sign-") || route.template().startsWith("/assets/");
    }

    private static HttpResponse<String> write(
            OpenWindow open, Route route, String agent, @org.jspecify.annotations.Nullable String token)
            throws Exception {
        String[] headers = token == null ? new String[0] : new String[] {"Authorization", "Bearer " + token};
        return open.send(route.method(), route.path(agent), "{\"name\":\"x\",\"status\":\"x\"}", headers);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }
}
