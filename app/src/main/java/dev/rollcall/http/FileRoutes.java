package dev.rollcall.http;

import dev.rollcall.answers.FilesAnswer;
import dev.rollcall.app.Mirror;
import dev.rollcall.app.OpenSwarm;
import dev.rollcall.document.AgentId;
import dev.rollcall.lifecycle.MirroredFile;
import dev.rollcall.lifecycle.MirroredFile.Outcome;
import dev.rollcall.lifecycle.RollUpdate;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.FileDigests;
import dev.rollcall.sync.FileDigests.Digest;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Hosts that push their agents' files: what stands here, and each file as it is there. */
final class FileRoutes {
    private static final String PATH = "/api/v1/agents/{id}/file";
    private static final String MODIFIED_AT = "Modified-At";
    private static final Pattern TAG = Pattern.compile("\"([0-9a-f]{64})\"");

    /** 9999-12-31T23:59:59Z: what every file system and every reader of the roll can tell. */
    private static final Instant LAST = Instant.ofEpochSecond(253_402_300_799L);

    private final OpenSwarm swarm;
    private final Writes writes;
    private final FileDigests digests = new FileDigests();

    FileRoutes(OpenSwarm swarm, Writes writes) {
        this.swarm = swarm;
        this.writes = writes;
    }

    void addTo(RoutesConfig routes) {
        Looking.at(routes, "/api/v1/files", this::files);
        routes.put(PATH, this::put);
        routes.delete(PATH, this::remove);
    }

    private void files(Context context) {
        Parameters.of(context);
        List<Digest> files = swarm.rolls().askForLong(rollcall -> new Mirror(rollcall).list(digests));
        JsonAnswer.send(context, FilesAnswer.json(files));
    }

    private void put(Context context) throws IOException {
        AgentId agent = Parameters.of(context).agent();
        write(context, agent, "put-file", () -> {
            Expected expected = Expected.of(context);
            Instant modifiedAt = modifiedAt(context);
            byte[] bytes = writes.body(context);
            return file -> file.put(bytes, modifiedAt, expected.sha256());
        });
    }

    private void remove(Context context) throws IOException {
        AgentId agent = Parameters.of(context).agent();
        write(context, agent, "remove-file", () -> {
            String expected = Expected.of(context).sha256();
            if (expected == null) {
                throw wrong("If-None-Match says of a removal that there is nothing to remove");
            }
            return file -> file.remove(expected);
        });
    }

    /** Reads what is wanted; only for somebody who may. */
    private interface Request {
        Function<MirroredFile, Outcome> read() throws IOException;
    }

    private void write(Context context, AgentId agent, String action, Request request) throws IOException {
        writes.write(context, agent, action, new Writes.Work<Outcome>() {
            @Override
            public Outcome done() throws IOException {
                Function<MirroredFile, Outcome> work = request.read();
                return swarm.rolls().ask(rollcall -> work.apply(new Mirror(rollcall).file(agent)));
            }

            @Override
            public String logged(Outcome outcome) {
                return switch (outcome) {
                    case Outcome.Written(RollUpdate.Outcome.Synced(long revision), boolean isNew) ->
                        "written as revision " + revision;
                    case Outcome.Written written -> "written";
                    case Outcome.Removed removed -> "removed";
                    case Outcome.Other other -> ProblemCode.REFUSED.label();
                };
            }

            @Override
            public void answer(Outcome outcome, List<String> warnings) {
                context.header("Cache-Control", "no-store").contentType("application/json");
                switch (outcome) {
                    case Outcome.Written written ->
                        context.status(written.isNew() ? 201 : 200).result(FilesAnswer.json(agent, written, warnings));
                    case Outcome.Removed removed -> context.result(FilesAnswer.removed(agent, warnings));
                    case Outcome.Other(String sha256) -> other(context, agent, sha256);
                }
            }
        });
    }

    private static void other(Context context, AgentId agent, @Nullable String sha256) {
        if (sha256 != null) {
            context.header("ETag", '"' + sha256 + '"');
        }
        ProblemAnswer.send(
                context,
                409,
                ProblemCode.REFUSED.label(),
                sha256 == null
                        ? "there is no file of " + agent
                        : "the file of " + agent + " is another one than the one that was expected",
                "The ETag tells what stands there; nothing was changed.");
    }

    /**
     * What is to stand there before.
     *
     * @param sha256 null for nothing
     */
    private record Expected(@Nullable String sha256) {
        static Expected of(Context context) {
            String match = context.header("If-Match");
            String noneMatch = context.header("If-None-Match");
            if (match == null && "*".equals(noneMatch)) {
                return new Expected(null);
            }
            Matcher tag = TAG.matcher(match == null ? "" : match.strip());
            if (noneMatch != null || !tag.matches()) {
                throw wrong("If-Match must be the SHA-256 of the file that is to go, in quotes, or If-None-Match *");
            }
            return new Expected(tag.group(1));
        }
    }

    private Instant modifiedAt(Context context) {
        String text = context.header(MODIFIED_AT);
        if (text == null) {
            return swarm.swarm().clock().instant();
        }
        try {
            Instant time = Instant.parse(text.strip());
            if (!time.isBefore(Instant.EPOCH) && !time.isAfter(LAST)) {
                return time;
            }
        } catch (DateTimeException noTime) {
            // Said below, as of a time that no file can have.
        }
        throw wrong(MODIFIED_AT + " must be a time from 1970 to 9999, such as 2025-10-15T12:00:00Z");
    }

    private static ProblemException wrong(String message) {
        return new ProblemException(ProblemCode.WRONG_USAGE, message, "See /api/v1/openapi.json.");
    }
}
