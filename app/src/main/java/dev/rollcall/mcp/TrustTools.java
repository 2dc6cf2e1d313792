package dev.rollcall.mcp;

import dev.rollcall.answers.DoctorAnswer;
import dev.rollcall.answers.VerifyAnswer;
import dev.rollcall.app.Doctor;
import dev.rollcall.app.Rollcall;
import dev.rollcall.document.AgentId;
import dev.rollcall.document.JsonValue;
import dev.rollcall.mcp.Tool.Call;
import dev.rollcall.sync.Progress;
import dev.rollcall.sync.Verdict;
import dev.rollcall.sync.Verification;
import dev.rollcall.sync.Verifier.Depth;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether what the roll says can be trusted. */
final class TrustTools {
    private static final int USUAL = 50;
    private static final int MOST = 500;

    private static final Set<String> BRIEF = Set.of("healthy", "concerns", "rejected", "unknown_statuses");

    private TrustTools() {}

    static List<Tool> all() {
        return List.of(
                Tool.reading(
                        "verify",
                        "Proves that the roll says what the agents' files say: counts of those in step and not, and each that is"
                                + " not, with where they differ. detail=normal also lists those in step. "
                                + Reply.WARNING,
                        List.of(
                                Argument.agent("Only this agent (default: all)."),
                                Argument.flag("deep", "Also every recorded version, which takes longer."),
                                Argument.limit(USUAL, MOST),
                                Argument.CURSOR,
                                Argument.DETAIL),
                        TrustTools::verify),
                Tool.reading(
                        "doctor",
                        "Whether Rollcall itself is well: its files, database and watch, documents that had to be rejected and"
                                + " why. detail=normal adds the environment and what is odd about each agent. "
                                + Reply.WARNING,
                        List.of(Argument.DETAIL),
                        call -> {
                            Detail detail = call.arguments().detail();
                            String answer =
                                    call.askForLong(rollcall -> DoctorAnswer.json(new Doctor(rollcall).examine()));
                            return Reply.of(detail, answer, detail == Detail.BRIEF ? BRIEF : Set.of());
                        }));
    }

    private static String verify(Call call) {
        Arguments arguments = call.arguments();
        AgentId only = arguments.optionalAgent();
        Depth depth = arguments.flag("deep") ? Depth.EVERY_REVISION : Depth.HEAD;
        VerifyAnswer answer = call.askForLong(
                rollcall -> new VerifyAnswer(verifications(rollcall, only, depth), rollcall.askWatch()));
        Reply.Turn turn = arguments.turn(USUAL);
        boolean isEveryone = only != null || turn.detail().isAtLeast(Detail.NORMAL);
        List<Verification> told = answer.verifications().stream()
                .filter(one -> isEveryone || one.verdict() != Verdict.SYNCED && one.verdict() != Verdict.LEFT)
                .toList();
        return new Reply.Pages<Verification>(
                        "agents", one -> one.agent().value(), RollTools.BY_ID, one -> json(one, answer))
                .page(
                        turn,
                        told,
                        json -> json.number("synced", answer.synced())
                                .number("not_synced", answer.notSynced())
                                .number("left", answer.left())
                                .flag("watch_running", () -> answer.watch().isRunning())
                                .texts("concerns", answer.watch().concerns()));
    }

    private static List<Verification> verifications(Rollcall rollcall, @Nullable AgentId only, Depth depth) {
        return only == null
                ? rollcall.verifyAll(depth, Progress.NONE)
                : List.of(rollcall.verify(only, depth).orElseThrow(() -> rollcall.unknown(only)));
    }

    private static JsonValue.Obj json(Verification one, VerifyAnswer answer) {
        JsonValue.Obj alone = Fitted.read(new VerifyAnswer(List.of(one), answer.watch()).json());
        if (alone.member("agents").orElseThrow().value() instanceof JsonValue.Arr(List<JsonValue> agents, int s, int e)
                && agents.getFirst() instanceof JsonValue.Obj agent) {
            return agent;
        }
        throw new IllegalStateException("an answer without its agents");
    }
}
