package dev.rollcall.http;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.Rollcall;
import dev.rollcall.app.WindowSettings;
import dev.rollcall.dashboard.Pages;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.BindException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.MinimumDataRateHandler;
import org.jspecify.annotations.Nullable;

/** The captain's window: one server with the API, the live stream, the pages and MCP. Thread-safe. */
public final class Window implements AutoCloseable {
    /** Whoever neither sends nor takes anything for so long is cut off. */
    private static final long IDLE_MILLIS = 20_000;

    /** Of a request's body; slower ones are cut off. */
    private static final long BYTES_PER_SECOND = 100;

    /** Of those that are in use. */
    private static final int TRIED_PORTS = 20;

    private static final int HEADER_BYTES = 16 * 1024;

    /** At once; more wait until one is closed. */
    private static final int MOST_CONNECTIONS = 2_000;

    /** When there are so many, whoever says nothing goes sooner; streams say something more often. */
    private static final long IDLE_MILLIS_OF_MANY = 12_000;

    /** Until they are taken in; a client beyond them tries again by itself. */
    private static final int WAITING_CONNECTIONS = 256;

    /** What the kernel keeps for a client that takes nothing. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private static final String CHOOSE = "Choose another --port or --bind.";

    private final OpenSwarm swarm;
    private final Javalin server;
    private final String host;

    private Window(OpenSwarm swarm, Javalin server, String host) {
        this.swarm = swarm;
        this.server = server;
        this.host = host;
    }

    /**
     * Opens the window where the settings say: at their port, or at the first that is free.
     *
     * @throws ProblemException REFUSED when the port that was named is in use, or no address of this machine was named;
     *     INVALID_CONFIGURATION when it was no address at all
     */
    public static Window open(Rollcall rollcall) {
        WindowSettings place = rollcall.settings().window();
        OpenSwarm swarm = OpenSwarm.of(rollcall);
        Problem problem = null;
        for (int port : ports(place.port())) {
            Javalin server = Javalin.create(config -> configure(config, swarm, port));
            try {
                server.start();
                return new Window(swarm, server, place.bind());
            } catch (RuntimeException failure) {
                server.stop();
                Throwable cause = rootCause(failure);
                problem = new Problem(
                        cause instanceof UnresolvedAddressException
                                ? ProblemCode.INVALID_CONFIGURATION
                                : ProblemCode.REFUSED,
                        "the window can not be opened at " + place.bind() + ", port " + port + ": " + reason(cause),
                        place.port() != null && cause instanceof BindException
                                ? whoeverIsThere(place.bind(), port)
                                : CHOOSE);
                if (!(cause instanceof BindException)) {
                    break;
                }
            }
        }
        swarm.close();
        throw new ProblemException(Objects.requireNonNull(problem));
    }

    private static String whoeverIsThere(String bind, int port) {
        return Neighbour.find(bind, port)
                .map(address -> "Another Rollcall answers at " + address + ": open that, or choose another --port.")
                .orElse(CHOOSE);
    }

    /** Those to try: the one that was named, or some from the first on, then any that is free. */
    private static List<Integer> ports(@Nullable Integer named) {
        return named != null
                ? List.of(named)
                : IntStream.concat(
                                IntStream.range(WindowSettings.FIRST_PORT, WindowSettings.FIRST_PORT + TRIED_PORTS),
                                IntStream.of(0))
                        .boxed()
                        .toList();
    }

    private static Throwable rootCause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static @Nullable String reason(Throwable cause) {
        return cause instanceof UnresolvedAddressException ? "there is no address of that name" : cause.getMessage();
    }

    /** Where it can be looked through. */
    public URI address() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + name + ":" + server.port() + "/");
    }

    /** Whether nobody else can look through it. */
    public boolean isOfThisMachineAlone() {
        return isLoopback(host);
    }

    private static void configure(JavalinConfig config, OpenSwarm swarm, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.concurrency.useVirtualThreads = true;
        config.http.defaultContentType = "text/plain";
        config.http.prefer405over404 = true;
        WindowSettings place = swarm.swarm().settings().window();
        SlowHeads heads =
                new SlowHeads(Duration.ofMillis(IDLE_MILLIS), new MinimumDataRateHandler(BYTES_PER_SECOND, 0));
        config.jetty.modifyServer(server -> {
            server.setErrorHandler(new ServerErrors());
            server.setHandler(heads);
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = connector(server, http, place.bind(), port);
            connector.addBean(heads, false);
            return connector;
        });
        Guard guard = new Guard(
                names(place.bind()),
                place.hosts(),
                place.reading(),
                swarm.swarm().tokens());
        routes(config.routes, swarm, guard);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, String bind, int port) {
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(bind);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(WAITING_CONNECTIONS);
        connector.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        NetworkConnectionLimit limit = new NetworkConnectionLimit(mostConnections(), connector);
        limit.setEndPointIdleTimeout(IDLE_MILLIS_OF_MANY);
        connector.addBean(limit);
        return connector;
    }

    /** Each takes a file of the process: half of them stay for the watch, which needs some to see. */
    static int mostConnections() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system
                ? (int) Math.min(MOST_CONNECTIONS, system.getMaxFileDescriptorCount() / 2)
                : MOST_CONNECTIONS;
    }

    private static void routes(RoutesConfig routes, OpenSwarm swarm, Guard guard) {
        EventStream stream = new EventStream(swarm.live());
        routes.before(guard::check);
        routes.after(new AnswerRoom()::enter);
        new RollRoutes(swarm).addTo(routes);
        new PastRoutes(swarm).addTo(routes);
        new SearchRoutes(swarm).addTo(routes);
        new HealthRoutes(swarm, stream).addTo(routes);
        Writes writes = new Writes(swarm, guard);
        new AgentRoutes(swarm, writes).addTo(routes);
        new FileRoutes(swarm, writes).addTo(routes);
        Looking.at(routes, "/api/v1/openapi.json", context -> {
            Parameters.of(context);
            JsonAnswer.send(context, Description.TEXT);
        });
        Pages pages = new Pages(swarm);
        pages.addTo(routes);
        new SignIn(guard, pages).addTo(routes);
        new McpRoutes(swarm, guard).addTo(routes);
        Looking.at(routes, "/api/v1/events", context -> stream.serve(context, cursor(context)));
        routes.exception(ProblemException.class, (problem, context) -> ProblemAnswer.send(context, problem.problem()));
        routes.exception(
                Writes.TooLarge.class,
                (large, context) -> ProblemAnswer.send(
                        context, 413, "too_large", String.valueOf(large.getMessage()), "Send less."));
        routes.exception(
                IOException.class,
                (broken, context) -> ProblemAnswer.send(
                        context,
                        400,
                        "broken_request",
                        "the request could not be read to its end",
                        "Send it whole, and without long pauses."));
        routes.exception(
                Exception.class,
                (bug, context) -> ProblemAnswer.send(
                        context,
                        new Problem(ProblemCode.BUG, "this is a bug in Rollcall: " + bug, "Please report it.")));
        routes.error(404, context -> notFound(context, pages));
        routes.error(405, context -> unless(context, "method_not_allowed", "this can not be done here"));
    }

    /** Every route, as method and path; without HEAD, which goes with GET. */
    List<String> routes() {
        return server.unsafe.internalRouter.allHttpHandlers().stream()
                .filter(handler -> !HandlerType.HEAD.equals(handler.endpoint.method))
                .map(handler -> handler.endpoint.method + " " + handler.endpoint.path)
                .toList();
    }

    private static void notFound(Context context, Pages pages) {
        if (Pages.isForPeople(context)) {
            pages.notFound(context);
        } else if (!isToldAlready(context) && !AgentRoutes.answeredUnknownVerb(context)) {
            unless(context, "not_found", "there is nothing here");
        }
    }

    /** Whether a route has said so better itself. */
    private static boolean isToldAlready(Context context) {
        return "application/problem+json".equals(context.res().getContentType());
    }

    private static void unless(Context context, String code, String message) {
        if (!isToldAlready(context)) {
            ProblemAnswer.send(context, context.statusCode(), code, message, "See /api/v1/openapi.json.");
        }
    }

    /** The seq that the client saw last; -1 for one that wants what comes from now on. */
    private static long cursor(Context context) {
        Parameters parameters = Parameters.of(context, "after");
        String last = context.header("Last-Event-ID");
        String after = last == null ? parameters.text("after") : last;
        if (after == null) {
            return -1;
        }
        try {
            long cursor = Long.parseLong(after.strip());
            if (cursor >= 0) {
                return cursor;
            }
        } catch (NumberFormatException noNumber) {
            // Said below.
        }
        throw new ProblemException(
                ProblemCode.WRONG_USAGE, "Last-Event-ID or after must be the seq of an event", "Begin with after=0.");
    }

    /** What this machine is called when it is asked for under this address. */
    private static Set<String> names(String bind) {
        Set<String> names = new HashSet<>(Set.of(bind.contains(":") ? "[" + bind + "]" : bind));
        if (isLoopback(bind) || isEverywhere(bind)) {
            names.addAll(Set.of("localhost", "127.0.0.1", "[::1]"));
        }
        return names;
    }

    static boolean isEverywhere(String bind) {
        return bind.equals("0.0.0.0") || bind.equals("::");
    }

    static boolean isLoopback(String bind) {
        try {
            return InetAddress.getByName(bind).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }

    @Override
    public void close() {
        swarm.live().close();
        server.stop();
        swarm.close();
    }
}
