/** Adapter: the embedding model, run inside this process; it asks no network and writes nothing that stays. */
@NullMarked
package dev.rollcall.embedding;

import org.jspecify.annotations.NullMarked;
