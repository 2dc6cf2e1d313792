package dev.rollcall.dashboard;

import dev.rollcall.app.OpenSwarm;
import dev.rollcall.app.WatchAnswer;
import dev.rollcall.document.AgentId;
import dev.rollcall.problem.Problem;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.report.Report;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The captain's pages. They look and never write. Thread-safe. */
public final class Pages {
    /** How long back the swarm is looked at. */
    private static final String USUAL = "24h";

    /** An attribute of a request that says, whenever it is asked, whether its stream may go on: a BooleanSupplier. */
    public static final String MAY_GO_ON = "may-go-on";

    private final Assets assets = new Assets();
    private final WatchSense watch;
    private final Feed feed;
    private final LiveStream stream;
    private final RollPage roll;
    private final AgentPage agent;
    private final TrustPage trust;
    private final SwarmPage swarmPage;
    private final Reports reports;
    private final ErrorPage errors;
    private final SignInPage signIn;

    /** The pages of a swarm that is followed already. */
    public Pages(OpenSwarm swarm) {
        Layout layout = new Layout(assets);
        watch = new WatchSense(swarm);
        feed = new Feed(swarm, watch);
        stream = new LiveStream(feed);
        roll = new RollPage(layout);
        agent = new AgentPage(layout, swarm);
        trust = new TrustPage(layout, swarm);
        swarmPage = new SwarmPage(layout);
        reports = new Reports(swarm);
        errors = new ErrorPage(layout, swarm);
        signIn = new SignInPage(layout, swarm);
    }

    /** Adds the routes of all pages, and of what they load. */
    public void addTo(RoutesConfig routes) {
        looking(routes, "/", page(this::roll));
        looking(routes, "/agents/{id}", page(this::agent));
        looking(routes, "/trust", page(this::trust));
        looking(routes, "/swarm", page(this::swarm));
        looking(
                routes,
                "/swarm/data",
                context -> context.header("Cache-Control", "no-store")
                        .contentType("application/json")
                        .result(PointsData.json(reports.since(since(context)))));
        routes.get("/live", stream::serve);
        looking(routes, "/assets/{name}", context -> {
            if (!assets.serve(context)) {
                notFound(context);
            }
        });
    }

    /** By GET, and by HEAD with the same headers and no body. */
    private static void looking(RoutesConfig routes, String path, Handler handler) {
        routes.get(path, handler);
        routes.head(path, handler);
    }

    /** Whether a person asks with a browser, and not a program. */
    public static boolean isForPeople(Context context) {
        String path = context.path();
        return !path.startsWith("/api/")
                && !path.equals("/mcp")
                && !path.startsWith("/mcp/")
                && String.valueOf(context.header("Accept")).contains("text/html");
    }

    /** Tells a person that there is no such page, unless a page has told why already. */
    public void notFound(Context context) {
        if (context.attribute(ErrorPage.SHOWN) != null) {
            return;
        }
        errors.send(context, 404, "There is no page here.", "");
    }

    /**
     * Asks a person for a token.
     *
     * @param objection to the one that was shown; empty before one was
     */
    public void signIn(Context context, String objection) {
        signIn.send(context, objection);
    }

    private Handler page(Handler page) {
        return context -> {
            try {
                page.handle(context);
            } catch (ProblemException problem) {
                errors.send(context, problem.problem());
            } catch (RuntimeException bug) {
                errors.send(
                        context,
                        new Problem(ProblemCode.BUG, "This is a bug in Rollcall: " + bug, "Please report it."));
            }
        };
    }

    private void roll(Context context) {
        Feed.Start start = feed.start();
        View view = new View(
                chosen(context, "state"),
                chosen(context, "fresh"),
                chosen(context, "need"),
                chosen(context, "sort"),
                parameter(context, "q"));
        Trust trust = Trust.of(start.roster().look(), watch.answer());
        Zipped.send(context, roll.draw(start.roster(), trust, view, start.version()));
    }

    private void agent(Context context) {
        AgentId id = new AgentId(context.pathParam("id"));
        Roster roster = feed.start().roster();
        AgentPage.Question question =
                new AgentPage.Question(given(context, "from"), given(context, "to"), given(context, "blame"));
        Trust trust = Trust.of(roster.look(), watch.answer());
        Zipped.send(context, agent.draw(id, roster, trust, question));
    }

    private void trust(Context context) {
        Roster roster = feed.start().roster();
        WatchAnswer said = watch.answer();
        Zipped.send(context, trust.draw(roster, Trust.of(roster.look(), said), said));
    }

    private void swarm(Context context) {
        String since = since(context);
        Report report = reports.since(since);
        Roster roster = feed.start().roster();
        Trust line = Trust.of(roster.look(), watch.answer());
        Zipped.send(context, swarmPage.draw(report, roster, line, since));
    }

    private static String since(Context context) {
        String since = given(context, "since");
        return since == null ? USUAL : since.strip();
    }

    /** Null where it is not, or nothing. */
    private static @Nullable String given(Context context, String name) {
        String value = parameter(context, name);
        return value.isBlank() ? null : value;
    }

    private static String chosen(Context context, String name) {
        return parameter(context, name).strip().toLowerCase(Locale.ROOT);
    }

    private static String parameter(Context context, String name) {
        String value = context.queryParam(name);
        return value == null ? "" : value;
    }
}
