package dev.rollcall.problem;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A failure on another thread, thrown as it is to whoever asks for the result. */
public final class BackgroundFailure {
    private BackgroundFailure() {}

    /** Waits for the result; throws the exception that the work itself threw. */
    public static <T> T join(CompletableFuture<T> work) {
        try {
            return work.join();
        } catch (CompletionException wrapped) {
            if (wrapped.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw wrapped;
        }
    }
}
