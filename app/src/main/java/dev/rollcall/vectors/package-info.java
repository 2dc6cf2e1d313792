/** Adapter: nearest vectors, by an exact scan or by a graph. */
@NullMarked
package dev.rollcall.vectors;

import org.jspecify.annotations.NullMarked;
