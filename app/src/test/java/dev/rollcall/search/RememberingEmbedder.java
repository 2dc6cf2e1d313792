package dev.rollcall.search;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Asks the model once for each text: an evaluation asks the same questions many times. */
final class RememberingEmbedder implements Embedder {
    private final Embedder model;
    private final Map<String, Embedding> known = new ConcurrentHashMap<>();

    RememberingEmbedder(Embedder model) {
        this.model = model;
    }

    @Override
    public String model() {
        return model.model();
    }

    @Override
    public int dimension() {
        return model.dimension();
    }

    @Override
    public Embedding embed(String text) {
        return known.computeIfAbsent(text, model::embed);
    }

    @Override
    public void close() {
        model.close();
    }
}
