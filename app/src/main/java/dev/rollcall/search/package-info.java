/** Agents by meaning: which texts of the roll say what somebody looks for, and what follows from that. */
@NullMarked
package dev.rollcall.search;

import org.jspecify.annotations.NullMarked;
