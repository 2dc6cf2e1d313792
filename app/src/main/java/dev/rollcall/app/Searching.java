package dev.rollcall.app;

import dev.rollcall.document.AgentId;
import dev.rollcall.files.StateFolder;
import dev.rollcall.search.Indexing;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Agents by meaning: asked of a running watch, which has the model loaded, or here. For one thread at a time. */
public final class Searching {
    /** For a watch that loads its model first. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** For a question beside a lifecycle verb, which is done already and has an answer by words. */
    private static final Duration LITTLE_PATIENCE = Duration.ofMillis(300);

    private final Rollcall rollcall;

    Searching(Rollcall rollcall) {
        this.rollcall = rollcall;
    }

    /** To ask here. The model is loaded when a question first needs it; close the session to let go of it. */
    public SearchSession session() {
        return new SearchSession(rollcall);
    }

    /** The swarm as of now, to ask about. */
    public SwarmSearch with(SearchSession session) {
        return new SwarmSearch(rollcall, session);
    }

    /** What a running watch answers; empty when none runs, or it leaves that to whoever asks. */
    public Optional<SearchAnswers> askWatch(SearchRequest request) {
        try {
            StateFolder places = new StateFolder(rollcall.settings().root());
            return ControlSocket.ask(
                            WatchPlaces.of(
                                            places,
                                            rollcall.database(),
                                            rollcall.settings().swarm())
                                    .socket(),
                            request.line(),
                            request.kind() == SearchRequest.Kind.SAME_WORK ? LITTLE_PATIENCE : PATIENCE)
                    .filter(lines -> !lines.isEmpty())
                    .map(AnswerLines::read);
        } catch (TimeoutException | IllegalArgumentException noAnswer) {
            return Optional.empty();
        }
    }

    /** What the watch answers, which has the model loaded; what we find ourselves where there is none. */
    public SearchAnswers ask(SearchRequest request) {
        return askWatch(request).orElseGet(() -> here(request::askOf));
    }

    /** With the model loaded here, and let go of afterwards. */
    public <T> T here(Function<SwarmSearch, T> question) {
        try (SearchSession session = session()) {
            if (rollcall.hasRoll()) {
                session.catchUp(Indexing.Progress.NONE);
            }
            return question.apply(with(session));
        }
    }

    /** Who is already at a piece of work; the likest first, without the agent itself. */
    public List<SwarmSearch.Answer> whoIsAt(String work, AgentId self) {
        return new SameWork(rollcall).of(work, self);
    }
}
