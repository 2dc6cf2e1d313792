package dev.rollcall.cli;

/** The program's entry. */
public final class Main {
    private Main() {}

    /** Runs the program and ends the JVM with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    /** Runs one command line and returns its exit code. */
    public static int run(String... args) {
        System.out.println("rollcall");
        return 0;
    }
}
