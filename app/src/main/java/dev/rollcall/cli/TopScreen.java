package dev.rollcall.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;
import org.jline.utils.ShutdownHooks;

/**
 * A terminal taken over: its alternate screen, without a cursor, every key at once. Given back by {@link #close}, and
 * when the process is told to end.
 */
final class TopScreen implements AutoCloseable {
    /** Milliseconds within which the rest of an arrow key's sequence follows its escape character. */
    private static final long SEQUENCE = 50;

    private static final int ESCAPE = 27;
    private static final int CONTROL_C = 3;

    private final Terminal terminal;
    private final PrintStream out;
    private final ShutdownHooks.Task atExit = this::giveBack;
    private Size size = Size.of(Table.WIDTH, 24);
    private boolean isGivenBack;

    private TopScreen(Terminal terminal, PrintStream out) {
        this.terminal = terminal;
        this.out = out;
        terminal.enterRawMode();
        Attributes raw = terminal.getAttributes();
        // Control-C comes as a key, so that it ends the view like any other key that does.
        raw.setLocalFlags(EnumSet.of(LocalFlag.ISIG), false);
        terminal.setAttributes(raw);
        // Runs in the same thread as JLine's own, which closes the terminal and so puts its attributes back.
        ShutdownHooks.add(atExit);
        out.print(control(Capability.enter_ca_mode) + control(Capability.cursor_invisible));
        out.flush();
    }

    /** What a person wants. */
    enum Key {
        UP,
        DOWN,
        PAGE_UP,
        PAGE_DOWN,
        TOP,
        BOTTOM,
        END,
        NONE
    }

    /** Takes over the process's terminal; empty where there is none, or none that can be drawn on. */
    static Optional<TopScreen> open(PrintStream out) {
        Terminal terminal;
        try {
            terminal = TerminalBuilder.builder()
                    .system(true)
                    .providers("ffm,exec")
                    .dumb(false)
                    .nativeSignals(false)
                    // Asks the terminal nothing: an answer that comes late would be taken for keys.
                    .graphemeCluster(false)
                    .encoding(StandardCharsets.UTF_8)
                    .build();
        } catch (IOException | IllegalStateException none) {
            return Optional.empty();
        }
        if (terminal.getStringCapability(Capability.cursor_home) == null
                || terminal.getStringCapability(Capability.clr_eol) == null) {
            closeQuietly(terminal);
            return Optional.empty();
        }
        return Optional.of(new TopScreen(terminal, out));
    }

    /** Rows and columns as they are now; as they last were, or of an old terminal, where that can not be told. */
    Size size() {
        try {
            Size now = terminal.getSize();
            if (now.getRows() > 0 && now.getColumns() > 0) {
                size = Size.of(now);
            }
        } catch (IllegalStateException closed) {
            // The process is about to end; the next key says so.
            return size;
        }
        return size;
    }

    /** The whole screen anew. A line is narrower than the screen: one that fills it would wrap on some terminals. */
    synchronized void draw(List<String> lines) {
        if (!isGivenBack) {
            String toTheEnd = control(Capability.clr_eol);
            out.print(control(Capability.cursor_home)
                    + String.join(toTheEnd + "\r\n", lines)
                    + toTheEnd
                    + control(Capability.clr_eos));
            out.flush();
        }
    }

    /** The next key, or {@link Key#NONE} when none that means anything comes in time. */
    Key key(Duration patience) {
        try {
            int c = terminal.reader().read(Math.max(1, patience.toMillis()));
            return switch (c) {
                case 'q', 'Q', CONTROL_C, NonBlockingReader.EOF -> Key.END;
                case 'k' -> Key.UP;
                case 'j' -> Key.DOWN;
                case 'g' -> Key.TOP;
                case 'G' -> Key.BOTTOM;
                case ' ' -> Key.PAGE_DOWN;
                case ESCAPE -> sequence();
                default -> Key.NONE;
            };
        } catch (IOException | IllegalStateException gone) {
            return Key.END;
        }
    }

    private Key sequence() throws IOException {
        StringBuilder rest = new StringBuilder();
        int c = terminal.reader().read(SEQUENCE);
        while (c >= 0) {
            rest.append((char) c);
            boolean isIntroduced = rest.length() > 1 || (c != '[' && c != 'O');
            c = isIntroduced && c >= '@'
                    ? -1
                    : c == '~' ? -1 : terminal.reader().read(SEQUENCE);
        }
        return switch (rest.toString()) {
            case "[A", "OA" -> Key.UP;
            case "[B", "OB" -> Key.DOWN;
            case "[5~" -> Key.PAGE_UP;
            case "[6~" -> Key.PAGE_DOWN;
            case "[H", "OH", "[1~", "[7~" -> Key.TOP;
            case "[F", "OF", "[4~", "[8~" -> Key.BOTTOM;
            default -> Key.NONE;
        };
    }

    @Override
    public void close() {
        ShutdownHooks.remove(atExit);
        giveBack();
        closeQuietly(terminal);
    }

    private synchronized void giveBack() {
        if (!isGivenBack) {
            isGivenBack = true;
            out.print(control(Capability.exit_ca_mode) + control(Capability.cursor_normal));
            out.flush();
        }
    }

    /** What makes this kind of terminal do something; nothing for one that can not. */
    private String control(Capability capability) {
        String sequence = terminal.getStringCapability(capability);
        return sequence == null ? "" : Curses.tputs(sequence);
    }

    private static void closeQuietly(Terminal terminal) {
        try {
            terminal.close();
        } catch (IOException gone) {
            // Whoever closed the window took the terminal along.
            return;
        }
    }
}
