package dev.rollcall.architecture.broken.store;

import tools.jackson.core.JsonParser;

/** A forbidden name, a boolean parameter and a JSON library where none belongs. */
public final class ShelfManager {
    /** A switch in the clothes of a parameter. */
    public String open(JsonParser parser, boolean quietly) {
        return parser + " " + quietly;
    }
}
