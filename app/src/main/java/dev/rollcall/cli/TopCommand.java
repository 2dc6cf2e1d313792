package dev.rollcall.cli;

import dev.rollcall.answers.JsonOutput;
import dev.rollcall.answers.JsonShapes;
import dev.rollcall.app.Rollcall;
import dev.rollcall.problem.ProblemException;
import dev.rollcall.sync.LagMemory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import org.jline.terminal.Size;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code top}. */
@Command(
        name = "top",
        description = {
            "The roll on the whole screen, who needs attention first.",
            "Looks at the database every second. q or Ctrl-C ends it, arrow and page keys",
            "scroll. Prints one frame when stdout is no terminal."
        },
        footer = {"", "Example: rollcall top"})
final class TopCommand extends Verb {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /** How soon a window of another size is noticed. */
    private static final Duration BETWEEN_GLANCES = Duration.ofMillis(200);

    @Option(names = "--once", description = "Print one frame and end.")
    private boolean once;

    private final LagMemory memory = new LagMemory();
    private int first;
    private String trouble = "";

    TopCommand(RollcallCommand rollcall) {
        super(rollcall);
    }

    @Override
    public Integer call() {
        warnOfMissingRoot();
        // A database that can not be read now ends the command before anything is drawn.
        TopFrame frame = TopFrame.of(root().rollcall(), memory, root().paint());
        boolean isOneFrame = once || root().isJson() || !root().terminal().outIsTerminal();
        Optional<TopScreen> taken =
                isOneFrame ? Optional.empty() : TopScreen.open(root().terminal().out());
        if (taken.isEmpty()) {
            root().print(root().isJson() ? json(frame) : frame.whole());
            return FINE;
        }
        try (TopScreen screen = taken.get()) {
            watch(screen, frame);
        }
        return FINE;
    }

    private static String json(TopFrame frame) {
        return JsonOutput.object(json -> json.time("looked_at", frame.lookedAt())
                        .objects("agents", frame.agents(), (agent, observation) -> {
                            JsonShapes.observation(agent, observation);
                            agent.text(
                                    "attention",
                                    TopFrame.attention(observation).name().toLowerCase(Locale.ROOT));
                        }))
                + "\n";
    }

    private void watch(TopScreen screen, TopFrame firstFrame) {
        InstantSource clock = root().rollcall().clock();
        TopFrame frame = firstFrame;
        Instant nextLook = clock.instant().plus(BETWEEN_LOOKS);
        TopScreen.Key key = TopScreen.Key.NONE;
        Size drawn = Size.of(0, 0);
        while (key != TopScreen.Key.END) {
            boolean isDue = !clock.instant().isBefore(nextLook);
            if (isDue) {
                frame = look(frame);
                nextLook = clock.instant().plus(BETWEEN_LOOKS);
            }
            Size size = screen.size();
            if (isDue || key != TopScreen.Key.NONE || !size.equals(drawn)) {
                scroll(key, frame.agents().size(), TopFrame.room(size.getRows()));
                screen.draw(frame.screen(size.getRows(), size.getColumns() - 1, first, trouble));
                drawn = Size.of(size);
            }
            key = screen.key(BETWEEN_GLANCES);
        }
    }

    /** A new look, or the last one again with what stands in the way. */
    private TopFrame look(TopFrame last) {
        try (Rollcall anew = root().openAnew()) {
            TopFrame frame = TopFrame.of(anew, memory, root().paint());
            trouble = "";
            return frame;
        } catch (ProblemException unavailable) {
            trouble = unavailable.problem().message();
            return last;
        }
    }

    private void scroll(TopScreen.Key key, int agents, int room) {
        int wanted = switch (key) {
            case UP -> first - 1;
            case DOWN -> first + 1;
            case PAGE_UP -> first - room;
            case PAGE_DOWN -> first + room;
            case TOP -> 0;
            case BOTTOM -> agents;
            case END, NONE -> first;
        };
        first = Math.clamp(wanted, 0, Math.max(0, agents - room));
    }
}
