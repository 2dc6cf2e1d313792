/** Adapter: version control: committing a status.json. */
@NullMarked
package dev.rollcall.git;

import org.jspecify.annotations.NullMarked;
