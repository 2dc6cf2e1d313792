/** Adapter: version control: committing a status.json, and what was ever committed. */
@NullMarked
package dev.rollcall.git;

import org.jspecify.annotations.NullMarked;
