package dev.rollcall.cli;

import dev.rollcall.app.SearchAnswers;
import dev.rollcall.app.SearchRequest;
import dev.rollcall.app.SearchSession;
import dev.rollcall.app.SwarmSearch;
import dev.rollcall.app.SwarmSearch.Answer;
import dev.rollcall.search.Hit;
import dev.rollcall.search.Hit.Strength;
import dev.rollcall.search.RollPassages.FoundPassage;
import dev.rollcall.search.RollPassages.When;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** A command that finds agents by meaning: brings the index up to date, asks, shows who answers and why. */
abstract class FindingVerb extends Verb {
    FindingVerb(RollcallCommand rollcall) {
        super(rollcall);
    }

    /** With the model loaded here. */
    <T> T here(Function<SwarmSearch, T> question) {
        warnOfMissingRoot();
        try (SearchSession session = root().rollcall().searching().session()) {
            catchUp(session);
            T answer = question.apply(root().rollcall().searching().with(session));
            session.notices().forEach(root().terminal()::warn);
            return answer;
        }
    }

    /** Of a running watch, which has the model loaded; of ourselves where there is none. */
    SearchAnswers ask(SearchRequest request) {
        Optional<SearchAnswers> told = root().rollcall().searching().askWatch(request);
        if (told.isPresent()) {
            told.get().notices().forEach(root().terminal()::warn);
            return told.get();
        }
        return here(request::askOf);
    }

    private void catchUp(SearchSession session) {
        if (!root().rollcall().hasRoll()) {
            return;
        }
        progressing("index", progress -> {
            session.catchUp((done, total, texts) -> progress.at(Math.toIntExact(done), Math.toIntExact(total)));
            return true;
        });
    }

    /** One agent in two lines: who and how it is, then what says so. */
    String shown(Answer answer, String figures) {
        Hit hit = answer.hit();
        boolean isWeak = hit.strength() == Strength.WEAK;
        FoundPassage passage = hit.passage();
        String what = passage.field().replace('_', ' ') + (passage.when() == When.BEFORE ? " (past)" : "") + ": ";
        return TerminalText.pad(TerminalText.cut(hit.agent().value(), 20), 21)
                + (isWeak ? root().paint().caution("weak  ") : "strong")
                + "  " + figures + "  " + answer.state() + " " + answer.freshness() + "\n    "
                + TerminalText.cut(what + passage.text(), Table.WIDTH - 4);
    }

    static String figure(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
