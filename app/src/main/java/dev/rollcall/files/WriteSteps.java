package dev.rollcall.files;

import java.io.IOException;

/**
 * The seam at which tests make a write fail or die: told of each step right before it is done; what it throws, the step
 * throws.
 */
@FunctionalInterface
interface WriteSteps {
    WriteSteps UNDISTURBED = step -> {};

    void reached(Step step) throws IOException;

    /** In the order in which one write takes them. */
    enum Step {
        /** Only for an agent without a folder. */
        CREATE_FOLDER,
        CREATE_TEMP,
        WRITE,
        COPY_MODE,
        SYNC_FILE,
        RENAME,
        SYNC_FOLDER
    }
}
