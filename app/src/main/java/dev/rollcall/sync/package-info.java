/** Files to roll, and the proof that they agree. */
@NullMarked
package dev.rollcall.sync;

import org.jspecify.annotations.NullMarked;
