package dev.rollcall.search;

/**
 * A model that knows where a text points.
 *
 * <p><b>What one call does.</b> {@link #embed} gives the direction of one text. Blanks and unknown characters are texts
 * like others. What exceeds the model's window is not read.
 *
 * <p><b>Atomic:</b> each call stands for itself.
 *
 * <p><b>A second call</b> with the same text gives the same bytes, whatever was embedded before, beside or in between, in
 * this process or another one of the same {@link #model} on the same kind of machine.
 *
 * <p><b>Absent, empty, broken.</b> The empty text has a direction as well; which one tells nothing.
 *
 * <p><b>Exceptions.</b> {@link dev.rollcall.problem.ProblemException} with MODEL_UNAVAILABLE where the model can not be
 * loaded or run; IllegalStateException after close.
 *
 * <p><b>Threads.</b> Any number at once.
 */
public interface Embedder extends AutoCloseable {
    /** Names the model and how it is used; texts embedded under different names can not be compared. */
    String model();

    int dimension();

    Embedding embed(String text);

    @Override
    void close();
}
