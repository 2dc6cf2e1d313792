package dev.rollcall.mcp;

/** How much an answer tells. */
enum Detail {
    /** What somebody needs who decides where to look; texts of at most 300 characters. */
    BRIEF(300, 12),
    /** What somebody needs who works with it; texts of at most 1,000 characters. */
    NORMAL(1_000, 60),
    /** Everything that fits; texts of at most 4,000 characters. */
    FULL(4_000, 400);

    private final int text;
    private final int items;

    Detail(int text, int items) {
        this.text = text;
        this.items = items;
    }

    Caps caps() {
        return new Caps(text, items);
    }

    /** Whether this tells at least as much. */
    boolean isAtLeast(Detail other) {
        return compareTo(other) >= 0;
    }

    /**
     * Up to where something is told.
     *
     * @param text characters of a text, or of a member's name
     * @param items of a list, or members of an object
     */
    record Caps(int text, int items) {
        /** Below these nothing would be left that says anything. */
        private static final Caps LEAST = new Caps(16, 1);

        boolean isLeast() {
            return equals(LEAST);
        }

        Caps smaller() {
            return new Caps(Math.max(LEAST.text, text * 2 / 3), Math.max(LEAST.items, items * 2 / 3));
        }
    }
}
