/** What every layer may say about a failure: one code, one sentence, one hint. */
@NullMarked
package dev.rollcall.problem;

import org.jspecify.annotations.NullMarked;
