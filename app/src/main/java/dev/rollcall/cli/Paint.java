package dev.rollcall.cli;

/** Colour for exceptions only, and only for a person's terminal. Takes text that is already safe. */
record Paint(boolean on) {
    private static final String RESET = "\u001b[0m";

    String alarm(String text) {
        return on ? "\u001b[31m" + text + RESET : text;
    }

    String caution(String text) {
        return on ? "\u001b[33m" + text + RESET : text;
    }
}
