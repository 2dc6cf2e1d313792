package dev.rollcall.architecture.broken.unmarked;

/** Lives in a package without a package-info. */
public final class NotMarked {
    private NotMarked() {}
}
