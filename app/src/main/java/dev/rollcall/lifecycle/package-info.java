/** Agents writing their own status: the verbs, and the two ports they need. */
@NullMarked
package dev.rollcall.lifecycle;

import org.jspecify.annotations.NullMarked;
