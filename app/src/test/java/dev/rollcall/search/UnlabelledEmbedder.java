package dev.rollcall.search;

/** Reads passages without the name of the member that holds them. */
record UnlabelledEmbedder(Embedder embedder) implements Embedder {
    @Override
    public String model() {
        return embedder.model();
    }

    @Override
    public int dimension() {
        return embedder.dimension();
    }

    /** @param text as {@link PassageText#of} gives it */
    @Override
    public Embedding embed(String text) {
        return embedder.embed(text.substring(text.indexOf(": ") + 2));
    }

    @Override
    public void close() {
        embedder.close();
    }
}
