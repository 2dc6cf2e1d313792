package dev.rollcall.architecture.broken.cli;

import ai.djl.huggingface.tokenizers.jni.CharSpan;
import ai.onnxruntime.OnnxTensor;

/** A model outside of its adapter. */
public final class EmbeddedThere {
    /** Names one class of each library that does not belong here. */
    public String libraries(OnnxTensor tensor, CharSpan span) {
        return tensor + " " + span;
    }
}
