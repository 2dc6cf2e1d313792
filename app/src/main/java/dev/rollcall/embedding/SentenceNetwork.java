package dev.rollcall.embedding;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.rollcall.problem.ProblemException;
import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The neural network: from the tokens of one text to its direction.
 *
 * <p>Threads: {@link #direction} by any number at once, each running it on its own thread; {@link #close} by one, when
 * nobody is in {@code direction}.
 */
final class SentenceNetwork implements AutoCloseable {
    static final int DIMENSION = 384;

    private final OrtEnvironment runtime;
    private final OrtSession session;

    private SentenceNetwork(OrtEnvironment runtime, OrtSession session) {
        this.runtime = runtime;
        this.session = session;
    }

    /** @throws ProblemException MODEL_UNAVAILABLE when the runtime or the file is missing or damaged */
    static SentenceNetwork load(ModelFiles files) {
        OrtEnvironment runtime = runtime();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
                Arena arena = Arena.ofConfined()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return new SentenceNetwork(runtime, runtime.createSession(files.bytes(ModelFile.NETWORK, arena), options));
        } catch (OrtException e) {
            throw ModelTrouble.of("load the embedding model: its native runtime refuses the network", e);
        }
    }

    /** One for the process. It prints nothing: what goes wrong comes as an exception. */
    private static OrtEnvironment runtime() {
        try {
            OrtEnvironment runtime = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, "rollcall");
            runtime.setTelemetry(false);
            return runtime;
        } catch (OrtException | IllegalStateException | LinkageError e) {
            throw ModelTrouble.of("load the embedding model: its native runtime can not be loaded", e);
        }
    }

    /**
     * Of any length; only the direction counts.
     *
     * @throws ProblemException MODEL_UNAVAILABLE when the network can not be run
     */
    float[] direction(long[] tokens) {
        long[] allRead = new long[tokens.length];
        Arrays.fill(allRead, 1);
        try (OnnxTensor ids = row(tokens);
                OnnxTensor mask = row(allRead);
                OnnxTensor types = row(new long[tokens.length]);
                OrtSession.Result result =
                        session.run(Map.of("input_ids", ids, "attention_mask", mask, "token_type_ids", types))) {
            return sum(((OnnxTensor) result.get(0)).getFloatBuffer());
        } catch (OrtException e) {
            throw ModelTrouble.of("embed a text: the model fails", e);
        }
    }

    private OnnxTensor row(long[] numbers) throws OrtException {
        return OnnxTensor.createTensor(runtime, LongBuffer.wrap(numbers), new long[] {1, numbers.length});
    }

    /** Of the vectors of all tokens, always in the same order. It points where their mean points. */
    private static float[] sum(FloatBuffer vectors) {
        float[] sum = new float[DIMENSION];
        while (vectors.hasRemaining()) {
            for (int i = 0; i < DIMENSION; i++) {
                sum[i] += vectors.get();
            }
        }
        return sum;
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the embedding model can not be closed", e);
        }
    }
}
