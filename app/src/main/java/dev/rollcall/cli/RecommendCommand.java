package dev.rollcall.cli;

import dev.rollcall.answers.RecommendationAnswer;
import dev.rollcall.app.SwarmSearch.Recommended;
import dev.rollcall.problem.ProblemCode;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.search.Recommendation;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code recommend}. */
@Command(
        name = "recommend",
        description = {
            "Who should take a task: expertise x availability x load.",
            "Availability follows from state and from how long the agent has been silent,",
            "load from open tasks."
        },
        footer = {"", "Example: rollcall recommend \"fix the flaky login test\""})
final class RecommendCommand extends FindingVerb {
    @Parameters(paramLabel = "TASK", arity = "1..*", description = "The task, in your own words.")
    private List<String> words = List.of();

    @Mixin
    private final HowMany howMany = new HowMany();

    RecommendCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        if (task().isBlank()) {
            throw new ProblemException(ProblemCode.WRONG_USAGE, "the task is empty", "Say in a few words what it is.");
        }
        int atMost = howMany.atMost();
        List<Recommended> recommended = here(search -> search.recommend(task(), atMost));
        boolean isAnybodyStrong = RecommendationAnswer.isAnybodyStrong(recommended);
        root().print(
                        root().isJson()
                                ? RecommendationAnswer.json(task(), recommended) + "\n"
                                : text(recommended, isAnybodyStrong));
        return attention(isAnybodyStrong);
    }

    private String task() {
        return String.join(" ", words);
    }

    private String text(List<Recommended> recommended, boolean isAnybodyStrong) {
        if (recommended.isEmpty()) {
            return "Nobody on the roll could take that.\n";
        }
        StringBuilder text = new StringBuilder(isAnybodyStrong ? "" : "Nobody clearly fits. The nearest, all weak:\n");
        for (Recommended one : recommended) {
            Recommendation parts = one.recommendation();
            text.append(shown(RecommendationAnswer.answer(one), figure(parts.score())))
                    .append('\n');
            text.append("    = " + figure(parts.expertise()) + " expertise x " + figure(parts.availability())
                    + " free x " + figure(parts.load()) + " load\n");
        }
        return text.toString();
    }
}
