/** The captain's pages: rendered here, kept live by a stream, and unable to write a status. */
@NullMarked
package dev.rollcall.dashboard;

import org.jspecify.annotations.NullMarked;
